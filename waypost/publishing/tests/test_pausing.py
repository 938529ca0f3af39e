"""One switch holds back everything that has not begun, and resuming asks about what is late."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.publishing import pausing, publisher
from waypost.publishing.models import Delivery, Hold, Status
from waypost.publishing.work import sweep
from waypost.tests import factories

SignIn = Callable[[User], Client]


@pytest.fixture
def channel(business: Business) -> Connection:
    return factories.make_connection(business)


def due(business: Business, channel: Connection, **fields: Any) -> Delivery:
    item = factories.scheduled_item(business, channel, **fields)
    return factories.make_delivery(item, channel)


def stored(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def test_nothing_begins_while_everything_is_paused(
    business: Business, owner: User, channel: Connection
) -> None:
    pausing.pause(business, reason="A fire in town", by=owner)
    delivery = due(business, channel)
    publisher.deliver(delivery.pk)
    held = stored(delivery)
    assert (held.status, held.hold) == (Status.SCHEDULED, Hold.PAUSED)
    assert held.reason == "Waits: everything is paused."
    assert held.due_at > timezone.now() + timedelta(days=3000)


def test_the_sweep_does_not_let_it_go(business: Business, owner: User, channel: Connection) -> None:
    pausing.pause(business, reason="", by=owner)
    delivery = due(business, channel)
    publisher.deliver(delivery.pk)
    sweep.call_local()
    assert stored(delivery).hold == Hold.PAUSED


def test_another_business_goes_on(business: Business, owner: User) -> None:
    pausing.pause(business, reason="", by=owner)
    other = factories.make_business()
    delivery = due(other, factories.make_connection(other))
    publisher.deliver(delivery.pk)
    assert stored(delivery).status == Status.YOUR_TURN


def test_what_has_begun_is_finished(business: Business, owner: User, channel: Connection) -> None:
    """A part of a thread follows the one that is out."""
    delivery = due(business, channel)
    Delivery.objects.filter(pk=delivery.pk).update(first_sent_at=timezone.now())
    pausing.pause(business, reason="", by=owner)
    publisher.deliver(delivery.pk)
    assert stored(delivery).status == Status.YOUR_TURN


def test_resuming_sends_what_is_fresh_and_asks_about_the_rest(
    business: Business, owner: User, channel: Connection
) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        pausing.pause(business, reason="", by=owner)
        old = due(business, channel)
        publisher.deliver(old.pk)
        clock.shift(timedelta(hours=3))
        fresh = due(business, channel)
        publisher.deliver(fresh.pk)
        clock.shift(timedelta(minutes=10))
        assert pausing.resume(business, by=owner) == 1
        late, soon = stored(old), stored(fresh)
        assert (late.status, late.reason) == (Status.BLOCKED, "Everything was paused at its time.")
        assert list(Delivery.objects.late(timezone.now())) == [late]
        assert (soon.status, soon.hold, soon.due_at) == (Status.SCHEDULED, "", timezone.now())
        sweep.call_local()
        assert stored(old).status == Status.BLOCKED


def test_the_page_shows_what_waits_and_a_banner_stands_everywhere(
    page: Client, business: Business, channel: Connection
) -> None:
    factories.scheduled_item(
        business, channel, title="Tomorrow", due_at=timezone.now() + timedelta(days=1)
    )
    address = reverse("publishing:pause", args=[business.slug])
    assert b"Tomorrow" in page.get(address).content
    page.post(address, {"reason": "A flood"})
    business.refresh_from_db()
    assert business.pause_reason == "A flood"
    today = page.get(reverse("home:today", args=[business.slug])).content.decode()
    assert "Everything is paused" in today
    assert "A flood" in today
    page.post(reverse("publishing:resume", args=[business.slug]))
    business.refresh_from_db()
    assert (business.paused_at, business.paused_by, business.pause_reason) == (None, None, "")


def test_resuming_leads_to_the_late_posts_where_there_are_some(
    page: Client, business: Business, owner: User, channel: Connection
) -> None:
    pausing.pause(business, reason="", by=owner)
    delivery = due(business, channel, due_at=timezone.now() - timedelta(hours=2))
    publisher.deliver(delivery.pk)
    response = page.post(reverse("publishing:resume", args=[business.slug]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("publishing:late", args=[business.slug])
    assert b"1 post became late meanwhile" in response.content


def test_a_contributor_cannot_pause(business: Business, contributor: User, sign_in: SignIn) -> None:
    browser = sign_in(contributor)
    for name in ("pause", "resume"):
        address = reverse(f"publishing:{name}", args=[business.slug])
        assert browser.post(address).status_code == 403
