"""What moving one initiative does to those that wait for it, as pure arithmetic over days.

An initiative may begin on the day after the last of those it depends on has ended. Whoever
waits is moved only as far as that asks and keeps its length; who has room stays.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

DAY = timedelta(days=1)


class Span(NamedTuple):
    """From the first day to the last, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def starting(self, day: date) -> "Span":
        """The same length from ``day`` on."""
        return Span(day, day + (self.end - self.start))


@dataclass(frozen=True)
class Step:
    """One initiative: when it runs and which others (by key) must have ended before."""

    pk: int
    span: Span
    after: frozenset[int] = frozenset()
    stays: bool = False  # it is done or dropped: nothing moves it any more


class Shift(NamedTuple):
    """An initiative that has to give way."""

    pk: int
    before: Span
    span: Span

    @property
    def days(self) -> int:
        """How many days later it begins."""
        return (self.span.start - self.before.start).days


class Circle(Exception):
    """Initiatives wait for each other; ``keys`` names them, the first one again at the end."""

    def __init__(self, keys: list[int]) -> None:
        super().__init__(f"a circle of dependencies: {keys}")
        self.keys = keys


def in_order(after: Mapping[int, AbstractSet[int]]) -> list[int]:
    """Keys such that each comes after all it depends on; raises ``Circle``."""
    try:
        return list(TopologicalSorter(after).static_order())
    except CycleError as error:
        raise Circle(list(error.args[1])) from error


def waiting_for(steps: Mapping[int, Step], pk: int) -> set[int]:
    """Keys of everything that waits for ``pk``, directly or through others, and ``pk``."""
    waiting: dict[int, list[int]] = {}
    for step in steps.values():
        for other in step.after:
            waiting.setdefault(other, []).append(step.pk)
    found, open_ends = {pk}, [pk]
    while open_ends:
        new = set(waiting.get(open_ends.pop(), ())) - found
        found |= new
        open_ends += new
    return found


def earliest_start(steps: Iterable[Step], pk: int) -> date | None:
    """The first day on which ``pk`` may begin as things stand; None: any day will do."""
    known = {step.pk: step for step in steps}
    ends = [known[other].span.end for other in known[pk].after if other in known]
    return max(ends) + DAY if ends else None


def shifts(steps: Iterable[Step], pk: int, span: Span) -> list[Shift]:
    """Who else must move when ``pk`` runs through ``span``, those that move first first.

    Raises ``Circle`` when initiatives behind ``pk`` wait for each other.
    """
    known = {step.pk: step for step in steps}
    behind = waiting_for(known, pk)
    order = in_order({each: known[each].after & behind for each in behind})
    moved = {pk: span}
    found: list[Shift] = []
    for step in (known[each] for each in order if each != pk):
        ends = [moved[other].end for other in step.after if other in moved]
        day = max(ends) + DAY if ends else step.span.start
        if step.span.start < day and not step.stays:
            moved[step.pk] = step.span.starting(day)
            found.append(Shift(step.pk, step.span, moved[step.pk]))
    return found
