"""Public holidays of the countries a business sells to."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from django.utils.module_loading import import_string

# The library is large: it is loaded when somebody first opens the roadmap.
SOURCE = "holidays.country_holidays"
LANGUAGES = {
    "SI": {"sl": "sl", "en": "en_US"},
    "DE": {"de": "de", "en": "en_US"},
    "AT": {"de": "de", "en": "en_US"},
    "IT": {"it": "it_IT", "en": "en_US"},
    "HR": {"hr": "hr", "en": "en_US"},
}
# A shop sells at home and to the large markets beside it; the first one is home.
MARKETS = {
    "Europe/Ljubljana": ("SI", "DE", "AT"),
    "Europe/Vienna": ("AT", "DE"),
    "Europe/Berlin": ("DE", "AT"),
    "Europe/Zagreb": ("HR", "SI", "AT"),
    "Europe/Rome": ("IT", "AT"),
}


class Holiday(NamedTuple):
    day: dt.date
    names: dict[str, list[str]]  # name → countries (two letters) that call it so

    @property
    def words(self) -> str:
        """ "Christmas Day (SI, DE, AT)"."""
        return "; ".join(f"{name} ({', '.join(where)})" for name, where in self.names.items())


def markets_of(time_zone: str) -> tuple[str, ...]:
    """Countries (ISO 3166, two letters) by the place of the business; empty: unknown."""
    return MARKETS.get(time_zone, ())


def holidays_between(
    countries: Iterable[str], start: dt.date, end: dt.date, language: str
) -> list[Holiday]:
    """Public holidays of all ``countries``, a day only once, in order."""
    found: dict[dt.date, dict[str, list[str]]] = {}
    for country in countries:
        for year in range(start.year, end.year + 1):
            for day, name in _of_year(country, year, language):
                if start <= day <= end:
                    found.setdefault(day, {}).setdefault(name, []).append(country)
    return [Holiday(day, found[day]) for day in sorted(found)]


@lru_cache(maxsize=256)
def _of_year(country: str, year: int, language: str) -> tuple[tuple[dt.date, str], ...]:
    spoken = LANGUAGES.get(country, {})
    table = import_string(SOURCE)(
        country, years=[year], language=spoken.get(language, spoken.get("en"))
    )
    return tuple(sorted(table.items()))
