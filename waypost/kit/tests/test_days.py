"""Days as people write them."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from waypost.kit.days import NotADay, parse_day


@pytest.mark.parametrize(
    "text",
    ["2026-10-25", "25. 10. 2026", "25.10.2026", " 25. 10. 2026. ", "25/10/2026", "10/25/2026"],
)
def test_a_day_is_read_in_every_usual_way(text: str) -> None:
    assert parse_day(text) == dt.date(2026, 10, 25)


def test_the_same_number_twice_is_not_ambiguous() -> None:
    assert parse_day("10/10/2026") == dt.date(2026, 10, 10)


def test_an_ambiguous_day_is_explained_with_both_readings() -> None:
    with pytest.raises(NotADay) as refusal:
        parse_day("12/10/2026")
    assert str(refusal.value) == (
        "“12/10/2026” can be read as 12 October 2026 or as 10 December 2026."
        " Write 2026-10-12 or 2026-12-10."
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31. 2. 2026",
        "2026-13-01",
        "0/5/2026",
        "12. 10. 26",
        "12/10",
        "46000",
        "0000-01-01",
    ],
)
def test_what_is_no_day_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(NotADay, match="is not a day"):
        parse_day(text)


@given(day=st.dates(min_value=dt.date(1000, 1, 1)))
def test_what_waypost_writes_it_reads(day: dt.date) -> None:
    assert parse_day(day.isoformat()) == day
    with translation.override("sl"):
        assert parse_day(f"{day.day}. {day.month}. {day.year}") == day
