"""What posts have in common, in words, and how groups of them stand beside the time before."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.content.models import Kind
from waypost.insights.post_sums import NONE, Sums
from waypost.kit.figures import Figure

IN_ORDER: Mapping[str, Callable[[Any], int]] = {
    "weekday": lambda day: (day + 6) % 7,  # Monday is the first, Sunday 0 is the last
    "hour": int,
}
"""Ways whose groups stand in the order of time; the others by what one post brought."""


@dataclass(frozen=True)
class Slice:
    """Posts that have something in common, beside those of the time before."""

    label: str
    now: Sums
    before: Sums

    @property
    def each(self) -> Figure:
        """Interactions of one post."""
        return _mean(self.now)

    @property
    def each_before(self) -> Figure:
        return _mean(self.before)

    @property
    def change(self) -> Decimal | None:
        """Of the interactions of one post."""
        now, before = self.each.value, self.each_before.value
        return None if now is None or before is None else now - before


def _mean(sums: Sums) -> Figure:
    if sums.interactions is None or not sums.posts:
        return Figure(None, _("No interactions are known."))
    return Figure(Decimal(sums.interactions) / sums.posts)


@dataclass(frozen=True)
class Ways:
    """By what posts are told apart, with the words for each value."""

    goals: Mapping[int, str]
    initiatives: Mapping[int, str]
    personas: Mapping[int, str]
    channels: Mapping[int, str]

    @classmethod
    def of(cls, business: Business) -> "Ways":
        """Four queries."""
        return cls(
            dict(business.goals.values_list("pk", "title")),
            dict(business.initiatives.values_list("pk", "title")),
            dict(business.personas.values_list("pk", "name")),
            {each.pk: str(each) for each in business.connections.all()},
        )

    def words(self, way: str) -> Callable[[Any], str]:
        """What to call a group of ``way``, by what its posts have in common."""
        none = _("none chosen")
        kinds = {str(key): str(word) for key, word in Kind.choices}
        found: dict[str, Callable[[Any], str]] = {
            "kind": lambda key: kinds.get(key, str(key)),
            "channel": lambda key: self.channels.get(key, none),
            "goal": lambda key: self.goals.get(key, none),
            "initiative": lambda key: self.initiatives.get(key, none),
            "persona": lambda key: self.personas.get(key, none),
            "weekday": lambda key: str(WEEKDAYS[IN_ORDER["weekday"](key)]),
            "hour": lambda key: f"{key:02}:00–{key:02}:59",
        }
        return found[way]


def sliced(
    ways: Ways, way: str, now: Mapping[Hashable, Sums], before: Mapping[Hashable, Sums]
) -> list[Slice]:
    """The groups of ``now`` told apart by ``way``, each beside its like of ``before``."""
    word = ways.words(way)
    found = {key: Slice(word(key), sums, before.get(key, NONE)) for key, sums in now.items()}
    if place := IN_ORDER.get(way):
        return [found[key] for key in sorted(found, key=place)]
    return sorted(found.values(), key=lambda each: -(each.each.value or -1))
