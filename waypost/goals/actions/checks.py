"""Small parts that all verbs on goals need."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format

from waypost.accounts.models import Business
from waypost.kit.errors import Refusal


def today_of(business: Business) -> dt.date:
    """The day it is where the business is."""
    return timezone.localdate(timezone=business.zone)


def refuse_first(refusals: list[Refusal]) -> None:
    if refusals:
        raise refusals[0]


def day_words(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
