"""Asking the networks: on time, in few questions, and with nothing lost."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from waypost.accounts.models import Business
from waypost.connections.models import Connection, Health
from waypost.flow.engine import huey
from waypost.insights import actions, ladder, work
from waypost.insights.models import PostPull, PostSnapshot, Pull, Reading
from waypost.insights.tests.network import Chatter, numbers
from waypost.providers.errors import Busy, Disconnected, Refused
from waypost.publishing.models import Delivery, Status
from waypost.tests import factories

NOW = datetime(2026, 10, 12, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    """It is always NOW until a test moves on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def make_post(account: Connection) -> Callable[..., Delivery]:
    def make(remote_id: str, *, age: timedelta = HOUR, **fields: Any) -> Delivery:
        values = {"connection": account, "status": Status.PUBLISHED, **fields}
        return factories.make_delivery(
            factories.make_item(account.business),
            remote_id=remote_id,
            published_at=NOW - age,
            **values,
        )

    return make


def arm_and_measure(account: Connection) -> bool:
    actions.arm(NOW)
    return actions.measure(account)


def look_of(delivery: Delivery) -> datetime:
    return PostPull.objects.get(delivery=delivery).next_at


def test_only_accounts_that_tell_numbers_are_lined_up(
    account: Connection, chatter: Chatter, business: Business
) -> None:
    factories.make_connection(business)
    factories.make_connection(
        business, provider_id=chatter.id, remote_id="broken", health=Health.BROKEN
    )
    actions.arm(NOW)
    actions.arm(NOW)
    assert list(Pull.objects.values_list("connection", "next_at")) == [(account.pk, NOW)]


def test_only_young_published_posts_of_such_accounts_are_lined_up(
    make_post: Callable[..., Delivery], business: Business
) -> None:
    young = make_post("1", age=HOUR)
    make_post("2", age=90 * DAY)
    make_post("3", status=Status.FAILED)
    make_post("")
    make_post("5", connection=factories.make_connection(business))
    actions.arm(NOW)
    actions.arm(NOW)
    assert [row.delivery for row in PostPull.objects.all()] == [young]


def test_a_new_post_is_measured_for_the_first_time_after_a_quarter_of_an_hour(
    make_post: Callable[..., Delivery], account: Connection, chatter: Chatter
) -> None:
    post = make_post("1", age=timedelta(minutes=5))
    arm_and_measure(account)
    assert chatter.asked == ["account"]
    assert look_of(post) == NOW + timedelta(minutes=10)


def test_followers_are_kept_by_day_and_posts_as_snapshots(
    make_post: Callable[..., Delivery], account: Connection, chatter: Chatter
) -> None:
    post = make_post("1")
    chatter.followers, chatter.posts = 120, {"1": dict(numbers(3, 1, 2))}
    assert arm_and_measure(account) is True
    reading = Reading.objects.get()
    assert (reading.connection, reading.metric, reading.value) == (
        account,
        "followers",
        Decimal(120),
    )
    assert (reading.date, reading.source, reading.noted_at) == (NOW.date(), "pulled", NOW)
    kept = PostSnapshot.objects.get()
    assert (kept.delivery, kept.likes, kept.comments, kept.shares) == (post, 3, 1, 2)
    assert kept.saves is None
    assert Pull.objects.get().next_at == NOW + ladder.ACCOUNT_EVERY
    assert Pull.objects.get().asked_at == NOW
    assert look_of(post) == NOW + timedelta(minutes=15)


def test_nothing_is_asked_before_its_time(
    make_post: Callable[..., Delivery], account: Connection, chatter: Chatter
) -> None:
    make_post("1")
    arm_and_measure(account)
    chatter.asked.clear()
    assert actions.measure(account) is True
    assert chatter.asked == []


def test_many_posts_are_asked_for_in_few_questions(
    make_post: Callable[..., Delivery], account: Connection, chatter: Chatter
) -> None:
    for number in range(60):
        make_post(str(number))
        chatter.posts[str(number)] = dict(numbers(number, 0, 0))
    arm_and_measure(account)
    assert [len(question) for question in chatter.asked[1:]] == [25, 25, 10]
    assert PostSnapshot.objects.count() == 60


def test_a_post_that_is_gone_gets_no_snapshot_and_climbs_the_ladder(
    make_post: Callable[..., Delivery], account: Connection, chatter: Chatter
) -> None:
    post = make_post("gone", age=3 * HOUR)
    arm_and_measure(account)
    assert not PostSnapshot.objects.exists()
    assert look_of(post) == NOW + HOUR


def test_a_post_of_ninety_days_is_measured_a_last_time(
    make_post: Callable[..., Delivery], account: Connection, chatter: Chatter, clock: Any
) -> None:
    post = make_post("1", age=90 * DAY - HOUR)
    chatter.posts = {"1": dict(numbers(1, 1, 1))}
    actions.arm(NOW)
    clock.move_to(NOW + HOUR)
    assert actions.measure(account) is True
    actions.arm(NOW + HOUR)
    assert not PostPull.objects.exists()
    assert post.snapshots.count() == 1


def test_a_busy_network_is_asked_later_and_nothing_is_lost(
    make_post: Callable[..., Delivery], account: Connection, chatter: Chatter, clock: Any
) -> None:
    post = make_post("1")
    chatter.posts = {"1": dict(numbers(1, 0, 0))}
    chatter.trouble = [Busy("too many", after=timedelta(minutes=30))]
    assert arm_and_measure(account) is False
    pull = Pull.objects.get()
    assert (pull.failures, pull.reason, pull.lease_until) == (1, "too many", None)
    assert pull.next_at == look_of(post) == NOW + timedelta(minutes=30)
    clock.move_to(NOW + timedelta(minutes=30))
    assert list(Pull.objects.due(NOW + timedelta(minutes=30))) == [pull]
    assert actions.measure(account) is True
    pull.refresh_from_db()
    assert (pull.failures, pull.reason) == (0, "")
    assert post.snapshots.count() == 1


def test_what_was_answered_before_the_network_got_busy_is_kept(
    make_post: Callable[..., Delivery], account: Connection, chatter: Chatter
) -> None:
    for number in range(30):
        make_post(str(number))
        chatter.posts[str(number)] = dict(numbers(1, 1, 1))
    actions.arm(NOW)
    measure_posts = chatter.measure_posts

    def busy_after_one(credentials: Any, remote_ids: Any) -> Any:
        if len(chatter.asked) == 2:
            chatter.trouble = [Busy()]
        return measure_posts(credentials, remote_ids)

    chatter.measure_posts = busy_after_one  # type: ignore[method-assign]
    assert actions.measure(account) is False
    assert (Reading.objects.count(), PostSnapshot.objects.count()) == (1, 25)
    assert Pull.objects.get().next_at == NOW + ladder.ACCOUNT_EVERY
    assert PostPull.objects.filter(next_at=NOW + ladder.SHORTEST_WAIT).count() == 5


def test_a_refusal_is_put_off_for_hours(account: Connection, chatter: Chatter) -> None:
    chatter.trouble = [Refused("no numbers for you")]
    assert arm_and_measure(account) is False
    pull = Pull.objects.get()
    assert (pull.next_at, pull.reason) == (NOW + timedelta(hours=6), "no numbers for you")


def test_an_account_that_is_not_accepted_breaks_and_waits_for_its_owner(
    make_post: Callable[..., Delivery], account: Connection, chatter: Chatter
) -> None:
    make_post("1")
    chatter.trouble = [Disconnected("Connect again.")]
    assert arm_and_measure(account) is False
    account.refresh_from_db()
    assert (account.health, account.broken_reason) == (Health.BROKEN, "Connect again.")
    assert list(Pull.objects.due(NOW + DAY)) == []
    Connection.objects.update(health=Health.CONNECTED)
    assert [pull.connection for pull in Pull.objects.due(NOW)] == [account]


def test_two_workers_do_not_ask_at_the_same_time(account: Connection, chatter: Chatter) -> None:
    actions.arm(NOW)
    assert Pull.objects.get().claim(NOW) is True
    assert actions.measure(account) is False
    assert chatter.asked == []
    assert list(Pull.objects.due(NOW)) == []


def test_a_dead_worker_holds_an_account_only_for_its_lease(
    account: Connection, chatter: Chatter, clock: Any
) -> None:
    actions.arm(NOW)
    Pull.objects.get().claim(NOW)
    clock.move_to(NOW + timedelta(minutes=16))
    assert actions.measure(account) is True
    assert chatter.asked == ["account"]


def test_after_something_unforeseen_the_lease_is_the_pause(
    account: Connection, chatter: Chatter
) -> None:
    chatter.trouble = [KeyError("posts")]
    with pytest.raises(KeyError):
        arm_and_measure(account)
    assert list(Pull.objects.due(NOW + timedelta(minutes=14))) == []
    assert list(Pull.objects.due(NOW + timedelta(minutes=16))) == [Pull.objects.get()]


def test_a_number_that_is_not_given_stays_empty(account: Connection, chatter: Chatter) -> None:
    chatter.followers = None
    factories.make_goal(account.business, connection=account)
    arm_and_measure(account)
    assert not Reading.objects.exists()
    assert not account.goals.get().values.exists()


def test_followers_are_written_to_the_goals_that_count_them(
    account: Connection, chatter: Chatter, clock: Any
) -> None:
    days = {"start_date": date(2026, 9, 1), "deadline_date": date(2026, 12, 31)}
    counting = factories.make_goal(account.business, connection=account, **days)
    other = factories.make_goal(account.business, **days)
    chatter.followers = 150
    arm_and_measure(account)
    chatter.followers = 151
    clock.move_to(NOW + timedelta(hours=13))  # 01:00 of the next day in Ljubljana
    actions.measure(account)
    history = list(counting.values.values_list("date", "value", "source"))
    assert history == [
        (date(2026, 10, 12), Decimal(150), "measured"),
        (date(2026, 10, 13), Decimal(151), "measured"),
    ]
    assert not other.values.exists()


def test_measure_now_makes_everything_of_the_business_due(
    make_post: Callable[..., Delivery],
    account: Connection,
    business: Business,
    chatter: Chatter,
    clock: Any,
) -> None:
    post = make_post("1")
    arm_and_measure(account)
    assert actions.measure_now(business) == []
    clock.move_to(NOW + timedelta(minutes=2))
    elsewhere = factories.make_connection(factories.make_business(), provider_id=chatter.id)
    assert actions.measure_now(business) == [account.pk]
    assert look_of(post) == Pull.objects.get(connection=account).next_at
    assert look_of(post) == NOW + timedelta(minutes=2)
    assert Pull.objects.get(connection=elsewhere).next_at > NOW


def test_measure_now_respects_a_network_that_asked_to_wait(
    account: Connection, business: Business, chatter: Chatter
) -> None:
    chatter.trouble = [Busy(after=HOUR)]
    arm_and_measure(account)
    assert actions.measure_now(business) == []
    assert Pull.objects.get().next_at == NOW + HOUR


@pytest.mark.django_db(transaction=True)  # a task closes its database connection
def test_the_sweep_lines_up_and_wakes_workers_for_what_is_due(
    make_post: Callable[..., Delivery], account: Connection, chatter: Chatter
) -> None:
    make_post("1")
    chatter.posts = {"1": dict(numbers(5, 0, 0))}
    huey.immediate = True
    try:
        work.sweep_numbers.call_local()
    finally:
        huey.immediate = False
    assert chatter.asked == ["account", ["1"]]
    assert PostSnapshot.objects.get().likes == 5
