"""Totals of months: always what the readings come to, whatever is written in whatever order."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.insights.levels import Told, last_levels, levels_by_month
from waypost.insights.models import MonthTotal, Reading, Source
from waypost.insights.store import Entry, Holder, Span, month_number, of_month, record
from waypost.market.models import Channel
from waypost.tests import factories

D = Decimal
FIRST = date(2026, 8, 30)
METRICS = ("followers", "likes", "reach")
FIELDS = ("connection_id", "channel_id", "metric", "span", "month", "definition")
NUMBERS = ("total", "number", "source", "last_on", "last_value", "last_source")


def told(rows: Iterable[MonthTotal]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {
        tuple(getattr(row, name) for name in FIELDS): tuple(getattr(row, name) for name in NUMBERS)
        for row in rows
    }


def from_readings() -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """The same, summed up here from every reading."""
    groups: dict[tuple[Any, ...], list[Reading]] = {}
    for row in Reading.objects.order_by("date"):
        groups.setdefault(tuple(getattr(row, name) for name in FIELDS), []).append(row)
    return {
        key: (
            sum((row.value for row in rows), D(0)),
            len(rows),
            rows[0].source,
            rows[-1].date,
            rows[-1].value,
            rows[-1].source,
        )
        for key, rows in groups.items()
    }


entries = st.builds(
    Entry,
    st.sampled_from(METRICS),
    st.integers(0, 40).map(lambda days: FIRST + timedelta(days=days)),
    st.one_of(st.none(), st.integers(0, 10**6).map(D)),
)
months = st.builds(
    of_month,
    st.sampled_from(METRICS),
    st.sampled_from([date(2026, 8, 1), date(2026, 9, 1)]),
    st.one_of(st.none(), st.integers(0, 10**6).map(D)),
)
writings = st.lists(
    st.tuples(
        st.booleans(), st.lists(st.one_of(entries, months), max_size=8), st.sampled_from(Source)
    ),
    max_size=5,
)


class Totals(TestCase):
    """Each example in a transaction of its own."""

    @given(writings)
    def test_totals_are_what_the_readings_come_to(
        self, told_entries: list[tuple[bool, list[Entry], Source]]
    ) -> None:
        business = factories.make_business()
        places = [
            Holder(None, factories.make_connection(business)),
            Holder(Channel.objects.create(business=business, name="Leaflet"), None),
        ]
        for first, given_entries, source in told_entries:
            record(places[first], given_entries, source=source)
        assert told(MonthTotal.objects.all()) == from_readings()

    @given(st.lists(entries, max_size=12), st.integers(0, 40), st.integers(0, 40))
    def test_a_level_is_the_newest_until_a_day(
        self, given_entries: list[Entry], one: int, other: int
    ) -> None:
        account = factories.make_connection(factories.make_business())
        record(Holder(None, account), given_entries, source=Source.PULLED)
        days = [FIRST + timedelta(days=one), FIRST + timedelta(days=other)]
        kept = Reading.objects.filter(metric="followers")
        for day, found in zip(days, last_levels(account.business, days), strict=True):
            newest = kept.filter(date__lte=day).order_by("date").last()
            place = ("connection", account.pk)
            expected = newest and Told(
                newest.date, newest.value, newest.definition, str(newest.source)
            )
            assert found.get((place, "followers")) == expected


@pytest.fixture
def account(business: Business) -> Connection:
    return factories.make_connection(business)


def followers(account: Connection, *values: tuple[date, int]) -> None:
    rows = [Entry("followers", day, D(value)) for day, value in values]
    record(Holder(None, account), rows, source=Source.PULLED)


def test_of_each_month_the_last_level_is_read_and_of_the_last_only_what_was_known(
    account: Connection,
) -> None:
    followers(
        account,
        (date(2026, 8, 3), 10),
        (date(2026, 8, 31), 12),
        (date(2026, 9, 1), 13),
        (date(2026, 9, 20), 15),
    )
    place = ("connection", account.pk)
    august, september = month_number(date(2026, 8, 1)), month_number(date(2026, 9, 1))
    read = levels_by_month(account.business, "followers", [august, september], date(2026, 9, 10))
    assert read == {(place, august): D(12), (place, september): D(13)}
    read = levels_by_month(account.business, "followers", [september], date(2026, 9, 30))
    assert read == {(place, september): D(15)}


def test_levels_of_two_days_take_one_query(account: Connection) -> None:
    followers(account, (date(2026, 8, 3), 10))
    with CaptureQueriesContext(database) as queries:
        last_levels(account.business, [date(2026, 8, 31), date(2026, 9, 10)])
    assert len(queries) == 1


def test_the_totals_go_with_the_account(account: Connection) -> None:
    followers(account, (date(2026, 8, 3), 10))
    account.delete()
    assert not MonthTotal.objects.exists()


def test_readings_from_before_the_totals_are_summed_up_by_the_migration(
    account: Connection,
) -> None:
    record(
        Holder(None, account),
        [
            Entry("likes", date(2026, 8, 3), D(4)),
            Entry("likes", date(2026, 8, 4), D("1.50")),
            Entry("likes", date(2026, 8, 1), D(9), Span.MONTH),
            Entry("followers", date(2026, 9, 3), D(120)),
        ],
        source=Source.IMPORTED,
    )
    kept = told(MonthTotal.objects.all())
    MonthTotal.objects.all().delete()
    migration = import_module("waypost.insights.migrations.0008_keep_totals_of_months")
    migration.fill(apps, SimpleNamespace(connection=database))
    assert told(MonthTotal.objects.all()) == kept
