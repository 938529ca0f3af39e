"""The folders of a business, read in one query and walked in memory: there are few."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.db.models import Count, Q

from waypost.accounts.models import Business
from waypost.library.models import Folder


@dataclass(frozen=True)
class Branch:
    """A folder as it stands in a list of all of them."""

    folder: Folder
    depth: int  # 0 at the top
    files: int  # in it, not below it

    @property
    def indented(self) -> str:
        return f"{'– ' * self.depth}{self.folder.name}"


class FolderTree:
    """All folders of one business."""

    def __init__(self, rows: list[Folder]) -> None:
        self._by_id = {row.pk: row for row in rows}
        self._children: dict[int | None, list[Folder]] = defaultdict(list)
        for row in rows:
            self._children[row.parent_id].append(row)

    @classmethod
    def of(cls, business: Business) -> Self:
        live = Count("assets", filter=Q(assets__removed_at=None))
        return cls(list(business.folders.annotate(files=live)))

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, pk: int) -> Folder | None:
        return self._by_id.get(pk)

    def children(self, folder: Folder | None) -> list[Folder]:
        return self._children[folder.pk if folder else None]

    def path(self, folder: Folder) -> list[Folder]:
        """From the top down to ``folder`` itself."""
        found = [folder]
        while (above := found[0].parent_id) and len(found) <= len(self._by_id):
            found.insert(0, self._by_id[above])
        return found

    def below(self, folder: Folder) -> list[int]:
        """Ids of ``folder`` and of all within it."""
        found = [folder.pk]
        for each in self._children[folder.pk]:
            found += self.below(each)
        return found

    def depth(self, folder: Folder) -> int:
        """How many levels ``folder`` takes, itself and what lies within it."""
        return 1 + max((self.depth(each) for each in self._children[folder.pk]), default=0)

    def branches(self, top: Folder | None = None, depth: int = 0) -> Iterator[Branch]:
        """Every folder below ``top``, each before what lies in it."""
        for each in self.children(top):
            yield Branch(each, depth, getattr(each, "files", 0))
            yield from self.branches(each, depth + 1)
