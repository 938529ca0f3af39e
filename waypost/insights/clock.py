"""Days of the week and hours on the clock of a business, told by the database.

Django asks Python for each row on SQLite, which takes longer than everything else a page of
numbers does; here a moment is moved by what the zone is away from UTC, which changes twice a year.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, F, Func, IntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

from waypost.insights.periods import Period

QUARTER = dt.timedelta(minutes=15)  # clocks change at none but full quarters
DAY = dt.timedelta(days=1)


class _Part(Func):
    """A part of a moment (UTC) after so many seconds are added."""

    output_field = IntegerField()
    sqlite_code = ""  # of strftime
    postgres_field = ""  # of EXTRACT

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        # Doubled twice: once for the template, once for the parameters of the query.
        template = f"CAST(strftime('%%%%{self.sqlite_code}', %(expressions)s || ' seconds') AS INT)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=", ", **context)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any
    ) -> tuple[str, Any]:
        template = (
            f"CAST(EXTRACT({self.postgres_field} FROM (%(expressions)s) AT TIME ZONE 'UTC') AS INT)"
        )
        joiner = " + interval '1 second' * "
        return self.as_sql(compiler, connection, template=template, arg_joiner=joiner, **context)


class _Weekday(_Part):
    sqlite_code, postgres_field = "w", "DOW"


class _Hour(_Part):
    sqlite_code, postgres_field = "H", "HOUR"


def weekday(field: str, zone: ZoneInfo, period: Period) -> Func:
    """0 is Sunday (so both databases say it); ``field`` is a moment within ``period``."""
    return _Weekday(F(field), _seconds(field, zone, period))


def hour(field: str, zone: ZoneInfo, period: Period) -> Func:
    """0 to 23."""
    return _Hour(F(field), _seconds(field, zone, period))


def _seconds(field: str, zone: ZoneInfo, period: Period) -> Combinable:
    """How far the clock of ``zone`` is ahead of UTC at the moment of ``field``."""
    *earlier, (last, _until) = shifts(zone, *period.moments(zone))
    cases = [When(**{f"{field}__lt": until}, then=Value(ahead)) for ahead, until in earlier]
    return Case(*cases, default=Value(last), output_field=IntegerField())


def shifts(zone: ZoneInfo, start: dt.datetime, end: dt.datetime) -> list[tuple[int, dt.datetime]]:
    """Seconds ahead of UTC and until when, one after another from ``start`` to ``end``."""
    found: list[tuple[int, dt.datetime]] = []
    begin, end = start.astimezone(dt.UTC), end.astimezone(dt.UTC)
    ahead = _ahead(zone, begin)
    for change in _changes(zone, begin, end):
        found.append((ahead, change))
        ahead = _ahead(zone, change)
    return [*found, (ahead, end)]


def _changes(zone: ZoneInfo, begin: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """Looks at each day, and at its quarters only where the day differs from the next."""
    day = begin
    while day < end:
        following = min(day + DAY, end)
        if _ahead(zone, day) != _ahead(zone, following):
            yield from _quarters(zone, day, following)
        day = following


def _quarters(zone: ZoneInfo, begin: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    moment, before = begin, _ahead(zone, begin)
    while moment < end:
        moment += QUARTER
        if (ahead := _ahead(zone, moment)) != before:
            yield moment
        before = ahead


def _ahead(zone: ZoneInfo, moment: dt.datetime) -> int:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())
