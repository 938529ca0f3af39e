"""Hours of the day in which a business publishes nothing, on the clock of its own zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import time_format

_DAY = timedelta(days=1)
_INSTANT = timedelta(seconds=1)  # clocks are put forward on a whole second


@dataclass(frozen=True)
class QuietHours:
    """From ``start`` until ``end`` every day; past midnight where ``end`` is the earlier."""

    start: time
    end: time
    zone: ZoneInfo

    def __str__(self) -> str:
        """``22:00–7:00``"""
        return f"{time_format(self.start, 'G:i')}–{time_format(self.end, 'G:i')}"

    def ends_at(self, at: datetime) -> datetime | None:
        """When the quiet hours that ``at`` (aware) lies in are over (UTC); ``None`` outside."""
        today = at.astimezone(self.zone).date()
        for day in (today - _DAY, today):
            begins, ends = self._span(day)
            if begins <= at < ends:
                return ends
        return None

    def _span(self, day: date) -> tuple[datetime, datetime]:
        """The quiet hours that begin on ``day``.

        They are one stretch of time, also in a night in which the clock is turned: an hour
        that comes twice is not quiet twice.
        """
        last = day if self.start < self.end else day + _DAY
        return (
            _first_moment(datetime.combine(day, self.start), self.zone),
            _first_moment(datetime.combine(last, self.end), self.zone),
        )


def _first_moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """When clocks in ``zone`` first show ``wall`` (naive) or, where they jump over it, later."""
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
        return first
    before, after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), first
    offset = before.astimezone(zone).utcoffset()
    while after - before > _INSTANT:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    # The jump lies within this second: take it on the whole one.
    return after.replace(microsecond=0)
