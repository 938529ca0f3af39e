"""Sudden changes: found once, told once a week at most, shown with their reason."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import LinkDay, ShortLink
from waypost.insights.alerts import find, look_around
from waypost.insights.models import Alert
from waypost.insights.store import Entry
from waypost.insights.tests.test_numbers import keep
from waypost.notices.actions import choose
from waypost.notices.kinds import Kind
from waypost.notices.models import Notice
from waypost.tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 12)  # a Thursday
WEEK = timedelta(days=7)


def weeks(account: Connection, metric: str, value: int, *, usual: int = 1000) -> None:
    """Eight ordinary Thursdays, then ``value``."""
    before = [Entry(metric, DAY - WEEK * n, Decimal(usual + n)) for n in range(1, 9)]
    keep(account, *before, Entry(metric, DAY, Decimal(value)))


def told() -> list[tuple[User, str]]:
    rows = Notice.objects.filter(kind=Kind.SUDDEN).order_by("pk")
    return [(row.user, row.thing) for row in rows]


def test_the_owner_is_told_once_with_both_numbers(
    business: Business, owner: User, editor: User, account: Connection
) -> None:
    weeks(account, "reach", 90)
    for _n in range(3):
        find(business, DAY)
    assert told() == [(owner, f"{account}, Reach")]
    assert Notice.objects.get().why == (
        "Much less than usual: 90 on 12 November 2026 (Thursday); in the 8 weeks before, the "
        "same day usually had about 1,004."
    )
    alert = Alert.objects.get()
    assert (alert.value, alert.usual, alert.score < -5) == (
        Decimal(90),
        Decimal("1004.5"),
        True,
    )


def test_an_ordinary_day_is_not_told(business: Business, owner: User, account: Connection) -> None:
    weeks(account, "reach", 1100)
    assert find(business, DAY) == []
    assert told() == []


def test_one_metric_is_told_once_a_week(
    business: Business, owner: User, account: Connection
) -> None:
    weeks(account, "reach", 90)
    for back in range(1, 10):
        day = DAY + timedelta(days=3) - WEEK * back
        keep(account, Entry("reach", day, Decimal(1000 + back)))
    keep(account, Entry("reach", DAY + timedelta(days=3), Decimal(5)))
    weeks(account, "likes", 9000)
    find(business, DAY)
    find(business, DAY + timedelta(days=3))
    assert [thing for _user, thing in told()] == [f"{account}, Reach", f"{account}, Likes"]


def test_followers_are_judged_by_what_they_gain(
    business: Business, owner: User, account: Connection
) -> None:
    for n in range(9):
        day = DAY - WEEK * n
        keep(account, Entry("followers", day - timedelta(days=1), Decimal(5000 - n)))
        keep(account, Entry("followers", day, Decimal(5003 - n + (400 if n == 0 else 0))))
    [alert] = find(business, DAY)
    assert (alert.metric, alert.value, alert.usual) == ("followers", Decimal(403), Decimal(3))
    assert Notice.objects.get().why.startswith("Changed by 403 on 12 November 2026 (Thursday)")


def test_clicks_on_short_links_are_watched_too(
    business: Business, owner: User, account: Connection
) -> None:
    item = factories.make_item(business)
    link = ShortLink.objects.create(
        business=business, item=item, connection=account, code="x", target="https://a.si"
    )
    for n in range(9):
        LinkDay.objects.create(link=link, date=DAY - WEEK * n, clicks=500 if n == 0 else 20)
    [alert] = find(business, DAY)
    assert (alert.metric, alert.value, alert.usual) == ("own_clicks", Decimal(500), Decimal(20))


def test_who_turned_it_off_is_not_told(
    business: Business, owner: User, account: Connection
) -> None:
    choose(owner, [])
    weeks(account, "reach", 90)
    find(business, DAY)
    notice = Notice.objects.get()
    assert (notice.on_page, notice.in_digest, notice.dispatches.count()) == (False, False, 0)


def test_another_business_hears_nothing(
    business: Business, owner: User, account: Connection
) -> None:
    other = factories.make_business()
    weeks(account, "reach", 90)
    assert find(other, DAY) == []
    assert told() == []


@pytest.mark.parametrize(("hour", "number"), [(8, 1), (14, 1), (7, 0), (23, 0)])
def test_it_looks_at_yesterday_twice_a_day_on_the_clock_of_the_business(
    business: Business, owner: User, account: Connection, hour: int, number: int
) -> None:
    weeks(account, "reach", 90)
    look_around(datetime(2026, 11, 13, hour, 47, tzinfo=UTC))  # Ljubljana is an hour ahead
    assert Alert.objects.count() == number


def test_the_page_of_the_channels_says_why(
    page: Client, business: Business, account: Connection, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 11, 13, 10, tzinfo=UTC))
    weeks(account, "reach", 90)
    find(business, DAY)
    address = reverse("insights:channels", args=[business.slug])
    answer: Any = page.get(address)
    assert [(alert.label, alert.is_more) for alert in answer.context["alerts"]] == [
        ("Reach", False)
    ]
    assert "Much less than usual: 90 on 12 November 2026" in answer.content.decode()
    time_machine.move_to(datetime(2026, 11, 30, 10, tzinfo=UTC))
    later: Any = page.get(address)
    assert later.context["alerts"] == []
