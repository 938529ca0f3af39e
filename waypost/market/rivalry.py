"""What the numbers of channels say: who is ahead, who grows, who is spoken about.

Nothing here asks the database; the rows are read by :func:`waypost.market.rivals.read`.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from waypost.kit.figures import ZERO, Figure

MONTH = 30  # days
APART = 45  # days between two counts of mentions that can hardly be compared


class Reading(Protocol):
    """Numbers of one channel on one day; an unknown number is None."""

    network: str
    date: dt.date
    followers: int | None
    avg_likes: Decimal | None
    avg_shares: Decimal | None
    avg_comments: Decimal | None
    posts_per_week: Decimal | None
    mentions: int | None


def engagement(reading: Reading) -> Figure:
    """Likes, shares and comments of a usual post for each follower; an estimate from outside."""
    parts = (
        (_("likes"), reading.avg_likes),
        (_("shares"), reading.avg_shares),
        (_("comments"), reading.avg_comments),
    )
    known = [value for _word, value in parts if value is not None]
    if reading.followers is None:
        return Figure(None, _("The number of followers is not known."))
    if reading.followers == 0:
        return Figure(None, _("There are no followers yet."))
    if not known:
        return Figure(None, _("Likes, shares and comments are not known."))
    without = [str(word) for word, value in parts if value is None]
    note = _("Without %(what)s, which are not known.") % {"what": ", ".join(without)}
    total = sum(map(Decimal, known), ZERO)
    return Figure(total / Decimal(reading.followers), note=note if without else "")


@dataclass(frozen=True)
class Growth:
    """How followers changed from one reading to the next."""

    change: int
    days: int
    share: Figure  # of the followers before

    @property
    def a_month(self) -> Decimal:
        """Followers in 30 days at this speed."""
        return Decimal(self.change) * MONTH / self.days

    @property
    def reason(self) -> str:
        return self.share.reason


def growth(readings: Iterable[Reading]) -> Growth | None:
    """Between the two newest readings of a channel that know its followers."""
    known = [each for each in readings if each.followers is not None]
    newest = sorted(known, key=lambda each: each.date)[-2:]
    if len(newest) < 2:
        return None
    before, now = newest
    was, has = Decimal(before.followers or 0), Decimal(now.followers or 0)
    share = Figure((has - was) / was) if was else Figure(None, _("There were no followers before."))
    return Growth(int(has - was), (now.date - before.date).days, share)


@dataclass(frozen=True)
class Mentions:
    """How often one was spoken about, and which part of all that is."""

    name: str
    count: int | None
    share: Figure
    is_ours: bool = False
    date: dt.date | None = None


@dataclass(frozen=True)
class Voice:
    """Who is spoken about: the mentions of everybody who is known."""

    lines: tuple[Mentions, ...]
    total: int
    apart: bool = False  # counted at very different times

    @property
    def ours(self) -> Figure:
        return next(line.share for line in self.lines if line.is_ours)


def voice(counted: Sequence[tuple[str, int | None, dt.date | None]]) -> Voice:
    """``counted`` are names with their newest mentions and the day; the first one is ours."""
    total = sum(count for _name, count, _day in counted if count is not None)
    days = [day for _name, count, day in counted if day is not None and count is not None]
    lines = tuple(
        Mentions(name, count, _part(count, total), number == 0, day)
        for number, (name, count, day) in enumerate(counted)
    )
    far = bool(days) and (max(days) - min(days)).days > APART
    return Voice(lines, total, far)


def _part(count: int | None, total: int) -> Figure:
    if count is None:
        return Figure(None, _("Nobody has counted the mentions yet."))
    if not total:
        return Figure(None, _("Nobody was mentioned."))
    return Figure(Decimal(count) / total)


def in_order(followers: Sequence[int | None]) -> list[int | None]:
    """The rank of each: 1 for the most; the same number, the same rank; None where unknown."""
    known = [count for count in followers if count is not None]
    return [
        None if count is None else 1 + sum(other > count for other in known) for count in followers
    ]
