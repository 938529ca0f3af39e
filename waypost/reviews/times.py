"""Periods of reports: which one is due, what it is compared with, what it is called."""

import calendar
import datetime as dt

from django.utils.formats import date_format

from waypost.insights.periods import Period

DAY = dt.timedelta(days=1)


def month_of(day: dt.date) -> Period:
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=last))


def last_month(today: dt.date) -> Period:
    return month_of(today.replace(day=1) - DAY)


def last_week(today: dt.date) -> Period:
    """Monday to Sunday."""
    sunday = today - dt.timedelta(days=today.isoweekday())
    return Period(sunday - 6 * DAY, sunday)


def is_month(period: Period) -> bool:
    return month_of(period.first) == period


def before(period: Period) -> Period:
    """The month before a month; else as many days, just before."""
    last = period.first - DAY
    if is_month(period):
        return month_of(last)
    return Period(last - (period.last - period.first), last)


def period_words(period: Period) -> str:
    """October 2026, or both days."""
    if is_month(period):
        return date_format(period.first, "F Y")
    if period.first == period.last:
        return date_format(period.first, "DATE_FORMAT")
    days = (date_format(day, "SHORT_DATE_FORMAT") for day in (period.first, period.last))
    return " – ".join(days)
