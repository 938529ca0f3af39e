"""Public holidays by country, from the library ``holidays``."""

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

# The library is large: it is loaded when somebody first asks for a holiday.
SOURCE = "holidays.country_holidays"
ENGLISH = "en"

NAMES: Mapping[str, str | Promise] = MappingProxyType(
    {
        "New Year's Day": _("New Year's Day"),
        "Epiphany": _("Epiphany"),
        "International Women's Day": _("International Women's Day"),
        "Good Friday": _("Good Friday"),
        "Holy Saturday": _("Holy Saturday"),
        "Easter Sunday": _("Easter Sunday"),
        "Easter Monday": _("Easter Monday"),
        "Labor Day": _("Labour Day"),
        "International Labor Day": _("Labour Day"),
        "Ascension Day": _("Ascension Day"),
        "Pentecost": _("Whit Sunday"),
        "Pentecost Monday": _("Whit Monday"),
        "Corpus Christi": _("Corpus Christi"),
        "Assumption Day": _("Assumption Day"),
        "Assumption Of Mary Day": _("Assumption Day"),
        "National Day": _("National Day"),
        "German Unity Day": _("German Unity Day"),
        "Reformation Day": _("Reformation Day"),
        "All Saints' Day": _("All Saints' Day"),
        "Immaculate Conception": _("Immaculate Conception"),
        "Christmas Eve": _("Christmas Eve"),
        "Christmas Day": _("Christmas Day"),
        "Saint Stephen's Day": _("St Stephen's Day"),
        "St. Stephen's Day": _("St Stephen's Day"),
        "Second Day of Christmas": _("St Stephen's Day"),
        "Independence Day": _("Independence Day"),
        "Liberation Day": _("Liberation Day"),
        "Republic Day": _("Republic Day"),
        "Statehood Day": _("Statehood Day"),
    }
)
"""English names of the library that many countries share. Said in our words they come
together in one line, and in every language that Waypost speaks."""


@lru_cache(maxsize=512)
def in_year(
    country: str, subdivision: str, year: int, language: str
) -> tuple[tuple[dt.date, str], ...]:
    """Days and names in order; a name of our own in ``NAMES`` is its English one.

    ``language`` is that of the reader; where the library does not speak it, it answers in
    English, else as the country does. Unknown countries and parts have no holidays.
    """
    try:
        table = _table(country, subdivision, language)
        english = table if language == ENGLISH else _table(country, subdivision, ENGLISH)
        days = sorted(table(year).items())
        shared = dict(english(year).items())
    except (NotImplementedError, KeyError):
        return ()
    return tuple((day, _known(shared.get(day, ""), name)) for day, name in days)


def _known(english: str, name: str) -> str:
    plain = english.removesuffix(" (observed)")
    return plain if plain in NAMES else name


def _table(country: str, subdivision: str, language: str) -> Any:
    """Year → the library's table of it."""
    source = import_string(SOURCE)
    known = source(country)
    options = {"language": _spoken(known.supported_languages, language)}
    if subdivision in known.subdivisions:
        options["subdiv"] = subdivision
    return lambda year: source(country, years=[year], **options)


def _spoken(languages: Iterable[str], wanted: str) -> str | None:
    every = sorted(languages)
    for code in (wanted, ENGLISH):
        found = next((each for each in every if each.split("_")[0] == code), None)
        if found:
            return found
    return None


@lru_cache(maxsize=256)
def subdivisions(country: str) -> tuple[tuple[str, str], ...]:
    """Code and name of the parts of a country that have holidays of their own."""
    try:
        table = import_string(SOURCE)(country)
    except (NotImplementedError, KeyError):
        return ()
    names: dict[str, str] = {}
    for alias, code in table.subdivisions_aliases.items():
        names.setdefault(code, alias)
    return tuple((code, names.get(code, code)) for code in table.subdivisions)
