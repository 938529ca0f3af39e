"""Quiet hours on the pages: warned of, shown, and set aside for one post."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.publishing.models import Hold
from waypost.tests import factories

pytestmark = pytest.mark.django_db


def address(name: str, item: Item) -> str:
    return reverse(f"publishing:{name}", args=[item.business.slug, item.pk])


@pytest.fixture
def connection(business: Business) -> Connection:
    return factories.make_connection(business)


@pytest.fixture
def item(business: Business, connection: Connection) -> Item:
    return factories.make_item(business, channels=[connection])


@pytest.fixture
def quiet(business: Business) -> Business:
    business.quiet_from, business.quiet_until = time(22), time(7)
    business.save()
    return business


@pytest.fixture
def at_night(quiet: Business, connection: Connection) -> Item:
    """Scheduled for 23:30 on a winter evening."""
    due = datetime(2036, 12, 4, 22, 30, tzinfo=UTC)
    return factories.scheduled_item(quiet, connection, due_at=due)


def test_the_form_names_the_quiet_hours_and_offers_to_send_anyway(
    page: Client, quiet: Business, connection: Connection
) -> None:
    item = factories.make_item(quiet, channels=[connection])
    form = page.get(address("item", item)).context["schedule_form"]
    assert "Quiet hours: 22:00–7:00" in form.fields["due_time"].help_text
    assert form.fields["send_anyway"].initial is False


def test_a_business_without_quiet_hours_is_not_asked_about_them(page: Client, item: Item) -> None:
    shown = page.get(address("item", item))
    assert "send_anyway" not in shown.context["schedule_form"].fields
    assert "Quiet hours" not in shown.content.decode()


@pytest.mark.parametrize("anyway", [False, True])
def test_a_time_in_quiet_hours_is_warned_of_unless_it_is_meant(
    anyway: bool, page: Client, quiet: Business, connection: Connection
) -> None:
    item = factories.make_item(quiet, channels=[connection])
    typed = {"due_date": "2036-12-04", "due_time": "23:30"}
    typed |= {"send_anyway": "on"} if anyway else {}
    answer = page.post(address("schedule", item), typed, follow=True)
    said = " ".join(str(message) for message in answer.context["messages"])
    assert ("so the post goes out at 7:00" in said) == (not anyway)
    item.refresh_from_db()
    assert (item.status, item.send_anyway) == (ItemStatus.SCHEDULED, anyway)


def test_the_page_of_a_post_says_until_when_it_waits_and_sends_it_anyway(
    page: Client, at_night: Item
) -> None:
    shown = page.get(address("item", at_night)).content.decode()
    assert "waits until 7:00 on 5 December 2036" in " ".join(shown.split())
    page.post(address("send_anyway", at_night))
    at_night.refresh_from_db()
    assert at_night.send_anyway
    assert "waits until" not in page.get(address("item", at_night)).content.decode()


def test_a_post_that_waits_already_is_sent_at_once(
    page: Client, at_night: Item, connection: Connection
) -> None:
    later = timezone.now() + timedelta(hours=5)
    delivery = factories.make_delivery(
        at_night, connection, due_at=later, held_until=later, hold=Hold.QUIET, reason="Waits"
    )
    page.post(address("send_anyway", at_night))
    delivery.refresh_from_db()
    assert delivery.due_at <= timezone.now()
    assert (delivery.hold, delivery.reason) == ("", "")


def test_who_publishes_now_means_now(page: Client, quiet: Business, connection: Connection) -> None:
    item = factories.make_item(quiet, channels=[connection])
    page.post(address("publish_now", item))
    item.refresh_from_db()
    assert item.send_anyway


def test_a_draft_has_nothing_to_send_anyway(page: Client, item: Item) -> None:
    answer = page.post(address("send_anyway", item), follow=True)
    assert "does not wait any more" in answer.content.decode()


def test_moving_a_post_into_the_night_is_warned_of(page: Client, at_night: Item) -> None:
    url = reverse("content:move", args=[at_night.business.slug, at_night.pk])
    typed = {"due_date": "2036-12-06", "due_time": "05:15"}
    answer = page.post(url, typed, follow=True)
    said = " ".join(str(message) for message in answer.context["messages"])
    assert "lies in your quiet hours (22:00–7:00)" in said


def test_writing_a_post_for_the_night_is_warned_of(
    page: Client, quiet: Business, connection: Connection
) -> None:
    url = reverse("content:new", args=[quiet.slug])
    typed = {
        "text": "Nove sveče", "kind": "post", "channels": [str(connection.pk)],
        "due_date": "2036-12-06", "due_time": "22:00",
    }  # fmt: skip
    answer = page.post(url, typed, follow=True)
    said = " ".join(str(message) for message in answer.context["messages"])
    assert "lies in your quiet hours (22:00–7:00)" in said
