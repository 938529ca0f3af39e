"""The time a report is about: whole days of the business."""

import calendar
import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

USUAL = dt.timedelta(days=30)


@dataclass(frozen=True)
class Period:
    """From ``first`` to ``last``, both included."""

    first: dt.date
    last: dt.date

    def moments(self, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """[start, end) of the period in UTC-comparable moments of ``zone``."""
        return (
            dt.datetime.combine(self.first, dt.time(), zone),
            dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), zone),
        )

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @cached_property
    def months(self) -> list[int]:
        """The months it touches, each as ``year * 12 + month - 1``."""
        first, last = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        return list(range(first, last + 1))

    @cached_property
    def whole_months(self) -> list[dt.date]:
        """First days of the months that lie in it from end to end."""
        found = [dt.date(number // 12, number % 12 + 1, 1) for number in self.months]
        return [day for day in found if self.first <= day and month_end(day) <= self.last]

    @cached_property
    def whole_numbers(self) -> frozenset[int]:
        """The same months as :attr:`months` counts them."""
        return frozenset(day.year * 12 + day.month - 1 for day in self.whole_months)

    @property
    def is_months(self) -> bool:
        """Whether it is nothing but whole months."""
        return len(self.whole_months) == len(self.months)

    @property
    def before(self) -> "Period":
        """As many whole months, else as many days, right before it."""
        last = self.first - dt.timedelta(days=1)
        if not self.is_months:
            return Period(last - dt.timedelta(days=self.days - 1), last)
        number = self.months[0] - len(self.months)
        return Period(dt.date(number // 12, number % 12 + 1, 1), last)

    @property
    def year_before(self) -> "Period":
        """The same days a year earlier; a whole February stays one."""
        first, last = _year_before(self.first), _year_before(self.last)
        return Period(first, month_end(last) if self.is_months else last)


def month_of(day: dt.date) -> Period:
    return Period(day.replace(day=1), month_end(day))


def month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _year_before(day: dt.date) -> dt.date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


@dataclass(frozen=True)
class Preset:
    """A period to choose with one click."""

    label: Promise
    period: Period


def usual(today: dt.date) -> Period:
    """The last 30 days, today included."""
    return Period(today - USUAL + dt.timedelta(days=1), today)


def presets(today: dt.date) -> list[Preset]:
    """What most people ask for."""
    month = today.replace(day=1)
    before = month - dt.timedelta(days=1)
    week = dt.timedelta(days=6)
    return [
        Preset(_("Last 7 days"), Period(today - week, today)),
        Preset(_("Last 30 days"), usual(today)),
        Preset(_("This month"), Period(month, today)),
        Preset(_("Last month"), Period(before.replace(day=1), before)),
        Preset(_("This year"), Period(today.replace(month=1, day=1), today)),
    ]
