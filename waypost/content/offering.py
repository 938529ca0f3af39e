"""What the composer offers of the library: found by words and folder, some at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from waypost.accounts.models import Business
from waypost.content.picking import OFFERED, number
from waypost.library.models import Asset
from waypost.library.shelves import TOP, Shelf
from waypost.library.trees import Branch

MOST = 10_000
SHOWN, WORDS, FOLDER = "library", "library_q", "library_folder"
"""Names in the composer's form: how many are shown (a button), and what is searched."""


@dataclass(frozen=True)
class Offer:
    """Files for a post by the wishes in ``asked``, without those that are ``taken`` (ids).

    Those that are ``ticked`` but not taken yet stand in front, whatever is searched.
    """

    business: Business
    asked: Mapping[str, str]
    taken: Collection[int] = ()
    ticked: Collection[int] = field(default_factory=frozenset)

    @cached_property
    def shelf(self) -> Shelf:
        wishes = {"q": self.asked.get(WORDS, ""), "folder": self.asked.get(FOLDER, "")}
        return Shelf(self.business, wishes)

    @property
    def shown(self) -> int:
        return min(number(self.asked.get(SHOWN, "")) or OFFERED, MOST)

    @property
    def more(self) -> int:
        """How many to ask for next; 0 where there are no more."""
        return self.shown + OFFERED if len(self._found) > self.shown else 0

    @property
    def folder(self) -> str:
        """As the list of folders names the one that is searched."""
        chosen = self.shelf.folder
        return TOP if self.shelf.at_top else str(chosen.pk) if chosen else ""

    @property
    def branches(self) -> list[Branch]:
        return list(self.shelf.tree.branches())

    @property
    def is_narrowed(self) -> bool:
        return bool(self.shelf.words or self.folder)

    @cached_property
    def kept(self) -> list[Asset]:
        """Ticked and not taken."""
        wanted = set(self.ticked) - set(self.taken)
        return list(self.business.assets.for_posts().filter(pk__in=wanted)) if wanted else []

    @property
    def found(self) -> list[Asset]:
        return self._found[: self.shown]

    @cached_property
    def _found(self) -> list[Asset]:
        """One more than is shown, which says that there are more."""
        gone = {*self.taken, *self.ticked}
        return list(self.shelf.rows().for_posts().exclude(pk__in=gone)[: self.shown + 1])
