"""Cells of files: days, months and numbers as tools and people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.insights.imports import read_number
from waypost.insights.metric_files import month_named, read_when
from waypost.insights.metrics import METRICS
from waypost.insights.store import Span
from waypost.kit.days import DAY_FIRST, NotADay
from waypost.kit.numbers import NotANumber


@pytest.mark.parametrize(
    ("text", "day", "span"),
    [
        ("2026-09-01", date(2026, 9, 1), Span.DAY),
        ("2026-09-01 00:00:00", date(2026, 9, 1), Span.DAY),
        ("20260901", date(2026, 9, 1), Span.DAY),
        ("Sep 1, 2026", date(2026, 9, 1), Span.DAY),
        ("1. september 2026", date(2026, 9, 1), Span.DAY),
        ("2026-09", date(2026, 9, 1), Span.MONTH),
        ("09/2026", date(2026, 9, 1), Span.MONTH),
        ("avgust 2026", date(2026, 8, 1), Span.MONTH),
    ],
)
def test_days_and_months_as_tools_write_them(text: str, day: date, span: Span) -> None:
    when = read_when(text, DAY_FIRST)
    assert when is not None
    assert (when.date, when.span) == (day, span)


def test_a_day_that_does_not_exist_is_refused_in_words() -> None:
    with pytest.raises(NotADay, match="is not a day"):
        read_when("Feb 30, 2026", DAY_FIRST)
    assert read_when("Grand total", DAY_FIRST) is None


@pytest.mark.parametrize(("word", "number"), [("Sept", 9), ("maj", 5), ("März", 3), ("x", None)])
def test_months_have_names(word: str, number: int | None) -> None:
    assert month_named(word) == number


@given(value=st.integers(0, 10**9))
def test_a_whole_number_is_read_however_its_thousands_are_written(value: int) -> None:
    for sign in (",", ".", " ", "\u00a0"):
        assert read_number(f"{value:,}".replace(",", sign), METRICS["likes"]) == value


@given(text=st.text(max_size=30))
def test_any_text_is_a_number_or_refused_in_words(text: str) -> None:
    try:
        found = read_number(text, METRICS["revenue"])
    except NotANumber as error:
        found = None
        told = str(error)
    else:
        told = "read"
    assert told
    assert found is None or abs(found) < 10**15
