"""The numbers of a report, as plain values that can be kept and read again.

A number that nobody knows is None, never 0. Texts are names that people gave; words of
Waypost are keys, so that an old report can be read in either language.
"""

import datetime as dt
from dataclasses import asdict, dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from waypost.kit.figures import Number

Row = TypeVar("Row")


@dataclass(frozen=True)
class Measure:
    """One metric of one channel, beside the period before."""

    key: str  # of waypost.reviews.metrics
    before: Number
    now: Number
    is_broken: bool = False  # its meaning changed in between, so the two are not compared

    @property
    def change(self) -> Number:
        if self.is_broken or self.before is None or self.now is None:
            return None
        return self.now - self.before

    @property
    def growth(self) -> Number:
        """The change as a share of what was before; None where that was 0 or is not known."""
        if self.change is None or not self.before:
            return None
        return self.change / abs(self.before)


@dataclass(frozen=True)
class Unknown:
    """A metric that was wanted and has no number now; ``why`` is a key of ``words.WHY``."""

    key: str
    why: str


@dataclass(frozen=True)
class ChannelFigures:
    key: str
    network: str
    handle: str
    measures: tuple[Measure, ...]
    unknown: tuple[Unknown, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.network} {self.handle}".strip()

    def measure(self, key: str) -> Measure:
        """An empty one where the channel does not have it."""
        found = (each for each in self.measures if each.key == key)
        return next(found, Measure(key, None, None))


@dataclass(frozen=True)
class GoalFigures:
    """``progress`` and ``expected`` are shares of the way from the start to the target."""

    pk: int
    title: str
    unit: str
    target: Decimal
    value: Number
    progress: Number
    expected: Number
    pace: Number
    status: str


@dataclass(frozen=True)
class InitiativeFigures:
    pk: int
    title: str
    goal: str
    status: str
    days_late: int
    posts: int
    interactions: Number
    spent: Number


@dataclass(frozen=True)
class PostFigures:
    """A post on one channel; ``pk`` is that of the item."""

    pk: int
    title: str
    channel: str
    day: dt.date
    interactions: Number


@dataclass(frozen=True)
class Proposed:
    """Something to change: ``number`` is what is so, ``limit`` what it is measured by."""

    kind: str
    pk: int  # of the goal, initiative, line or channel; 0 where the title names it
    title: str
    number: Number
    limit: Number = None
    currency: str = ""  # of amounts


@dataclass(frozen=True)
class Figures:
    """Everything a report counts. Money is in ``currency``."""

    first: dt.date
    last: dt.date
    before_first: dt.date
    before_last: dt.date
    currency: str
    goals: tuple[GoalFigures, ...] = ()
    initiatives: tuple[InitiativeFigures, ...] = ()
    channels: tuple[ChannelFigures, ...] = ()
    best: tuple[PostFigures, ...] = ()  # with the most interactions first
    spent: Number = None  # in the whole months of the period
    planned: Number = None
    proposed: tuple[Proposed, ...] = ()

    def total(self, key: str) -> Measure:
        """A metric added up over the channels, as far as it is known."""
        rows = [channel.measure(key) for channel in self.channels]
        return Measure(key, added(each.before for each in rows), added(each.now for each in rows))


def added(numbers: Any) -> Number:
    """The sum of what is known; None when nothing is."""
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if known else None


def packed(figures: Figures) -> dict[str, Any]:
    """For a column of JSON; decimals become texts, so that no digit is lost."""
    return asdict(figures)


def unpacked(kept: dict[str, Any]) -> Figures:
    """What :func:`packed` was given, also when it has come back from the database."""
    return _read(Figures, kept)


def _read(kind: type[Row], kept: dict[str, Any]) -> Row:
    hints = _hints(kind)  # type: ignore[arg-type]
    return kind(**{name: _value(hints[name], kept[name]) for name in kept if name in hints})


@cache
def _hints(kind: type) -> dict[str, Any]:
    """Name → type of the fields; asked for a thousand times in a report."""
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        return tuple(_value(inner, each) for each in value)
    if isinstance(hint, UnionType):
        return _value(next(each for each in get_args(hint) if each is not type(None)), value)
    if is_dataclass(hint) and isinstance(hint, type):
        return _read(hint, value)
    if hint is Decimal:
        return Decimal(str(value))
    if hint is dt.date and isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value
