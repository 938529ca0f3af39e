"""How old the company is, and the day on which that can be celebrated."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.market.days import in_year

FOUNDED = "company.founded"  # the question that tells the day


@dataclass(frozen=True)
class Anniversary:
    """What follows from the answer to "When was it founded?"."""

    years: int
    """whole years; of a year alone, the years between it and this one"""
    is_exact: bool
    """False where only the year is known, so that it may be one less"""
    next_on: dt.date | None
    """today or later; None where the day is not known"""
    turns: int
    """years on ``next_on``"""

    @property
    def age_words(self) -> str:
        if self.is_exact:
            said = ngettext(
                "The company is %(n)s year old.", "The company is %(n)s years old.", self.years
            )
        else:
            said = ngettext(
                "This year the company turns %(n)s year.",
                "This year the company turns %(n)s years.",
                self.years,
            )
        return said % {"n": self.years}

    @property
    def name(self) -> str:
        """What the day may be called in the calendar, each year."""
        return _("Anniversary of the company")


def anniversary(founded: str, today: dt.date) -> Anniversary | None:
    """From a stored day (``2016``, ``2016-03`` or ``2016-03-14``); None before it."""
    known = [int(part) for part in founded.split("-")]
    begun = dt.date(*known, *[1] * (3 - len(known)))
    if begun > today:
        return None
    years = today.year - begun.year
    if len(known) == 1:
        return Anniversary(years, False, None, 0)
    compared = in_year(begun, today.year)
    passed = years if compared <= today else years - 1
    if len(known) == 2:
        return Anniversary(passed, True, None, 0)
    coming = compared if compared >= today else in_year(begun, today.year + 1)
    return Anniversary(passed, True, coming, coming.year - begun.year)
