"""The time a report is about: whole days of the business."""

import datetime as dt
from dataclasses import dataclass
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
