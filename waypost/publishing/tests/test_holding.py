"""Quiet hours and caps: a post that is due waits, says until when, and goes by itself."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection, Health
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.providers.tests.worlds import World
from waypost.publishing import actions, arming, holding, publisher, work
from waypost.publishing.models import Delivery, Hold, Status
from waypost.publishing.tests.walking import armed, fresh
from waypost.tests import factories

pytestmark = pytest.mark.django_db

EVENING = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)  # 23:30 in Ljubljana
MORNING = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)  # 7:00
SECOND = timedelta(seconds=1)


@pytest.fixture
def quiet(business: Business) -> Business:
    business.quiet_from, business.quiet_until = time(22), time(7)
    business.save()
    return business


def deliver_at(moment: datetime, delivery: Delivery) -> Delivery:
    with time_machine.travel(moment, tick=False):
        publisher.deliver(delivery.pk)
    return fresh(delivery)


def item_due(business: Business, *channels: Connection, at: datetime = EVENING) -> Item:
    return factories.scheduled_item(business, *channels, due_at=at)


def sweep_at(moment: datetime) -> None:
    with time_machine.travel(moment, tick=False):
        work.sweep.call_local()


# --- quiet hours ---


def test_a_post_due_in_quiet_hours_waits_and_goes_when_they_end(
    quiet: Business, channel: Connection, world: World
) -> None:
    delivery = armed(item_due(quiet, channel))
    waiting = deliver_at(EVENING, delivery)
    assert (waiting.status, waiting.hold, waiting.due_at) == (
        Status.SCHEDULED,
        Hold.QUIET,
        MORNING,
    )
    assert waiting.reason == "Waits until 7:00: quiet hours."
    assert world.standing() == 0

    assert deliver_at(MORNING - SECOND, delivery).status == Status.SCHEDULED
    sent = deliver_at(MORNING, delivery)
    assert (sent.status, sent.hold, sent.reason) == (Status.PUBLISHED, "", "")
    assert world.standing() == 1


def test_a_post_that_waits_can_still_be_taken_back(
    quiet: Business, channel: Connection, world: World, owner: User
) -> None:
    item = item_due(quiet, channel)
    delivery = armed(item)
    deliver_at(EVENING, delivery)
    item.refresh_from_db()
    assert item.status == ItemStatus.SCHEDULED
    actions.unschedule(item, by=owner)
    assert deliver_at(MORNING, delivery).status == Status.WITHDRAWN
    assert world.standing() == 0


def test_a_post_to_be_sent_anyway_does_not_wait(
    quiet: Business, channel: Connection, world: World
) -> None:
    item = item_due(quiet, channel)
    Item.objects.filter(pk=item.pk).update(send_anyway=True)
    assert deliver_at(EVENING, armed(item)).status == Status.PUBLISHED


def test_a_person_who_posts_by_hand_is_not_asked_at_night_either(quiet: Business) -> None:
    delivery = armed(item_due(quiet, factories.make_connection(quiet)))
    assert deliver_at(EVENING, delivery).hold == Hold.QUIET
    assert deliver_at(MORNING, delivery).status == Status.YOUR_TURN


def test_a_broken_account_is_told_at_once_and_not_in_the_morning(
    quiet: Business, channel: Connection
) -> None:
    Connection.objects.filter(pk=channel.pk).update(health=Health.BROKEN)
    assert deliver_at(EVENING, armed(item_due(quiet, channel))).status == Status.BLOCKED


def test_what_was_begun_before_the_quiet_hours_is_finished_in_them(
    quiet: Business, channel: Connection, world: World
) -> None:
    before = EVENING - timedelta(hours=2)
    delivery = armed(item_due(quiet, channel, at=before))
    world.server.fail_next(world.publish_path, status=429)
    assert deliver_at(before, delivery).status == Status.SCHEDULED
    assert deliver_at(EVENING, delivery).status == Status.PUBLISHED


def test_a_wait_through_the_night_in_which_the_clock_is_turned_back_ends_by_the_wall(
    quiet: Business, channel: Connection
) -> None:
    due = datetime(2026, 10, 24, 21, 0, tzinfo=UTC)  # 23:00 in summer time
    waiting = deliver_at(due, armed(item_due(quiet, channel, at=due)))
    assert waiting.due_at == datetime(2026, 10, 25, 6, 0, tzinfo=UTC)  # 7:00 in winter time


def test_the_day_is_named_where_the_hour_alone_would_mislead(
    quiet: Business, channel: Connection
) -> None:
    quiet.quiet_from, quiet.quiet_until = time(8), time(7)
    quiet.save()
    due = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    waiting = deliver_at(due, armed(item_due(quiet, channel, at=due)))
    assert "25" in waiting.reason
    assert "7:00" in waiting.reason.replace("07:00", "7:00")


def test_hours_that_a_person_shortens_or_takes_away_release_what_waits(
    quiet: Business, channel: Connection, world: World
) -> None:
    delivery = armed(item_due(quiet, channel))
    deliver_at(EVENING, delivery)
    quiet.quiet_until = time(5)
    quiet.save()
    sweep_at(EVENING + timedelta(minutes=1))
    assert fresh(delivery).due_at == MORNING - timedelta(hours=2)
    assert fresh(delivery).reason == "Waits until 5:00: quiet hours."

    quiet.quiet_from = quiet.quiet_until = None
    quiet.save()
    later = EVENING + timedelta(minutes=2)
    sweep_at(later)
    assert (fresh(delivery).due_at, fresh(delivery).hold) == (later, "")
    assert deliver_at(later, delivery).status == Status.PUBLISHED


def test_a_post_that_is_moved_while_it_waits_follows_its_new_time(
    quiet: Business, channel: Connection
) -> None:
    item = item_due(quiet, channel)
    delivery = armed(item)
    deliver_at(EVENING, delivery)
    noon = MORNING + timedelta(hours=5)
    Item.objects.filter(pk=item.pk).update(due_at=noon)
    assert deliver_at(MORNING, delivery).due_at == noon
    assert deliver_at(noon, delivery).status == Status.PUBLISHED


def test_a_wait_does_not_use_up_the_patience_with_a_busy_network(
    quiet: Business, channel: Connection, world: World
) -> None:
    """Held for longer than the day that we try for, it is still tried."""
    delivery = armed(item_due(quiet, channel))
    late = EVENING + timedelta(days=3)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=late, held_until=late, hold=Hold.CAP)
    world.server.fail_next(world.publish_path, status=429)
    morning = MORNING + timedelta(days=3)
    deliver_at(late, delivery)
    assert deliver_at(morning, delivery).status == Status.SCHEDULED


# --- caps ---


def capped(channel: Connection, cap: int) -> Connection:
    channel.daily_cap = cap
    channel.save()
    return channel


def test_the_post_after_the_last_of_the_day_waits_for_the_first_to_be_a_day_old(
    business: Business, channel: Connection, world: World
) -> None:
    capped(channel, 2)
    start = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    deliveries = [armed(item_due(business, channel, at=start)) for _number in range(3)]
    for number, delivery in enumerate(deliveries):
        deliver_at(start + timedelta(hours=number), delivery)
    third = fresh(deliveries[2])
    assert [fresh(each).status for each in deliveries[:2]] == [Status.PUBLISHED] * 2
    assert (third.status, third.hold) == (Status.SCHEDULED, Hold.CAP)
    assert third.due_at == start + timedelta(days=1)
    assert "takes at most 2 posts in 24 hours" in third.reason

    assert deliver_at(third.due_at, third).status == Status.PUBLISHED
    assert world.standing() == 3


def test_the_cap_of_one_account_does_not_touch_another(
    business: Business, channel: Connection, world: World
) -> None:
    capped(channel, 1)
    other = factories.make_connection(business)
    item = item_due(business, channel, other)
    for delivery in arming.arm(item):
        deliver_at(EVENING, delivery)
    states = set(Delivery.objects.values_list("status", flat=True))
    assert states == {Status.PUBLISHED, Status.YOUR_TURN}


def test_posts_that_wait_for_a_person_count_for_the_cap(business: Business) -> None:
    by_hand = capped(factories.make_connection(business), 1)
    first, second = (armed(item_due(business, by_hand)) for _number in range(2))
    assert deliver_at(EVENING, first).status == Status.YOUR_TURN
    assert deliver_at(EVENING, second).hold == Hold.CAP


def test_a_cap_that_is_raised_lets_the_waiting_go(business: Business, channel: Connection) -> None:
    capped(channel, 1)
    first, second = (armed(item_due(business, channel)) for _number in range(2))
    deliver_at(EVENING, first)
    assert deliver_at(EVENING, second).hold == Hold.CAP
    capped(channel, 2)
    sweep_at(EVENING + timedelta(minutes=1))
    assert deliver_at(EVENING + timedelta(minutes=1), second).status == Status.PUBLISHED


def test_a_post_that_was_sent_once_and_asked_to_wait_keeps_its_place(
    business: Business, channel: Connection, world: World
) -> None:
    capped(channel, 1)
    first, second = (armed(item_due(business, channel)) for _number in range(2))
    world.server.fail_next(world.publish_path, status=429)
    deliver_at(EVENING, first)
    assert deliver_at(EVENING, second).hold == Hold.CAP
    assert deliver_at(EVENING + timedelta(minutes=1), first).status == Status.PUBLISHED


@pytest.mark.parametrize(
    ("network", "own", "cap"),
    [("instagram", None, 100), ("instagram", 3, 3), ("threads", 900, 250), ("facebook", 4, 4)],
)
def test_the_smaller_of_the_two_caps_counts(
    network: str, own: int | None, cap: int, business: Business
) -> None:
    channel = factories.make_connection(
        business, settings={"network": network, "handle": "svit"}, daily_cap=own
    )
    assert channel.cap == cap


def test_where_there_is_no_cap_nothing_is_counted(business: Business) -> None:
    assert factories.make_connection(business).cap is None


@given(
    cap=st.integers(min_value=1, max_value=5),
    ages=st.lists(st.integers(min_value=0, max_value=40), max_size=12),
    waits=st.lists(st.integers(min_value=0, max_value=200), min_size=1, max_size=12),
)
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_within_any_24_hours_no_more_goes_out_than_the_cap_says(
    business: Business, cap: int, ages: list[int], waits: list[int]
) -> None:
    """Posts of the past lie anywhere; each new one goes at the moment it is told."""
    Delivery.objects.all().delete()
    channel = factories.make_connection(business)
    now, moments = EVENING, sorted(EVENING - timedelta(hours=age) for age in ages)[-cap:]
    for moment in moments:
        stands(business, channel, moment)
    for wait in waits:
        now += timedelta(minutes=wait)
        free = holding.free_at(channel, cap, now)
        assert free is None or now < free <= now + holding.DAY
        if free is not None:
            assert holding.free_at(channel, cap, free - SECOND) == free
        now = free or now
        assert holding.free_at(channel, cap, now) is None
        stands(business, channel, now)
        moments.append(now)
        assert all(
            sum(moment - holding.DAY < each <= moment for each in moments) <= cap
            for moment in moments
        )


def stands(business: Business, channel: Connection, moment: datetime) -> None:
    item = factories.make_item(business, channels=[channel], due_at=timezone.now())
    factories.make_delivery(item, channel, status=Status.PUBLISHED, published_at=moment)
