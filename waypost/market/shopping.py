"""Days on which people buy, by country. They are facts of custom, not of law.

One line is one day: its name, its rule, and the countries (ISO 3166) that keep it; without
countries it is kept nearly everywhere. Where countries keep the same day on different dates
there is a line for each date under the same name.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.market import calendar_rules as rules
from waypost.market.calendar_rules import (
    MONDAY,
    SATURDAY,
    SUNDAY,
    THURSDAY,
    Rule,
    advent,
    after,
    easter,
    fixed,
    not_on_sunday,
    nth,
)


@dataclass(frozen=True)
class ShoppingDay:
    name: str | Promise
    rule: Rule
    countries: frozenset[str] = frozenset()  # empty: nearly everywhere
    but: frozenset[str] = frozenset()  # where it is not kept, or on another day

    def is_kept_in(self, country: str) -> bool:
        """``country`` may be empty: then only what is kept nearly everywhere counts."""
        return country not in self.but and (not self.countries or country in self.countries)


def _in(countries: str) -> frozenset[str]:
    return frozenset(countries.split())


ALPINE = _in("SI AT DE CH LI")
CENTRAL = ALPINE | _in("HR HU CZ SK PL")
ORTHODOX = _in("GR CY RO BG RS ME MK UA MD GE")
FEW_CHRISTIANS = _in("TR JP CN IN IL AE SA TH ID MY PK BD EG MA TN DZ KW QA VN TW HK KR SG")
BLACK_FRIDAY = after(nth(4, THURSDAY, 11), 1)
MOTHERS_DAY, FATHERS_DAY = _("Mother's Day"), _("Father's Day")
WINTER_SALES, SUMMER_SALES = _("Winter sales begin"), _("Summer sales begin")
SCHOOL = _("Back-to-school shopping begins")

SPRING = (
    ShoppingDay(_("Valentine's Day"), fixed(2, 14)),
    ShoppingDay(_("International Women's Day"), fixed(3, 8)),
    ShoppingDay(_("Carnival"), easter(-47), _in("SI HR AT IT DE CH HU BE NL ES PT")),
    ShoppingDay(_("St Gregory's Day"), fixed(3, 12), _in("SI")),
    ShoppingDay(_("Easter Sunday"), easter(), but=ORTHODOX | FEW_CHRISTIANS),
    ShoppingDay(_("Easter Sunday"), rules.orthodox_easter(), ORTHODOX),
    ShoppingDay(_("Last week before Easter"), easter(-6), CENTRAL | _in("IT FR GB IE ES")),
)
PARENTS = (
    ShoppingDay(MOTHERS_DAY, fixed(3, 25), _in("SI")),
    ShoppingDay(MOTHERS_DAY, fixed(3, 8), _in("BA BG MK RS ME")),
    ShoppingDay(MOTHERS_DAY, nth(1, SUNDAY, 5), _in("ES PT HU RO LT")),
    ShoppingDay(
        MOTHERS_DAY,
        nth(2, SUNDAY, 5),
        _in("DE AT CH LI IT HR NL BE DK FI CZ SK GR CY MT EE LV UA TR US CA AU NZ JP BR IN ZA CN"),
    ),
    ShoppingDay(MOTHERS_DAY, fixed(5, 26), _in("PL")),
    ShoppingDay(MOTHERS_DAY, rules.french_mothers_day, _in("FR")),
    ShoppingDay(MOTHERS_DAY, nth(-1, SUNDAY, 5), _in("SE")),
    ShoppingDay(MOTHERS_DAY, nth(2, SUNDAY, 6), _in("LU")),
    ShoppingDay(MOTHERS_DAY, nth(2, SUNDAY, 2), _in("NO")),
    ShoppingDay(_("Mothering Sunday"), easter(-21), _in("GB IE")),
    ShoppingDay(FATHERS_DAY, fixed(3, 19), _in("IT ES PT HR LI")),
    ShoppingDay(FATHERS_DAY, easter(39), _in("DE")),
    ShoppingDay(FATHERS_DAY, nth(2, SUNDAY, 6), _in("AT BE")),
    ShoppingDay(FATHERS_DAY, nth(1, SUNDAY, 6), _in("CH LT")),
    ShoppingDay(FATHERS_DAY, fixed(6, 23), _in("PL")),
    ShoppingDay(FATHERS_DAY, fixed(6, 5), _in("DK")),
    ShoppingDay(
        FATHERS_DAY,
        nth(3, SUNDAY, 6),
        _in("SI US CA GB IE FR NL HU CZ SK GR CY MT UA TR IN JP ZA"),
    ),
    ShoppingDay(FATHERS_DAY, nth(1, SUNDAY, 9), _in("AU NZ")),
    ShoppingDay(FATHERS_DAY, nth(2, SUNDAY, 11), _in("SE FI NO EE")),
)
SALES = (
    ShoppingDay(WINTER_SALES, nth(2, MONDAY, 1), _in("SI")),
    ShoppingDay(_("Epiphany sales begin"), not_on_sunday(fixed(1, 5)), _in("IT")),
    ShoppingDay(_("Epiphany sales begin"), fixed(1, 7), _in("ES")),
    ShoppingDay(WINTER_SALES, fixed(12, 27), _in("HR")),
    ShoppingDay(WINTER_SALES, fixed(1, 3), _in("BE")),
    ShoppingDay(WINTER_SALES, rules.french_winter_sales, _in("FR")),
    ShoppingDay(SUMMER_SALES, nth(2, MONDAY, 7), _in("SI")),
    ShoppingDay(SUMMER_SALES, nth(1, SATURDAY, 7), _in("IT")),
    ShoppingDay(SUMMER_SALES, fixed(7, 1), _in("HR BE ES")),
    ShoppingDay(SUMMER_SALES, rules.french_summer_sales, _in("FR")),
    ShoppingDay(_("Boxing Day sales"), fixed(12, 26), _in("GB IE CA AU NZ")),
)
AUTUMN = (
    # About two weeks before most schools of the country begin.
    ShoppingDay(SCHOOL, nth(3, MONDAY, 8), _in("SI HR AT HU CZ SK PL FR BE GB IE NL")),
    ShoppingDay(SCHOOL, nth(1, MONDAY, 8), _in("DE CH SE NO DK FI")),
    ShoppingDay(SCHOOL, nth(-1, MONDAY, 8), _in("IT ES PT GR")),
    ShoppingDay(SCHOOL, nth(3, MONDAY, 7), _in("US CA")),
    ShoppingDay(_("Halloween"), fixed(10, 31)),
    ShoppingDay(_("St Martin's Day"), fixed(11, 11), _in("SI HR AT DE CH HU NL BE")),
    ShoppingDay(_("Singles' Day"), fixed(11, 11)),
    ShoppingDay(_("Black Friday"), BLACK_FRIDAY),
    ShoppingDay(_("Small Business Saturday"), after(BLACK_FRIDAY, 1), _in("US CA")),
    ShoppingDay(_("Small Business Saturday"), nth(1, SATURDAY, 12), _in("GB")),
    ShoppingDay(_("Cyber Monday"), after(BLACK_FRIDAY, 3)),
)
_ADVENT = CENTRAL | _in("IT")
WINTER = (
    ShoppingDay(_("1st Sunday of Advent"), advent(1), _ADVENT),
    ShoppingDay(_("2nd Sunday of Advent"), advent(2), _ADVENT),
    ShoppingDay(_("3rd Sunday of Advent"), advent(3), _ADVENT),
    ShoppingDay(_("4th Sunday of Advent"), advent(4), _ADVENT),
    ShoppingDay(_("Krampus Night"), fixed(12, 5), _in("AT")),
    ShoppingDay(_("St Nicholas"), fixed(12, 5), _in("NL")),
    ShoppingDay(_("St Nicholas"), fixed(12, 6), CENTRAL | _in("BE LU RO")),
    ShoppingDay(
        _("Last Saturday before Christmas"), rules.before_christmas(SATURDAY), but=FEW_CHRISTIANS
    ),
    ShoppingDay(_("Christmas Eve"), fixed(12, 24), but=FEW_CHRISTIANS),
    ShoppingDay(_("New Year's Eve"), fixed(12, 31)),
)
DAYS = SPRING + PARENTS + SALES + AUTUMN + WINTER


@lru_cache(maxsize=512)
def in_year(country: str, year: int) -> tuple[tuple[dt.date, ShoppingDay], ...]:
    """The days of one country in a year, in order."""
    return tuple(sorted(_in_year(country, year), key=lambda pair: pair[0]))


def _in_year(country: str, year: int) -> Iterator[tuple[dt.date, ShoppingDay]]:
    for each in DAYS:
        if each.is_kept_in(country):
            yield each.rule(year), each
