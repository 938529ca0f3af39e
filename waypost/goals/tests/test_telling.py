"""Who hears that a goal falls behind."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from waypost.accounts.models import Business, User
from waypost.goals.actions.telling import tell_behind
from waypost.goals.models import Goal
from waypost.notices.kinds import Kind
from waypost.notices.models import Notice
from waypost.tests import factories

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 7, 2, 9, 0, tzinfo=dt.UTC)


def make_goal(business: Business, value: int, **fields: Any) -> Goal:
    """From 0 to 100 in a year, half of which is over, with ``value`` on the last day of June."""
    made = factories.make_goal(
        business,
        **{
            "title": "A hundred orders",
            "baseline": Decimal(0),
            "target": Decimal(100),
            "start_date": dt.date(2026, 1, 1),
            "deadline_date": dt.date(2026, 12, 31),
            **fields,
        },
    )
    made.values.create(date=dt.date(2026, 6, 30), value=Decimal(value))
    return made


def told() -> list[tuple[User, str]]:
    rows = Notice.objects.filter(kind=Kind.BEHIND).order_by("pk")
    return [(notice.user, notice.thing) for notice in rows]


def test_who_answers_for_a_goal_hears_once_a_month_that_it_is_behind(
    business: Business, editor: User
) -> None:
    make_goal(business, 30, owner=editor)
    for hours in (0, 6, 12):
        tell_behind(NOW + dt.timedelta(hours=hours))
    assert told() == [(editor, "A hundred orders")]
    tell_behind(dt.datetime(2026, 8, 1, 9, tzinfo=dt.UTC))
    assert told() == [(editor, "A hundred orders")] * 2


def test_a_goal_nobody_answers_for_is_the_owners(
    business: Business, owner: User, editor: User
) -> None:
    make_goal(business, 30, owner=None)
    tell_behind(NOW)
    assert told() == [(owner, "A hundred orders")]


@pytest.mark.parametrize("value", [45, 60, 100])
def test_a_goal_slightly_behind_or_better_is_not_told(business: Business, value: int) -> None:
    make_goal(business, value)
    tell_behind(NOW)
    assert told() == []


def test_neither_an_archived_goal_nor_one_that_is_over_is_told(business: Business) -> None:
    make_goal(business, 30, archived_at=NOW)
    make_goal(business, 30, deadline_date=dt.date(2026, 6, 30))
    tell_behind(NOW)
    assert told() == []
