"""The days that matter to a business: public holidays and shopping days where it sells, and
days of its own.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from babel.core import get_global
from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business
from waypost.market import public_holidays, shopping
from waypost.market.models import KeyDay, Place

# Where nobody has said yet to whom the business sells: home, and the large markets beside it.
AROUND = {
    "Europe/Ljubljana": ("SI", "DE", "AT"),
    "Europe/Vienna": ("AT", "DE"),
    "Europe/Berlin": ("DE", "AT"),
    "Europe/Zagreb": ("HR", "SI", "AT"),
    "Europe/Rome": ("IT", "AT"),
}
"""Home comes first; elsewhere it is the country of the time zone alone."""


class Kind(TextChoices):
    HOLIDAY = "holiday", _("Public holiday")
    SHOPPING = "shopping", _("Shopping day")
    OWN = "own", _("Own day")


class Where(NamedTuple):
    """One country as a market; ``subdivision`` is empty for all of it."""

    country: str  # ISO 3166, two letters
    subdivision: str = ""


@dataclass(frozen=True)
class Day:
    day: dt.date
    name: str
    kind: Kind
    countries: tuple[str, ...] = ()  # empty: kept everywhere, or a day of one's own
    place: str = ""  # of an own day
    pk: int | None = None  # of an own day

    @property
    def words(self) -> str:
        """ "Christmas Day (SI, DE, AT)"."""
        where = ", ".join(self.countries) or self.place
        return f"{self.name} ({where})" if where else self.name


@dataclass(frozen=True)
class Date:
    """One date with everything that falls on it."""

    day: dt.date
    days: tuple[Day, ...]

    @property
    def words(self) -> str:
        return "; ".join(each.words for each in self.days)


def days_between(
    business: Business, start: dt.date, end: dt.date, language: str, *, own: bool = True
) -> list[Day]:
    """All days in order, each name only once on its date. Two queries at most; without
    ``own`` the days that the business added itself are left out.
    """
    places = list(business.places.all())
    known = days_in(markets(business, places), start, end, language)
    added = business.key_days.select_related("place") if own else ()
    return _merged([*known, *_own(added, start, end)])


def by_date(days: Iterable[Day]) -> list[Date]:
    """``days`` in order, put together by their date."""
    return [Date(day, tuple(found)) for day, found in groupby(days, key=lambda each: each.day)]


def markets(business: Business, places: Iterable[Place]) -> tuple[Where, ...]:
    """Where the business sells; without a place those that its time zone suggests."""
    named = [Where(place.country, place.subdivision) for place in places if place.country]
    if not named:
        named = [Where(country) for country in around(business.time_zone)]
    whole = {each.country for each in named if not each.subdivision}
    # What is kept in all of a country is kept in its parts too, but not the other way round.
    return tuple(
        dict.fromkeys(each for each in named if not each.subdivision or each.country not in whole)
    )


def around(time_zone: str) -> tuple[str, ...]:
    home = get_global("zone_territories").get(time_zone, "")
    return AROUND.get(time_zone) or ((home,) if home else ())


def days_in(markets: Iterable[Where], start: dt.date, end: dt.date, language: str) -> list[Day]:
    """Public holidays and shopping days of ``markets``, each name only once on its date."""
    found = [
        each
        for year in range(start.year, end.year + 1)
        for market in markets
        for each in _of_market(market, year, language)
        if start <= each.day <= end
    ]
    return _merged(found)


def _of_market(where: Where, year: int, language: str) -> Iterator[Day]:
    for day, name in public_holidays.in_year(where.country, where.subdivision, year, language):
        said = capfirst(str(public_holidays.NAMES.get(name, name)))
        yield Day(day, said, Kind.HOLIDAY, (where.country,))
    for day, each in shopping.in_year(where.country, year):
        yield Day(day, str(each.name), Kind.SHOPPING, (where.country,))


def _own(rows: Iterable[KeyDay], start: dt.date, end: dt.date) -> Iterator[Day]:
    for row in rows:
        years = range(start.year, end.year + 1) if row.yearly else (row.date.year,)
        for year in years:
            day = in_year(row.date, year)
            if start <= day <= end:
                yield Day(day, row.name, Kind.OWN, place=str(row.place or ""), pk=row.pk)


def in_year(day: dt.date, year: int) -> dt.date:
    """``day`` in another year; the 29th of February becomes the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


_ORDER = {Kind.HOLIDAY: 0, Kind.SHOPPING: 1, Kind.OWN: 2}


def _merged(days: Iterable[Day]) -> list[Day]:
    """In order; the same name on the same date becomes one, an own day wins over the others."""
    found: dict[tuple[dt.date, str], Day] = {}
    for each in days:
        key = (each.day, each.name.casefold())
        other = found.get(key)
        found[key] = each if other is None else _both(other, each)
    return sorted(found.values(), key=lambda each: (each.day, _ORDER[each.kind]))


def _both(one: Day, other: Day) -> Day:
    own = next((each for each in (one, other) if each.kind == Kind.OWN), None)
    kind = min(one.kind, other.kind, key=lambda kind: _ORDER[kind])
    countries = tuple(dict.fromkeys(one.countries + other.countries))
    if own:
        return Day(one.day, own.name, own.kind, countries, own.place, own.pk)
    return Day(one.day, one.name, kind, countries)
