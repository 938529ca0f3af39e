"""Weeks, months and quarters of a board."""

import datetime as dt

from waypost.accounts.models import Business
from waypost.board.models import BoardSettings

MONTHS_OF = {BoardSettings.Period.MONTH: 1, BoardSettings.Period.QUARTER: 3}


def period_of(day: dt.date, kind: str) -> tuple[dt.date, dt.date]:
    """First and last day of the period that ``day`` lies in; a week begins on Monday."""
    if kind == BoardSettings.Period.WEEK:
        start = day - dt.timedelta(days=day.weekday())
        return start, start + dt.timedelta(days=6)
    months = MONTHS_OF[BoardSettings.Period(kind)]
    first = (day.month - 1) // months * months + 1
    following = first + months
    start = dt.date(day.year, first, 1)
    after = dt.date(day.year + (following > 12), (following - 1) % 12 + 1, 1)
    return start, after - dt.timedelta(days=1)


def moment(business: Business, day: dt.date) -> dt.datetime:
    """When ``day`` begins on the clock of the business."""
    return dt.datetime.combine(day, dt.time(), business.zone)
