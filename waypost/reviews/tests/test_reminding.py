"""Owners are reminded of the week and of the month that is over."""

import datetime as dt

import pytest

from waypost.accounts.models import Business, User
from waypost.notices.kinds import Kind
from waypost.notices.models import Notice
from waypost.publishing.models import Status
from waypost.reviews import actions
from waypost.reviews.actions.reminding import remind
from waypost.reviews.times import last_month
from waypost.tests import factories

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 6, 15, 9, tzinfo=dt.UTC)
FIRST = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)  # a Monday, too


def publish(business: Business, moment: dt.datetime) -> None:
    channel = factories.make_connection(business)
    item = factories.make_item(business, channels=[channel])
    factories.make_delivery(item, channel, status=Status.PUBLISHED, published_at=moment)


def told() -> list[tuple[User, str]]:
    rows = Notice.objects.filter(kind=Kind.REPORT).order_by("pk")
    return [(notice.user, notice.thing) for notice in rows]


def test_on_monday_the_owner_hears_once_of_the_week_before(
    business: Business, owner: User, editor: User
) -> None:
    publish(business, MONDAY - dt.timedelta(days=3))
    for hours in range(4):
        remind(MONDAY + dt.timedelta(hours=hours))
    assert told() == [(owner, "8 Jun 2026 – 14 Jun 2026")]


def test_after_a_month_the_month_comes_before_the_week(business: Business, owner: User) -> None:
    publish(business, dt.datetime(2026, 5, 28, 12, tzinfo=dt.UTC))
    remind(FIRST)
    assert told() == [(owner, "May 2026")]


def test_a_worker_that_stood_still_on_the_first_says_it_on_the_third(
    business: Business, owner: User
) -> None:
    publish(business, dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC))
    remind(FIRST + dt.timedelta(days=2))
    assert told() == [(owner, "May 2026")]
    remind(FIRST + dt.timedelta(days=4))
    assert len(told()) == 1


@pytest.mark.parametrize("hours", [-8, 24])
def test_neither_at_night_nor_on_another_day(business: Business, hours: int) -> None:
    publish(business, MONDAY - dt.timedelta(days=3))
    remind(MONDAY + dt.timedelta(hours=hours))
    assert told() == []


def test_who_published_nothing_is_not_reminded(business: Business) -> None:
    publish(business, MONDAY - dt.timedelta(days=20))
    remind(MONDAY)
    assert told() == []


def test_who_wrote_the_report_is_not_reminded(business: Business, owner: User) -> None:
    publish(business, dt.datetime(2026, 5, 28, 12, tzinfo=dt.UTC))
    actions.start(business, last_month(FIRST.date()), by=owner)
    remind(FIRST)
    assert told() == []


def test_a_demo_reminds_nobody(business: Business) -> None:
    publish(business, MONDAY - dt.timedelta(days=3))
    business.is_demo = True
    business.save()
    remind(MONDAY)
    assert told() == []


@pytest.mark.parametrize(
    ("language", "month", "week"),
    [
        ("en", "Four questions wait beside the numbers", "Only two questions"),
        ("sl", "Ob številkah meseca vas čakajo štiri vprašanja.", "Samo dve vprašanji"),
    ],
)
def test_a_reminder_says_what_is_asked_and_how_long_it_takes(
    business: Business, owner: User, language: str, month: str, week: str
) -> None:
    Business.objects.filter(pk=business.pk).update(language=language)
    publish(business, dt.datetime(2026, 5, 28, 12, tzinfo=dt.UTC))
    publish(business, MONDAY - dt.timedelta(days=3))
    remind(FIRST)
    remind(MONDAY)
    of_month, of_week = Notice.objects.filter(kind=Kind.REPORT).order_by("pk")
    assert of_month.more.startswith(month)
    assert of_week.more.startswith(week)
