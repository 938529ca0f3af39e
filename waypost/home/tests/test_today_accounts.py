"""What the Today page says of accounts that end or broke, and of the posts that wait for them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection, Health
from waypost.content.models import Status as ItemStatus
from waypost.publishing.models import Status
from waypost.tests import factories

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def today(client: Client, business: Business) -> str:
    shown = client.get(reverse("home:today", args=[business.slug]))
    return " ".join(shown.content.decode().split())


def late_post(business: Business, channel: Connection, title: str) -> None:
    due = timezone.now() - timedelta(hours=3)
    item = factories.scheduled_item(
        business, channel, title=title, due_at=due, status=ItemStatus.PUBLISHING
    )
    factories.make_delivery(item, channel, status=Status.BLOCKED, reason="Sign in again.")


@pytest.mark.parametrize(("days", "warned"), [(6, True), (8, False)])
def test_the_owner_is_warned_a_week_before_a_connection_ends(
    days: int, warned: bool, page: Client, business: Business
) -> None:
    factories.make_connection(business, handle="svit", ends_at=timezone.now() + days * DAY)
    assert ("This connection ends on" in today(page, business)) == warned
    listed = page.get(reverse("connections:list", args=[business.slug])).content.decode()
    assert ("Ends on" in listed) == warned
    assert ("Connect again" in listed) == warned


def test_a_broken_account_is_shown_as_broken_and_not_as_ending(
    page: Client, business: Business
) -> None:
    factories.make_connection(
        business,
        health=Health.BROKEN,
        broken_reason="The password was changed.",
        ends_at=timezone.now() + DAY,
    )
    shown = today(page, business)
    assert "The password was changed." in shown
    assert "This connection ends on" not in shown


def test_late_posts_are_one_question_and_not_a_line_each(page: Client, business: Business) -> None:
    channel = factories.make_connection(business)
    for title in ("Advent", "Candles", "Wax", "Wicks"):
        late_post(business, channel, title)
    shown = today(page, business)
    assert shown.count("Decide about the late posts") == 1
    assert reverse("publishing:late", args=[business.slug]) in shown
    assert "Advent, Candles, Wax …" in shown
    assert "Sign in again." not in shown


def test_who_may_not_decide_sees_each_post_that_waits(
    business: Business, viewer: User, sign_in: Callable[[User], Client]
) -> None:
    late_post(business, factories.make_connection(business), "Advent")
    shown = today(sign_in(viewer), business)
    assert "Decide about the late posts" not in shown
    assert "Advent" in shown
