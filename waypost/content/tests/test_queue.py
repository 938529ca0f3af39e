"""Posting times and the queue that fills them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content import actions
from waypost.content.models import Item, Slot, Status
from waypost.content.queue import Plan, moment_of, queued
from waypost.kit.errors import Refusal
from waypost.tests import factories

SignIn = Callable[[User], Client]
NOW = datetime(2026, 10, 5, 10, tzinfo=UTC)  # a Monday, noon in Ljubljana


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def channel(business: Business) -> Connection:
    """Posts on Monday and Thursday at 18:00."""
    connection = factories.make_connection(business, settings={"network": "x"})
    for weekday in (0, 3):
        Slot.objects.create(
            business=business, connection=connection, weekday=weekday, clock=time(18)
        )
    return connection


def at(day: int, hour: int = 16, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def draft(business: Business, *channels: Connection, **fields: Any) -> Item:
    return factories.make_item(business, channels=list(channels), **fields)


def test_posts_take_the_free_times_one_after_the_other(
    business: Business, owner: User, channel: Connection
) -> None:
    items = [draft(business, channel) for _ in range(3)]
    times = [actions.add_to_queue(item, by=owner) for item in items]
    assert times == [at(5), at(8), at(12)]
    assert {item.status for item in Item.objects.all()} == {Status.SCHEDULED}


def test_a_time_at_which_another_post_stands_is_not_free(
    business: Business, owner: User, channel: Connection
) -> None:
    draft(business, channel, due_at=at(5))
    draft(business, channel, due_at=at(8), status=Status.CANCELLED)
    assert actions.add_to_queue(draft(business, channel), by=owner) == at(8)


def test_a_post_for_two_channels_needs_both_free(
    business: Business, owner: User, channel: Connection
) -> None:
    other = factories.make_connection(business, settings={"network": "x"})
    draft(business, other, due_at=at(5))
    assert actions.add_to_queue(draft(business, channel, other), by=owner) == at(8)


def test_quiet_hours_are_left_out(business: Business, owner: User, channel: Connection) -> None:
    business.quiet_from, business.quiet_until = time(17), time(19)
    business.save()
    with pytest.raises(Refusal, match="No posting time is free"):
        actions.add_to_queue(draft(business, channel), by=owner)


def test_a_cap_is_kept_over_any_24_hours(
    business: Business, owner: User, channel: Connection
) -> None:
    Connection.objects.filter(pk=channel.pk).update(daily_cap=1)
    draft(business, channel, due_at=at(6, 9))  # 17 hours after Monday's time
    assert actions.add_to_queue(draft(business, channel), by=owner) == at(8)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    taken=st.lists(st.integers(-47, 47), unique=True, max_size=8),
    cap=st.integers(1, 4),
)
def test_a_free_time_never_overfills_a_day(taken: list[int], cap: int) -> None:
    plan = Plan.__new__(Plan)
    plan.taken = {1: {NOW + timedelta(hours=n) for n in taken}}
    connection = type("Capped", (), {"pk": 1, "cap": cap})()
    every = sorted([*plan.taken[1], NOW])
    most = max(
        sum(start <= other < start + timedelta(days=1) for other in every)
        for start in every
        if start <= NOW < start + timedelta(days=1)
    )
    expected = NOW not in plan.taken[1] and most <= cap
    assert plan.is_free(connection, NOW) == expected


def test_who_may_not_approve_gives_a_time_only(
    business: Business, contributor: User, channel: Connection
) -> None:
    item = draft(business, channel)
    assert actions.add_to_queue(item, by=contributor) == at(5)
    assert Item.objects.get().status == Status.DRAFT


@pytest.mark.parametrize("has_channel", [True, False])
def test_what_is_missing_is_said(business: Business, owner: User, has_channel: bool) -> None:
    channels = [factories.make_connection(business)] if has_channel else []
    words = "no posting times yet" if has_channel else "at least one channel"
    with pytest.raises(Refusal, match=words):
        actions.add_to_queue(draft(business, *channels), by=owner)


def test_a_post_skips_to_the_next_free_time(
    business: Business, owner: User, channel: Connection
) -> None:
    one, two = draft(business, channel), draft(business, channel)
    for item in (one, two):
        actions.add_to_queue(item, by=owner)
    assert actions.skip(one, by=owner) == at(12)


def order(channel: Connection) -> list[int]:
    return [item.pk for item in queued(channel.business, channel, NOW)]


def test_the_queue_changes_places_and_takes_it_back(
    business: Business, owner: User, channel: Connection
) -> None:
    items = [draft(business, channel) for _ in range(4)]
    times = [actions.add_to_queue(item, by=owner) for item in items]
    a, b, c, d = (item.pk for item in items)
    before = actions.step(channel, a, 2, by=owner)
    assert (before, order(channel)) == ([a, b, c, d], [b, c, a, d])
    actions.reorder(channel, before, by=owner)
    assert order(channel) == [a, b, c, d]
    assert sorted(item.due_at for item in Item.objects.all() if item.due_at) == times


def test_shuffling_keeps_the_times(business: Business, owner: User, channel: Connection) -> None:
    times = [actions.add_to_queue(draft(business, channel), by=owner) for _ in range(5)]
    before = actions.shuffle(channel, by=owner)
    assert sorted(before) == sorted(order(channel))
    assert [item.due_at for item in queued(business, channel, NOW)] == times


def test_what_left_the_queue_is_moved_by_nobody(
    business: Business, owner: User, channel: Connection
) -> None:
    item = draft(business, channel)
    actions.add_to_queue(item, by=owner)
    actions.leave_queue(item, by=owner)
    assert (order(channel), Item.objects.get().due_at) == ([], at(5))


def test_a_time_in_the_gap_comes_after_the_jump() -> None:
    slot = Slot(weekday=6, clock=time(2, 30))
    zone = ZoneInfo("Europe/Ljubljana")
    assert moment_of(date(2027, 3, 28), slot, zone) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert moment_of(date(2026, 10, 25), slot, zone) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


# pages


def test_times_are_added_for_several_days_and_removed(
    page: Client, business: Business, channel: Connection
) -> None:
    address = reverse("content:slots", args=[business.slug])
    page.post(address, {"channel": channel.pk, "weekdays": ["0", "5"], "clock": "18:00"})
    slots = list(Slot.objects.values_list("weekday", "clock"))
    assert slots == [(0, time(18)), (3, time(18)), (5, time(18))]
    saturday = Slot.objects.get(weekday=5)
    page.post(reverse("content:slot_remove", args=[business.slug, saturday.pk]))
    assert Slot.objects.count() == 2
    wrong = page.post(address, {"channel": channel.pk, "clock": "18:00"})
    assert (wrong.status_code, "Choose at least one day." in wrong.content.decode()) == (422, True)


def test_the_page_of_the_queue_shows_what_waits_and_what_is_free(
    page: Client, business: Business, owner: User, channel: Connection
) -> None:
    item = draft(business, channel, title="In the queue")
    actions.add_to_queue(item, by=owner)
    draft(business, channel, title="Without a time")
    [line] = page.get(reverse("content:queue", args=[business.slug])).context["lines"]
    assert [each.title for each in line.items] == ["In the queue"]
    assert line.free == [at(8), at(12), at(15)]
    body = page.get(reverse("content:queue", args=[business.slug])).content.decode()
    assert "Without a time" in body


def test_buttons_of_the_queue_work_and_offer_undo(
    page: Client, business: Business, channel: Connection
) -> None:
    one, two = draft(business, channel), draft(business, channel)
    for item in (one, two):
        page.post(reverse("content:queue_add", args=[business.slug, item.pk]), {"back": "queue"})
    step = reverse("content:queue_step", args=[business.slug, two.pk])
    body = page.post(step, {"channel": channel.pk, "by": "-1"}, follow=True).content.decode()
    assert order(channel) == [two.pk, one.pk]
    undo = body.split("queue/order/")[1].split('"')[0].replace("&amp;", "&")
    page.post(f"{reverse('content:queue_order', args=[business.slug])}{undo}")
    assert order(channel) == [one.pk, two.pk]
    page.post(reverse("content:queue_skip", args=[business.slug, one.pk]))
    assert order(channel) == [two.pk, one.pk]
    page.post(reverse("content:queue_leave", args=[business.slug, one.pk]))
    assert order(channel) == [two.pk]


def test_the_channel_of_another_business_cannot_be_shuffled(
    page: Client, business: Business
) -> None:
    theirs = factories.make_connection(factories.make_business())
    for name in ("queue_shuffle", "queue_order"):
        address = reverse(f"content:{name}", args=[business.slug])
        assert page.post(address, {"channel": theirs.pk}).status_code == 404


def test_without_times_the_page_says_how_to_begin(page: Client, business: Business) -> None:
    assert (
        b"No posting times yet" in page.get(reverse("content:queue", args=[business.slug])).content
    )
