"""The sweep: what falls due, what was left behind, what waits for an account."""

from datetime import timedelta

import pytest
from django.utils import timezone
from huey.api import Task

from waypost.accounts.models import Business
from waypost.connections.actions import mark_broken
from waypost.connections.models import Connection, Health
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.flow.engine import huey
from waypost.providers.tests.worlds import World
from waypost.publishing import beating, patience, work
from waypost.publishing.models import Delivery, Heartbeat, Status
from waypost.publishing.tests.walking import fresh
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    huey.storage.flush_all()


def queued() -> list[tuple[str, int]]:
    """(task, delivery) of what a worker would do at once."""
    return [(task.name, task.args[0]) for task in huey.pending() if task.eta is None]


def planned() -> list[Task]:
    """What a worker would do at its time."""
    return [task for task in huey.pending() if task.eta is not None]


@pytest.fixture
def by_hand(business: Business) -> Connection:
    return factories.make_connection(business)


def test_a_due_item_gets_a_delivery_and_a_wake_up(business: Business, by_hand: Connection) -> None:
    item = factories.scheduled_item(business, by_hand)
    work.sweep.call_local()
    delivery = item.deliveries.get()
    assert queued() == [("deliver", delivery.pk)]


def test_what_falls_due_within_the_minute_is_planned_to_the_second(
    business: Business, by_hand: Connection
) -> None:
    due_at = timezone.now() + timedelta(seconds=30)
    factories.scheduled_item(business, by_hand, due_at=due_at)
    work.sweep.call_local()
    (task,) = planned()
    assert task.eta == due_at.replace(tzinfo=None)
    assert queued() == []


def test_what_falls_due_later_is_left_for_a_later_sweep(
    business: Business, by_hand: Connection
) -> None:
    factories.scheduled_item(business, by_hand, due_at=timezone.now() + timedelta(minutes=3))
    work.sweep.call_local()
    assert (queued(), planned(), Delivery.objects.count()) == ([], [], 0)


@pytest.mark.parametrize("status", [ItemStatus.DRAFT, ItemStatus.APPROVED, ItemStatus.CANCELLED])
def test_what_was_not_scheduled_is_never_armed(
    status: str, business: Business, by_hand: Connection
) -> None:
    factories.scheduled_item(business, by_hand, status=status)
    work.sweep.call_local()
    assert Delivery.objects.count() == 0


def test_a_lost_wake_up_is_given_again(business: Business, by_hand: Connection) -> None:
    item = factories.scheduled_item(business, by_hand)
    work.sweep.call_local()
    huey.storage.flush_all()
    work.sweep.call_local()
    assert queued() == [("deliver", item.deliveries.get().pk)]


def test_what_a_dead_worker_left_is_put_back_and_woken(
    business: Business, by_hand: Connection
) -> None:
    item = factories.scheduled_item(business, by_hand, status=ItemStatus.PUBLISHING)
    delivery = factories.make_delivery(
        item, by_hand, status=Status.STAGING, lease_until=timezone.now() - timedelta(seconds=1)
    )
    work.sweep.call_local()
    assert fresh(delivery).status == Status.SCHEDULED
    assert queued() == [("deliver", delivery.pk)]


def test_a_send_that_a_dead_worker_left_is_looked_for_not_repeated(
    business: Business, by_hand: Connection
) -> None:
    item = factories.scheduled_item(business, by_hand, status=ItemStatus.PUBLISHING)
    delivery = factories.make_delivery(
        item, by_hand, status=Status.SENDING, lease_until=timezone.now() - timedelta(seconds=1)
    )
    work.sweep.call_local()
    assert fresh(delivery).status == Status.UNCONFIRMED
    assert [name for name, _ in queued()] in ([], ["confirm"])
    assert fresh(delivery).was_unclear


def test_a_blocked_post_goes_on_when_the_account_works_again(
    business: Business, by_hand: Connection
) -> None:
    item = factories.scheduled_item(business, by_hand, status=ItemStatus.PUBLISHING)
    delivery = factories.make_delivery(item, by_hand, status=Status.BLOCKED)
    mark_broken(by_hand, reason="gone")
    work.sweep.call_local()
    assert fresh(delivery).status == Status.BLOCKED

    Connection.objects.update(health=Health.CONNECTED)
    work.sweep.call_local()
    assert fresh(delivery).status == Status.SCHEDULED


def test_a_blocked_post_that_became_late_waits_for_the_owner(
    business: Business, by_hand: Connection
) -> None:
    item = factories.scheduled_item(
        business, by_hand, status=ItemStatus.PUBLISHING, due_at=timezone.now() - timedelta(hours=3)
    )
    delivery = factories.make_delivery(item, by_hand, status=Status.BLOCKED)
    work.sweep.call_local()
    assert fresh(delivery).status == Status.BLOCKED


def test_the_sweep_says_that_a_worker_lives_and_forgets_dead_ones() -> None:
    Heartbeat.objects.create(name="old", beat_at=timezone.now() - timedelta(days=2))
    work.sweep.call_local()
    (beat,) = Heartbeat.objects.all()
    assert beat.name == beating.worker_name()
    assert timezone.now() - beat.beat_at < timedelta(seconds=10)


def test_reasons_are_written_in_the_language_of_the_business(
    business: Business, channel: Connection, world: World
) -> None:
    business.language = "sl"
    business.save()
    item = factories.scheduled_item(business, channel)
    world.revoke()
    work.sweep.call_local()
    work.deliver.call_local(item.deliveries.get().pk)
    delivery = item.deliveries.get()
    assert delivery.status == Status.BLOCKED
    assert delivery.reason


def test_a_delivery_that_was_deleted_meanwhile_is_no_fault() -> None:
    work.deliver.call_local(123456)
    work.confirm.call_local(123456)
    assert Item.objects.count() == 0


@pytest.mark.parametrize("tries", range(1, 15))
def test_waiting_grows_up_to_a_ceiling(tries: int) -> None:
    waits = [patience.after_busy(tries, None) for _ in range(100)]
    bound = min(timedelta(seconds=15) * 2 ** (tries - 1), timedelta(minutes=30))
    assert timedelta(seconds=1) <= min(waits)
    assert bound / 2 < max(waits) <= bound


@pytest.mark.parametrize("asked", [timedelta(0), timedelta(seconds=40), timedelta(hours=2)])
def test_the_network_is_given_at_least_the_time_it_asked_for(asked: timedelta) -> None:
    waits = {patience.after_busy(tries, asked) for tries in range(1, 50)}
    assert asked <= min(waits)
    assert max(waits) <= asked + timedelta(seconds=20)
    assert len(waits) > 1 or not asked


def test_looking_becomes_rarer_with_age() -> None:
    now = timezone.now()
    ages = [timedelta(seconds=1), timedelta(minutes=1), timedelta(minutes=30), timedelta(days=2)]
    waits = [patience.next_look(now - age, now) for age in ages]
    assert waits == [
        timedelta(seconds=5),
        timedelta(minutes=1),
        timedelta(minutes=30),
        timedelta(hours=1),
    ]


def test_an_unclear_post_is_looked_for_within_seconds_not_at_the_next_sweep(
    business: Business, channel: Connection, world: World
) -> None:
    item = factories.scheduled_item(business, channel)
    work.sweep.call_local()
    huey.storage.flush_all()
    world.server.cut_next(world.publish_path, accept=True)
    delivery = item.deliveries.get()
    work.deliver.call_local(delivery.pk)
    assert fresh(delivery).status == Status.UNCONFIRMED
    (task,) = planned()
    assert (task.name, task.args[0]) == ("confirm", delivery.pk)
    assert task.eta == fresh(delivery).due_at.replace(tzinfo=None)


def test_a_busy_network_is_asked_again_at_its_time_not_at_the_next_sweep(
    business: Business, channel: Connection, world: World
) -> None:
    item = factories.scheduled_item(business, channel)
    work.sweep.call_local()
    huey.storage.flush_all()
    world.server.fail_next(world.publish_path, status=429, headers={"Retry-After": "20"})
    delivery = item.deliveries.get()
    work.deliver.call_local(delivery.pk)
    (task,) = planned()
    assert (task.name, task.eta) == ("deliver", fresh(delivery).due_at.replace(tzinfo=None))


def test_a_published_post_leaves_nothing_to_plan(
    business: Business, channel: Connection, world: World
) -> None:
    item = factories.scheduled_item(business, channel)
    work.sweep.call_local()
    huey.storage.flush_all()
    work.deliver.call_local(item.deliveries.get().pk)
    assert (queued(), planned()) == ([], [])
