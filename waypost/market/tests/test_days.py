"""Public holidays, shopping days and own days of a business."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.market import calendar_rules as rules
from waypost.market import public_holidays, shopping
from waypost.market.days import Day, Kind, Where, around, by_date, days_between, days_in, in_year
from waypost.market.shopping import DAYS

YEARS = st.integers(1900, 2099)
ALL_2026 = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def words(days: list[Day]) -> list[tuple[str, str]]:
    return [(each.day.isoformat(), each.words) for each in days]


def shopping_in(country: str, year: int = 2026) -> dict[str, str]:
    """Name → day; of a day that comes more often the last one."""
    return {str(each.name): day.isoformat() for day, each in shopping.in_year(country, year)}


# rules


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1961, "1961-04-02"),
        (2000, "2000-04-23"),
        (2008, "2008-03-23"),
        (2011, "2011-04-24"),
        (2024, "2024-03-31"),
        (2025, "2025-04-20"),
        (2026, "2026-04-05"),
        (2027, "2027-03-28"),
        (2038, "2038-04-25"),
    ],
)
def test_easter_falls_on_its_known_days(year: int, day: str) -> None:
    assert rules.easter_sunday(year).isoformat() == day


@pytest.mark.parametrize(
    ("year", "day"),
    [(2023, "2023-04-16"), (2024, "2024-05-05"), (2025, "2025-04-20"), (2026, "2026-04-12")],
)
def test_the_easter_of_the_eastern_churches_falls_on_its_known_days(year: int, day: str) -> None:
    assert rules.orthodox_easter_sunday(year).isoformat() == day


@given(YEARS)
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    western, eastern = rules.easter_sunday(year), rules.orthodox_easter_sunday(year)
    assert (western.weekday(), eastern.weekday()) == (rules.SUNDAY, rules.SUNDAY)
    assert dt.date(year, 3, 22) <= western <= dt.date(year, 4, 25)
    assert western <= eastern <= dt.date(year, 5, 10)


@given(YEARS)
def test_advent_has_four_sundays_and_ends_before_christmas(year: int) -> None:
    sundays = [rules.advent(number)(year) for number in (1, 2, 3, 4)]
    assert {day.weekday() for day in sundays} == {rules.SUNDAY}
    assert dt.date(year, 11, 27) <= sundays[0] <= dt.date(year, 12, 3)
    assert sundays[3] <= dt.date(year, 12, 24)
    assert sundays[3] - sundays[0] == dt.timedelta(weeks=3)


@given(YEARS, st.integers(1, 4), st.integers(0, 6), st.integers(1, 12))
def test_the_nth_weekday_lies_in_its_week_of_the_month(
    year: int, number: int, weekday: int, month: int
) -> None:
    found = rules.nth(number, weekday, month)(year)
    assert (found.year, found.month, found.weekday()) == (year, month, weekday)
    assert (found.day - 1) // 7 == number - 1


@given(YEARS, st.integers(0, 6), st.integers(1, 12))
def test_after_the_last_weekday_the_month_has_no_other(year: int, weekday: int, month: int) -> None:
    found = rules.nth(-1, weekday, month)(year)
    assert (found.month, found.weekday()) == (month, weekday)
    assert (found + dt.timedelta(weeks=1)).month != month


@given(YEARS)
def test_every_rule_answers_a_day_of_its_year(year: int) -> None:
    assert {each.rule(year).year for each in DAYS} == {year}


# shopping days by country


@pytest.mark.parametrize(
    ("country", "name", "day"),
    [
        ("SI", "Mother's Day", "2026-03-25"),
        ("DE", "Mother's Day", "2026-05-10"),
        ("AT", "Mother's Day", "2026-05-10"),
        ("IT", "Mother's Day", "2026-05-10"),
        ("HR", "Mother's Day", "2026-05-10"),
        ("HU", "Mother's Day", "2026-05-03"),
        ("FR", "Mother's Day", "2026-05-31"),
        ("PL", "Mother's Day", "2026-05-26"),
        ("NO", "Mother's Day", "2026-02-08"),
        ("GB", "Mothering Sunday", "2026-03-15"),
        ("SI", "Father's Day", "2026-06-21"),
        ("DE", "Father's Day", "2026-05-14"),
        ("AT", "Father's Day", "2026-06-14"),
        ("IT", "Father's Day", "2026-03-19"),
        ("HR", "Father's Day", "2026-03-19"),
        ("SI", "Winter sales begin", "2026-01-12"),
        ("FR", "Winter sales begin", "2026-01-07"),
        ("FR", "Summer sales begin", "2026-06-24"),
        ("ES", "Epiphany sales begin", "2026-01-07"),
        ("IT", "Epiphany sales begin", "2026-01-05"),
        ("SI", "Back-to-school shopping begins", "2026-08-17"),
        ("SI", "Black Friday", "2026-11-27"),
        ("DE", "Cyber Monday", "2026-11-30"),
        ("DE", "Singles' Day", "2026-11-11"),
        ("HR", "Valentine's Day", "2026-02-14"),
        ("HR", "International Women's Day", "2026-03-08"),
        ("AT", "Krampus Night", "2026-12-05"),
        ("HR", "St Nicholas", "2026-12-06"),
        ("NL", "St Nicholas", "2026-12-05"),
        ("DE", "1st Sunday of Advent", "2026-11-29"),
        ("IT", "4th Sunday of Advent", "2026-12-20"),
        ("IT", "Carnival", "2026-02-17"),
        ("SI", "Easter Sunday", "2026-04-05"),
        ("GR", "Easter Sunday", "2026-04-12"),
        ("US", "Small Business Saturday", "2026-11-28"),
    ],
)
def test_a_country_keeps_its_own_date(country: str, name: str, day: str) -> None:
    assert shopping_in(country)[name] == day


def test_the_days_of_other_years_move_as_they_should() -> None:
    assert shopping_in("DE", 2027)["Black Friday"] == "2027-11-26"
    assert shopping_in("FR", 2015)["Mother's Day"] == "2015-05-31"
    assert shopping_in("FR", 2023)["Mother's Day"] == "2023-06-04"  # Whit Sunday was in May
    assert shopping_in("FR", 2024)["Winter sales begin"] == "2024-01-10"
    assert shopping_in("IT", 2025)["Epiphany sales begin"] == "2025-01-04"  # the 5th: a Sunday


def test_mothers_day_is_kept_once_a_year_wherever_it_is_known() -> None:
    named = {each.countries for each in DAYS if each.name == shopping.MOTHERS_DAY}
    every = [country for countries in named for country in countries]
    assert len(every) == len(set(every)) > 40


def test_a_country_without_christmas_has_no_advent() -> None:
    assert {"Black Friday", "Singles' Day"} <= shopping_in("JP").keys()
    assert shopping_in("JP").keys().isdisjoint({"Easter Sunday", "Christmas Eve", "St Nicholas"})


# public holidays


def test_a_part_of_a_country_has_holidays_of_its_own() -> None:
    whole = {name for _day, name in public_holidays.in_year("DE", "", 2026, "en")}
    bavaria = {name for _day, name in public_holidays.in_year("DE", "BY", 2026, "en")}
    assert bavaria - whole == {"Epiphany", "Corpus Christi", "All Saints' Day"}
    assert ("BY", "Bayern") in public_holidays.subdivisions("DE")
    assert public_holidays.subdivisions("SI") == ()


@pytest.mark.parametrize("country", ["", "XX", "??"])
def test_an_unknown_country_has_no_holidays(country: str) -> None:
    assert public_holidays.in_year(country, "", 2026, "en") == ()
    assert public_holidays.subdivisions(country) == ()


def test_an_unknown_part_of_a_country_counts_as_all_of_it() -> None:
    whole = public_holidays.in_year("AT", "", 2026, "en")
    assert public_holidays.in_year("AT", "nowhere", 2026, "en") == whole


def test_holidays_that_only_one_country_has_speak_the_language_of_the_reader() -> None:
    with translation.override("sl"):
        found = words(days_in([Where("SI")], dt.date(2026, 2, 8), dt.date(2026, 2, 8), "sl"))
    assert found == [("2026-02-08", "Prešernov dan, slovenski kulturni praznik (SI)")]


def test_a_country_that_does_not_speak_the_language_answers_in_english() -> None:
    found = dict(public_holidays.in_year("US", "", 2026, "sl"))
    assert found[dt.date(2026, 7, 4)] == "Independence Day"


# all together


def test_days_of_several_countries_come_together_by_their_name() -> None:
    markets = [Where("SI"), Where("DE"), Where("AT")]
    found = by_date(days_in(markets, dt.date(2026, 12, 24), dt.date(2027, 1, 1), "en"))
    assert [(each.day.isoformat(), each.words) for each in found] == [
        ("2026-12-24", "Christmas Eve (SI, DE, AT)"),
        ("2026-12-25", "Christmas Day (SI, DE, AT)"),
        ("2026-12-26", "Independence and Unity Day (SI); St Stephen's Day (DE, AT)"),
        ("2026-12-31", "New Year's Eve (SI, DE, AT)"),
        ("2027-01-01", "New Year's Day (SI, DE, AT)"),
    ]


def test_a_day_that_is_free_and_for_shopping_is_a_holiday(business: Business) -> None:
    [found] = days_in([Where("SI"), Where("DE")], dt.date(2026, 4, 5), dt.date(2026, 4, 5), "en")
    assert (found.name, found.kind, found.countries) == (
        "Easter Sunday",
        Kind.HOLIDAY,
        ("SI", "DE"),
    )


def test_the_places_of_a_business_decide_which_days_it_has(business: Business) -> None:
    business.places.create(name="Rijeka", country="HR")
    names = {each.name for each in days_between(business, *ALL_2026, "en")}
    assert "Anti-Fascist Struggle Day" in names
    assert "Prešeren's Day, the Slovenian Cultural Holiday" not in names


def test_without_a_place_the_time_zone_says_where_the_business_is(business: Business) -> None:
    first = days_between(business, dt.date(2026, 1, 1), dt.date(2026, 1, 1), "en")
    assert words(first) == [("2026-01-01", "New Year's Day (SI, DE, AT)")]


def test_a_place_without_a_country_changes_nothing(business: Business) -> None:
    before = days_between(business, *ALL_2026, "en")
    business.places.create(name="Somewhere in the mountains")
    assert days_between(business, *ALL_2026, "en") == before


@pytest.mark.parametrize(
    ("zone", "countries"),
    [
        ("Europe/Ljubljana", ("SI", "DE", "AT")),
        ("Europe/Paris", ("FR",)),
        ("Pacific/Auckland", ("NZ",)),
        ("UTC", ()),
        ("Mars/Olympus", ()),
    ],
)
def test_a_time_zone_suggests_its_country(zone: str, countries: tuple[str, ...]) -> None:
    assert around(zone) == countries


def test_all_of_a_country_includes_its_parts(business: Business) -> None:
    business.places.create(name="Germany", country="DE")
    business.places.create(name="Munich", country="DE", subdivision="BY")
    names = {each.name for each in days_between(business, *ALL_2026, "en")}
    assert "German Unity Day" in names
    assert "Corpus Christi" not in names


def test_an_own_day_comes_every_year_or_once(business: Business) -> None:
    business.places.create(name="Maribor", country="SI")
    where = business.places.get()
    business.key_days.create(date=dt.date(2024, 6, 3), name="Birthday of the shop", yearly=True)
    business.key_days.create(date=dt.date(2026, 6, 4), name="Fair", place=where)
    business.key_days.create(date=dt.date(2025, 6, 5), name="Fair of last year")
    found = days_between(business, dt.date(2026, 6, 1), dt.date(2027, 6, 30), "en")
    assert words([each for each in found if each.kind == Kind.OWN]) == [
        ("2026-06-03", "Birthday of the shop"),
        ("2026-06-04", "Fair (Maribor)"),
        ("2027-06-03", "Birthday of the shop"),
    ]


def test_an_own_day_of_a_known_name_is_shown_once(business: Business) -> None:
    own = business.key_days.create(date=dt.date(2026, 11, 27), name="black friday")
    [found] = [
        each
        for each in days_between(business, dt.date(2026, 11, 27), dt.date(2026, 11, 27), "en")
        if each.name.casefold() == "black friday"
    ]
    assert (found.kind, found.pk, found.countries) == (Kind.OWN, own.pk, ("SI", "DE", "AT"))


def test_whoever_looks_from_outside_sees_no_own_day(business: Business) -> None:
    business.key_days.create(date=dt.date(2026, 6, 3), name="Secret sale")
    found = days_between(business, *ALL_2026, "en", own=False)
    assert "Secret sale" not in {each.name for each in found}


@given(YEARS)
def test_the_29th_of_february_becomes_the_28th_in_a_common_year(year: int) -> None:
    found = in_year(dt.date(2024, 2, 29), year)
    assert (found.year, found.month) == (year, 2)
    assert found.day == max(day for day in (28, 29) if _is_day(year, day))


def _is_day(year: int, day: int) -> bool:
    try:
        return bool(dt.date(year, 2, day))
    except ValueError:
        return False


def test_thirty_places_cost_two_queries(
    business: Business, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(30):
        place = business.places.create(name=f"Place {number}", country="DE", subdivision="BY")
        business.key_days.create(date=dt.date(2026, 6, 3), name=f"Day {number}", place=place)
    with django_assert_num_queries(2):
        assert len(days_between(business, *ALL_2026, "en")) > 30
