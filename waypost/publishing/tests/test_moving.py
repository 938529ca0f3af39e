"""A post whose time a person changes while its delivery is planned already goes out on time."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content import actions as content
from waypost.content.models import Item
from waypost.flow.engine import huey
from waypost.publishing import arming, work
from waypost.publishing.models import Delivery, Hold, Status
from waypost.publishing.tests.walking import fresh
from waypost.tests import factories

pytestmark = pytest.mark.django_db

START = datetime.fromisoformat("2026-11-24T12:00:00+00:00")


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    huey.storage.flush_all()


@pytest.fixture
def by_hand(business: Business) -> Connection:
    return factories.make_connection(business)


def later(seconds: float) -> datetime:
    return timezone.now() + timedelta(seconds=seconds)


def planned() -> list[tuple[str, datetime | None]]:
    """(task, moment in UTC) of what a worker would do at its time."""
    return [(task.name, task.eta) for task in huey.pending()]


def naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def move(item: Item, due_at: datetime, by: User) -> None:
    """As the calendar does it."""
    content.move(Item.objects.get(pk=item.pk), due_at=due_at, by=by)


def test_a_post_moved_into_the_next_minute_is_planned_without_waiting_for_a_sweep(
    business: Business, by_hand: Connection, owner: User
) -> None:
    item = factories.scheduled_item(business, by_hand, due_at=later(86_400))
    work.sweep.call_local()
    assert planned() == []
    soon = later(20)
    move(item, soon, owner)
    work.keep_up()
    assert planned() == [("deliver", naive(soon))]
    assert item.deliveries.get().due_at == soon


def test_what_is_planned_is_not_planned_again(business: Business, by_hand: Connection) -> None:
    factories.scheduled_item(business, by_hand, due_at=later(20))
    work.keep_up()
    work.keep_up()
    assert len(planned()) == 1


def test_a_post_that_was_planned_and_is_moved_nearer_goes_at_its_new_time(
    business: Business, by_hand: Connection, owner: User
) -> None:
    item = factories.scheduled_item(business, by_hand, due_at=later(60))
    work.sweep.call_local()
    sooner = later(15)
    move(item, sooner, owner)
    work.keep_up()
    assert item.deliveries.get().due_at == sooner
    assert ("deliver", naive(sooner)) in planned()


def test_a_post_that_was_moved_away_and_comes_back_goes_at_its_new_time(
    business: Business, by_hand: Connection, owner: User
) -> None:
    """Its delivery followed it to the evening, and must not stay there."""
    with time_machine.travel(START, tick=False) as clock:
        item = factories.scheduled_item(business, by_hand, due_at=later(30))
        work.sweep.call_local()
        move(item, later(6 * 3600), owner)
        clock.shift(30)
        work.deliver.call_local(item.deliveries.get().pk)
        assert item.deliveries.get().due_at == START + timedelta(hours=6)
        noon = later(600)
        move(item, noon, owner)
        clock.shift(570)
        huey.storage.flush_all()
        work.sweep.call_local()
        assert item.deliveries.get().due_at == noon
        assert planned() == [("deliver", naive(noon))]


@pytest.mark.parametrize(
    "changes",
    [{"hold": Hold.QUIET}, {"status": Status.FAILED}, {"status": Status.WITHDRAWN}],
    ids=["waits on purpose", "failed", "withdrawn"],
)
def test_what_waits_for_another_reason_is_not_brought_forward(
    changes: dict[str, str], business: Business, by_hand: Connection
) -> None:
    item = factories.scheduled_item(business, by_hand, due_at=later(20))
    delivery = factories.make_delivery(item, by_hand, due_at=later(3600), **changes)
    arming.follow_moved(timezone.now())
    assert fresh(delivery).due_at == delivery.due_at


def test_what_is_not_near_is_left_to_the_sweep(business: Business, by_hand: Connection) -> None:
    factories.scheduled_item(business, by_hand, due_at=later(120))
    work.keep_up()
    assert Delivery.objects.count() == 0


def test_where_nothing_is_near_it_costs_two_queries(
    business: Business, by_hand: Connection, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.scheduled_item(business, by_hand, due_at=later(120))
    with django_assert_num_queries(2):
        work.keep_up()


def test_a_queue_that_is_down_does_not_undo_what_a_person_did(
    business: Business,
    by_hand: Connection,
    owner: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def down(*_words: object) -> None:
        raise ConnectionError("the store of the queue does not answer")

    item = factories.scheduled_item(business, by_hand, due_at=later(20))
    monkeypatch.setattr(huey.storage, "enqueue", down)
    work.keep_up()
    assert item.deliveries.get().status == Status.SCHEDULED
