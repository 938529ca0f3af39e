"""The clock of a time zone for a calendar file (RFC 5545, 3.6.5).

The rules come from the same tables that Waypost computes with, change by change, so that
a reader whose own tables are old still shows the right hour.
"""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

STEP = dt.timedelta(days=7)
SECOND = dt.timedelta(seconds=1)


def timezone_of(zone: ZoneInfo, first: dt.date, last: dt.date) -> Timezone:
    """The offsets of ``zone`` from the year of ``first`` to the end of the year of ``last``."""
    told = Timezone()
    told.add("tzid", zone.key)
    start = dt.datetime(first.year, 1, 1, tzinfo=dt.UTC) - STEP
    end = dt.datetime(min(last.year + 1, dt.MAXYEAR), 1, 1, tzinfo=dt.UTC)
    told.add_component(_part(zone, start, before=start))
    for change in _changes(zone, start, end):
        told.add_component(_part(zone, change, before=change - SECOND))
    return told


def _part(
    zone: ZoneInfo, at: dt.datetime, *, before: dt.datetime
) -> TimezoneStandard | TimezoneDaylight:
    old, new = before.astimezone(zone), at.astimezone(zone)
    offset = old.utcoffset() or dt.timedelta()
    part = TimezoneDaylight() if new.dst() else TimezoneStandard()
    # The moment as clocks showed it that were not turned yet.
    part.add("dtstart", (at + offset).replace(tzinfo=None))
    part.add("tzoffsetfrom", offset)
    part.add("tzoffsetto", new.utcoffset())
    part.add("tzname", new.tzname())
    return part


def _changes(zone: ZoneInfo, start: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """Every moment in [start, end) from which on the offset is another one."""
    while start < end:
        after = min(start + STEP, end)
        if _offset(zone, start) != _offset(zone, after):
            yield _between(zone, start, after)
        start = after


def _between(zone: ZoneInfo, early: dt.datetime, late: dt.datetime) -> dt.datetime:
    """The first second with the offset of ``late``; one change lies between the two."""
    wanted = _offset(zone, late)
    while late - early > SECOND:
        middle = early + (late - early) // 2
        middle = middle.replace(microsecond=0)
        early, late = (early, middle) if _offset(zone, middle) == wanted else (middle, late)
    return late


def _offset(zone: ZoneInfo, at: dt.datetime) -> dt.timedelta | None:
    return at.astimezone(zone).utcoffset()
