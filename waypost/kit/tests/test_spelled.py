"""Days on pages: the same words as Django's, in every language."""

import datetime as dt
from typing import Any

import pytest
from django.template import Context, Template
from django.template.defaultfilters import date as djangos
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from waypost.kit.spelled import date, spelled

FORMS = (None, "DATE_FORMAT", "SHORT_DATE_FORMAT", "Y-m-d", "l", "j", "M Y")


@given(st.dates(dt.date(1900, 1, 1)), st.sampled_from(FORMS), st.sampled_from(["en", "sl"]))
def test_a_day_is_written_as_django_writes_it(
    day: dt.date, form: str | None, language: str
) -> None:
    with translation.override(language):
        assert date(day, form) == djangos(day, form)


@pytest.mark.parametrize(
    "value",
    [None, "", "yesterday", dt.datetime(2026, 9, 30, 22, 15), dt.time(8, 30)],
)
def test_what_is_no_day_is_left_to_django(value: Any) -> None:
    assert date(value, "H:i") == djangos(value, "H:i")


def test_one_day_has_a_word_for_each_language() -> None:
    day = dt.date(2026, 9, 30)
    with translation.override("sl"):
        first = spelled(day)
    with translation.override("en"):
        assert (first, spelled(day)) == ("30. 9. 2026", "30 September 2026")


def test_pages_use_it_and_show_moments_on_the_clock_of_the_reader() -> None:
    moment = dt.datetime(2026, 9, 30, 23, 30, tzinfo=dt.UTC)
    page = Template('{{ day|date:"Y-m-d" }} {{ moment|date:"Y-m-d H:i" }}')
    with timezone.override("Europe/Ljubljana"):
        told = page.render(Context({"day": dt.date(2026, 9, 30), "moment": moment}))
    assert told == "2026-09-30 2026-10-01 01:30"
    assert page.nodelist[0].filter_expression.filters[0][0] is date  # type: ignore[attr-defined]
