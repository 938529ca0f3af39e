"""The newest totals of posts: always those of the newest snapshot, whatever is written when."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import connection as database
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.flow import statistics
from waypost.insights import last_totals
from waypost.insights.models import POST_METRICS, LastTotals, PostSnapshot
from waypost.insights.periods import Period
from waypost.insights.posted import posted_in, together
from waypost.insights.results import results
from waypost.publishing.models import Delivery, Status
from waypost.tests import factories

FIRST = datetime(2026, 9, 1, 8, tzinfo=UTC)
NOW = datetime(2026, 10, 12, 10, tzinfo=UTC)
UNTIL_NOW = 41  # days
ASKED = ("pk", "last__likes")
KEPT = ("delivery_id", "taken_at", *POST_METRICS)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def out(account: Connection, at: datetime = FIRST) -> Delivery:
    item = factories.make_item(account.business)
    return factories.make_delivery(item, account, status=Status.PUBLISHED, published_at=at)


def kept() -> dict[int, tuple[Any, ...]]:
    return {row[0]: row for row in LastTotals.objects.values_list(*KEPT)}


def from_snapshots() -> dict[int, tuple[Any, ...]]:
    """The same, found here from every snapshot."""
    rows = PostSnapshot.objects.order_by("taken_at", "pk").values_list(*KEPT)
    return {row[0]: row for row in rows}


def snapshot(delivery: Delivery, hours: int, **numbers: int) -> PostSnapshot:
    return PostSnapshot(delivery=delivery, taken_at=FIRST + timedelta(hours=hours), **numbers)


def test_a_later_snapshot_takes_the_place_of_an_earlier_one(account: Connection) -> None:
    post = out(account)
    last_totals.add([snapshot(post, 2, likes=3, saves=1)])
    last_totals.add([snapshot(post, 5, likes=8)])
    row = LastTotals.objects.get()
    assert (row.delivery, row.likes, row.saves) == (post, 8, None)
    assert row.taken_at == FIRST + timedelta(hours=5)


def test_what_is_brought_for_an_earlier_day_is_not_the_newest(account: Connection) -> None:
    post = out(account)
    last_totals.add([snapshot(post, 5, likes=8)])
    last_totals.add([snapshot(post, 2, likes=3)])
    assert LastTotals.objects.get().likes == 8


def test_of_one_moment_the_one_written_last_counts(account: Connection) -> None:
    post = out(account)
    last_totals.add([snapshot(post, 5, likes=8), snapshot(post, 5, likes=9)])
    assert LastTotals.objects.get().likes == 9
    [result] = results(Delivery.objects.all(), until=NOW)
    assert result.interactions == 9


def test_a_changed_snapshot_changes_the_totals(account: Connection) -> None:
    post = factories.make_snapshot(out(account), taken_at=FIRST, likes=3)
    post.likes = 4
    last_totals.change([post])
    assert LastTotals.objects.get().likes == 4


def test_nothing_to_write_asks_nothing(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):  # a transaction begins and ends
        last_totals.add([])


def test_totals_go_with_their_post(account: Connection) -> None:
    post = out(account)
    last_totals.add([snapshot(post, 1, likes=3)])
    post.delete()
    assert not LastTotals.objects.exists()


def test_many_posts_take_as_many_queries_as_one(business: Business, account: Connection) -> None:
    posts = [out(account) for _number in range(8)]

    def asked(chosen: Sequence[Delivery]) -> int:
        with CaptureQueriesContext(database) as queries:
            last_totals.add([snapshot(post, 1, likes=3) for post in chosen])
        return len(queries)

    assert asked(posts[:1]) == asked(posts[1:])


def test_the_accounts_are_held_so_that_writers_come_after_one_another(
    account: Connection,
) -> None:
    post = out(account)
    with CaptureQueriesContext(database) as queries:
        last_totals.add([snapshot(post, 1, likes=3)])
    wanted = "FOR NO KEY UPDATE" if database.vendor == "postgresql" else "connections_connection"
    assert sum(wanted in query["sql"] for query in queries) == 1


def test_what_was_there_before_is_filled_in(account: Connection) -> None:
    posts = [out(account), out(account), out(account)]
    last_totals.add([snapshot(posts[0], 1, likes=1), snapshot(posts[0], 9, likes=5, views=7)])
    last_totals.add([snapshot(posts[1], 2, reach=4)])
    wanted = kept()
    LastTotals.objects.all().delete()
    migration = import_module("waypost.insights.migrations.0010_keep_last_totals_of_posts")
    migration.fill(apps, None)
    assert kept() == wanted
    assert len(wanted) == 2


numbers = st.fixed_dictionaries({}, optional={key: st.integers(0, 99) for key in POST_METRICS})
writings = st.lists(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5), numbers), max_size=4), max_size=4
)


class Newest(TestCase):
    """Each example in a transaction of its own."""

    @given(writings)
    def test_they_are_those_of_the_newest_snapshot(
        self, every: Sequence[Sequence[tuple[int, int, Mapping[str, int]]]]
    ) -> None:
        account = factories.make_connection(factories.make_business())
        posts = [out(account) for _number in range(3)]
        for batch in every:
            last_totals.add([snapshot(posts[post], at, **told) for post, at, told in batch])
            assert kept() == from_snapshots()


days = st.integers(0, 40)


class Then(TestCase):
    """What is told of a time: the last numbers within it, also when more came since."""

    @given(
        st.lists(st.tuples(days, st.lists(st.tuples(days, st.integers(0, 50)))), max_size=4),
        days,
        days,
    )
    def test_posts_are_counted_as_they_stood_at_its_end(
        self, posts: Sequence[tuple[int, Sequence[tuple[int, int]]]], first: int, length: int
    ) -> None:
        with time_machine.travel(NOW, tick=False):
            account = factories.make_connection(factories.make_business())
            begin = date(2026, 9, 1) + timedelta(days=first)
            period = Period(begin, begin + timedelta(days=length))
            _start, end = period.moments(account.business.zone)
            wanted = []
            for day, every in posts:
                looks = [(n, likes) for n, likes in every if day + n <= UNTIL_NOW]
                at = FIRST + timedelta(days=day)
                post = out(account, at)
                last_totals.add([snapshot(post, (day + n) * 24, likes=likes) for n, likes in looks])
                if period.first <= at.date() <= period.last:
                    by_then = [
                        (n, place, likes)
                        for place, (n, likes) in enumerate(looks)
                        if at + timedelta(days=n) < end
                    ]
                    wanted.append((post.pk, max(by_then)[2] if by_then else None))
            rows = together(
                each.values_list(*ASKED) for each in posted_in(account.business, period)
            )
            assert sorted(rows) == sorted(wanted)


def test_a_time_that_is_not_over_is_read_in_one_part(business: Business) -> None:
    today = Period(date(2026, 10, 1), date(2026, 10, 12))
    assert len(posted_in(business, today)) == 1
    assert len(posted_in(business, Period(date(2026, 10, 1), date(2026, 10, 11)))) == 2


def test_the_indexes_are_enough_for_adding_up(account: Connection) -> None:
    posts = [out(account, FIRST + timedelta(days=day)) for day in range(40)]
    last_totals.add([snapshot(post, 1, likes=3) for post in posts])
    [now] = posted_in(account.business, Period(date(2026, 10, 8), date(2026, 10, 12)))
    told = now.values_list("connection").annotate(likes=Sum(ASKED[1]))
    if database.vendor == "sqlite":
        statistics.refresh()
        plan = told.explain()
        assert "COVERING INDEX delivery_out" in plan
        assert "COVERING INDEX last_totals_of_posts" in plan
    assert list(told) == [(account.pk, 9)]
