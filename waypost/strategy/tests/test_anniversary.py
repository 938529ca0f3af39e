"""The age of the company and its anniversary, beside the question when it was founded."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.strategy.anniversary import Anniversary, anniversary
from waypost.strategy.models import Answer

TODAY = dt.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("founded", "found"),
    [
        ("2016", Anniversary(10, False, None, 0)),
        ("2016-11", Anniversary(10, True, None, 0)),
        ("2016-12", Anniversary(9, True, None, 0)),
        ("2016-03-14", Anniversary(10, True, dt.date(2027, 3, 14), 11)),
        ("2016-11-27", Anniversary(10, True, TODAY, 10)),
        ("2016-11-28", Anniversary(9, True, dt.date(2026, 11, 28), 10)),
        ("2026-11-27", Anniversary(0, True, TODAY, 0)),
        ("2026-11-28", None),
        ("2027", None),
    ],
)
def test_age_and_next_anniversary_follow_from_the_day(
    founded: str, found: Anniversary | None
) -> None:
    assert anniversary(founded, TODAY) == found


def test_a_company_of_a_leap_day_celebrates_on_the_28th() -> None:
    found = anniversary("2016-02-29", TODAY)
    assert found == Anniversary(10, True, dt.date(2027, 2, 28), 11)


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)),
)
def test_the_next_anniversary_is_within_a_year_and_one_year_older(
    founded: dt.date, today: dt.date
) -> None:
    found = anniversary(founded.isoformat(), today)
    if found is None:
        assert founded > today
        return
    assert found.next_on is not None
    assert 0 <= (found.next_on - today).days <= 366
    assert found.turns - found.years == (0 if found.next_on == today else 1)


def screen_of(page: Client, business: Business) -> str:
    """The screen with the question, wherever the section puts it."""
    for number in range(1, 9):
        text = page.get(f"/b/{business.slug}/strategy/company/{number}/").content.decode()
        if 'id="ask-founded"' in text:
            return text
    raise AssertionError("no screen asks when the company was founded")


def test_the_screen_says_the_age_and_offers_the_anniversary_for_the_calendar(
    page: Client, business: Business
) -> None:
    Answer.objects.create(
        business=business,
        key="company.founded",
        value={"date": "2016-03-14"},
        updated_at=timezone.now(),
    )
    text = screen_of(page, business)
    years = timezone.localdate().year - 2016
    assert f"{years} years old" in text or f"{years - 1} years old" in text
    link = re.search(r'href="(/b/[^"]*/days/new/\?[^"]+)"', text)
    assert link
    form = page.get(link[1].replace("&amp;", "&")).content.decode()
    assert "Anniversary of the company" in form
    assert re.search(r'name="yearly"[^>]*checked', form)


def test_without_an_answer_nothing_is_said_of_an_age(page: Client, business: Business) -> None:
    assert "years old" not in screen_of(page, business)
