"""What a network said it still takes is kept, shared by workers, and never overdrawn."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.providers import registry
from waypost.providers.allowance import Allowance, Price
from waypost.providers.base import Refreshes
from waypost.providers.errors import Busy
from waypost.providers.tests.worlds import WORLDS, World
from waypost.publishing import publisher
from waypost.publishing.limits import Limits, cost
from waypost.publishing.models import Attempt, Delivery, Hold, RateLimit, Status
from waypost.publishing.tests.conftest import connect
from waypost.publishing.tests.walking import armed, fresh, run, step
from waypost.tests import factories

pytestmark = pytest.mark.django_db

POSTS = Price("posts")
HOUR = timedelta(hours=1)
RENEWING = next(key for key in WORLDS if isinstance(registry.get(key), Refreshes))


def told(remaining: int, *, in_: timedelta = HOUR, scope: str = "posts", **more: Any) -> Allowance:
    values = {"limit": 300, "resets_at": timezone.now() + in_, "told_at": timezone.now(), **more}
    return Allowance(scope=scope, remaining=remaining, **values)


def tell(channel: Connection, *allowances: Allowance) -> None:
    limits = Limits(channel)
    limits.told = list(allowances)
    limits.keep()


def left(channel: Connection) -> list[tuple[str, int]]:
    return list(RateLimit.objects.of(channel).order_by("scope").values_list("scope", "remaining"))


@pytest.fixture
def shop(business: Business) -> Connection:
    return factories.make_connection(business, host="https://a.example")


@pytest.fixture
def item(business: Business, channel: Connection) -> Item:
    return factories.scheduled_item(business, channel)


def test_a_budget_with_plenty_left_needs_no_row(shop: Connection) -> None:
    tell(shop, told(299))
    assert left(shop) == []


def test_a_budget_that_runs_low_is_kept_and_taken_from(shop: Connection) -> None:
    tell(shop, told(2))
    Limits(shop).spend(POSTS)
    Limits(shop).spend(POSTS)
    with pytest.raises(Busy) as busy:
        Limits(shop).spend(POSTS)
    assert busy.value.after is not None
    assert timedelta(minutes=59) < busy.value.after <= HOUR
    assert left(shop) == [("posts", 0)]


def test_a_stale_worker_cannot_take_what_another_took(shop: Connection) -> None:
    tell(shop, told(1))
    first, second = Limits(shop), Limits(shop)
    assert first.closed_until(POSTS) is second.closed_until(POSTS) is None  # both have read it
    first.spend(POSTS)
    with pytest.raises(Busy):
        second.spend(POSTS)


def test_a_new_window_is_full_again(shop: Connection) -> None:
    tell(shop, told(0))
    assert Limits(shop).closed_until(POSTS) is not None
    with time_machine.travel(timezone.now() + HOUR + timedelta(seconds=1)):
        Limits(shop).spend(POSTS)
        assert Limits(shop).closed_until(POSTS) is None


def test_of_one_window_the_least_is_believed_whatever_comes_in_last(shop: Connection) -> None:
    tell(shop, told(3))
    tell(shop, told(9))
    assert left(shop) == [("posts", 3)]


def test_what_was_told_of_a_newer_window_replaces_the_old(shop: Connection) -> None:
    tell(shop, told(0))
    tell(shop, told(40, in_=HOUR * 2))
    assert left(shop) == [("posts", 40)]


def test_an_answer_that_was_overtaken_changes_nothing(shop: Connection) -> None:
    tell(shop, told(7, in_=HOUR * 2))
    tell(shop, told(0, told_at=timezone.now() - timedelta(minutes=1)))
    assert left(shop) == [("posts", 7)]


def test_budgets_of_accounts_are_apart_and_those_of_the_server_are_shared(
    shop: Connection, business: Business
) -> None:
    other = factories.make_connection(business, host=shop.host)
    elsewhere = factories.make_connection(business, host="https://b.example")
    tell(shop, told(0), told(0, scope="calls/300", whole_app=True))
    assert left(shop) == [("calls/300", 0), ("posts", 0)]
    assert left(other) == [("calls/300", 0)]
    assert left(elsewhere) == []


def test_the_same_account_in_two_businesses_has_one_budget(shop: Connection) -> None:
    twin = factories.make_connection(
        factories.make_business(), host=shop.host, remote_id=shop.remote_id
    )
    tell(shop, told(0))
    assert Limits(twin).closed_until(POSTS) is not None


@pytest.mark.parametrize(
    ("scope", "price", "units"),
    [
        ("writes/3600", Price("writes", 3), 3),
        ("calls/300", Price("writes", 3), 1),
        ("calls", Price("calls"), 1),
        ("media", Price("posts"), 0),
    ],
)
def test_a_call_counts_in_its_own_scope_and_as_one_call(
    scope: str, price: Price, units: int
) -> None:
    assert cost(scope, price) == units


@given(
    budget=st.integers(min_value=0, max_value=30),
    units=st.integers(min_value=1, max_value=4),
    workers=st.lists(st.integers(min_value=0, max_value=3), max_size=25),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_workers_together_never_take_more_than_there_is(
    shop: Connection, budget: int, units: int, workers: list[int]
) -> None:
    """Each worker read the budget at its own time, and takes again with what it remembers."""
    RateLimit.objects.all().delete()
    tell(shop, told(budget, scope="writes/3600"))
    known = [Limits(shop) for _ in range(4)]
    taken = 0
    for worker in workers:
        try:
            known[worker].spend(Price("writes", units))
        except Busy:
            assert taken + units > budget
        else:
            taken += units
    assert taken <= budget
    assert left(shop) == [("writes/3600", budget - taken)]


# --- on the way of a delivery ---


def low(world: World, remaining: int, *, reset: timedelta = HOUR) -> dict[str, str]:
    """Headers as each of the two kinds of servers writes them."""
    moment = datetime.now(UTC) + reset
    return {
        "X-RateLimit-Limit": "300",
        "X-RateLimit-Remaining": str(remaining),
        "X-RateLimit-Reset": moment.isoformat(),
    }


def test_a_call_that_the_network_said_it_will_refuse_is_not_begun(
    item: Item, business: Business, channel: Connection, world: World
) -> None:
    world.server.fail_next(world.publish_path, status=429, headers={"Retry-After": "3600"})
    refused = step(armed(item))
    assert refused.status == Status.SCHEDULED

    second = armed(factories.scheduled_item(business, channel))
    calls = len(world.server.requests)
    publisher.deliver(second.pk)
    waiting = fresh(second)
    assert len(world.server.requests) == calls
    assert Attempt.objects.filter(delivery=second).count() == 0
    assert (waiting.status, waiting.hold, waiting.tries) == (Status.SCHEDULED, Hold.LIMIT, 0)
    assert HOUR - timedelta(seconds=5) < waiting.due_at - timezone.now() < HOUR * 1.1
    assert waiting.reason.startswith("Waits until ")
    assert waiting.reason.endswith(": the network takes no more before.")
    second.item.refresh_from_db()
    assert second.item.status == ItemStatus.SCHEDULED  # it can still be taken back

    with time_machine.travel(waiting.due_at + timedelta(seconds=1)):
        assert run(waiting, steps=1).status == Status.PUBLISHED


def test_the_last_call_of_a_budget_is_used_and_the_next_one_waits(
    business: Business, mastodon: World, mastodon_channel: Connection, headers: Callable[..., None]
) -> None:
    headers(mastodon, lambda: low(mastodon, 1 - mastodon.standing()))
    deliveries = [
        armed(factories.scheduled_item(business, mastodon_channel)) for _number in range(3)
    ]
    for delivery in deliveries:
        publisher.deliver(delivery.pk)
    states = [(fresh(each).status, fresh(each).hold) for each in deliveries]
    # The first answer tells that nothing is left: the network is not asked again.
    assert states == [
        (Status.PUBLISHED, ""),
        (Status.SCHEDULED, Hold.LIMIT),
        (Status.SCHEDULED, Hold.LIMIT),
    ]
    assert len(mastodon.server.asked(mastodon.publish_path, "POST")) == 1


def test_pictures_have_a_budget_of_their_own(
    business: Business, mastodon: World, mastodon_channel: Connection
) -> None:
    tell(mastodon_channel, told(0, scope="media"))
    text = armed(factories.scheduled_item(business, mastodon_channel))
    publisher.deliver(text.pk)
    assert fresh(text).status == Status.PUBLISHED

    item = factories.scheduled_item(business, mastodon_channel)
    factories.add_picture(item, factories.make_asset(business))
    photo = armed(item)
    publisher.deliver(photo.pk)
    waiting = fresh(photo)
    assert waiting.status == Status.SCHEDULED
    assert waiting.due_at - timezone.now() > timedelta(minutes=58)
    assert mastodon.server.asked("/api/v2/media") == []


def test_a_network_that_asks_to_wait_for_days_is_obeyed_by_asking_the_owner(
    item: Item, world: World
) -> None:
    world.server.fail_next(world.publish_path, status=429, headers={"Retry-After": "200000"})
    delivery = step(armed(item))
    assert delivery.status == Status.FAILED
    assert delivery.reason.startswith("The network takes nothing before ")
    assert len(world.server.asked(world.publish_path, "POST")) == 1


def test_the_limits_cost_one_query_a_delivery(item: Item, channel: Connection) -> None:
    delivery = armed(item)
    with CaptureQueriesContext(
        database,
    ) as queries:
        publisher.deliver(delivery.pk)
    about = [each for each in queries.captured_queries if "ratelimit" in each["sql"]]
    assert len(about) == 1
    assert Delivery.objects.get().status == Status.PUBLISHED


@pytest.fixture
def headers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``headers(world, make)`` puts what ``make()`` answers onto every answer of the server."""

    def put(world: World, make: Callable[[], dict[str, str]]) -> None:
        respond = world.server.respond

        def with_headers(request: Any) -> Any:
            answer = respond(request)
            return answer and type(answer)(answer.status, answer.body, {**answer.headers, **make()})

        monkeypatch.setattr(world.server, "respond", with_headers)

    return put


def test_a_call_that_was_not_made_has_no_time_of_sending(
    business: Business, mastodon: World, mastodon_channel: Connection
) -> None:
    """Another worker takes the last call of the budget while this one prepares."""
    tell(mastodon_channel, told(1))
    delivery = armed(factories.scheduled_item(business, mastodon_channel))
    stage = publisher._stage
    with pytest.MonkeyPatch.context() as patches:

        def overtaken(run: Any) -> None:
            Limits(mastodon_channel).spend(POSTS)
            stage(run)

        patches.setattr(publisher, "_stage", overtaken)
        publisher.deliver(delivery.pk)
    row = fresh(delivery)
    assert (row.status, row.first_sent_at, row.client_key) == (Status.SCHEDULED, None, "")
    assert mastodon.server.asked(mastodon.publish_path) == []


@pytest.mark.parametrize(("hours", "status"), [(23, Status.SCHEDULED), (25, Status.FAILED)])
def test_access_that_cannot_be_renewed_for_a_day_ends_in_a_sentence(
    hours: int, status: Status, business: Business
) -> None:
    world = WORLDS[RENEWING]()
    try:
        channel = connect(business, world)
        Connection.objects.filter(pk=channel.pk).update(expires_at=timezone.now())
        world.server.fail_next("refreshSession", status=503, times=9)
        due = timezone.now() - timedelta(hours=hours)
        delivery = armed(factories.scheduled_item(business, channel, due_at=due))
        publisher.deliver(delivery.pk)
    finally:
        world.server.stop()
    row = fresh(delivery)
    assert row.status == status
    assert ("for a whole day" in row.reason) == (status == Status.FAILED)
    assert row.connection.health == "connected"


def test_a_post_that_may_be_out_already_waits_for_its_budget_and_keeps_its_key(
    business: Business, mastodon: World, mastodon_channel: Connection
) -> None:
    due = timezone.now() - timedelta(hours=30)
    delivery = armed(factories.scheduled_item(business, mastodon_channel, due_at=due))
    Delivery.objects.filter(pk=delivery.pk).update(
        was_unclear=True, client_key="k", first_sent_at=due, sent_at=due
    )
    tell(mastodon_channel, told(1))
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(publisher, "_stage", lambda _run: Limits(mastodon_channel).spend(POSTS))
        publisher.deliver(delivery.pk)
    row = fresh(delivery)
    assert (row.status, row.client_key, row.was_unclear) == (Status.SCHEDULED, "k", True)
