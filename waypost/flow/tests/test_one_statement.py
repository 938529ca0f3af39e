"""What the prepared statement writes is what Django would have written."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from waypost.accounts.models import Business, User
from waypost.content.models import Item
from waypost.flow.one_statement import compare_and_set
from waypost.publishing.models import Delivery, Status
from waypost.tests import factories

MOMENTS = (
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)) | st.none()
)
CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "status": st.sampled_from(list(Status)),
    "due_at": MOMENTS.filter(bool),
    "sent_at": MOMENTS,
    "lease_until": MOMENTS,
    "staged": st.dictionaries(st.text("abc", max_size=3), st.integers() | st.text("č'\"%\\")),
    "reason": st.text("abcČŽš'\"%\\ \n", max_size=30),
    "tries": st.integers(0, 30_000),
    "was_unclear": st.booleans(),
}


def make_delivery(business: Business) -> Delivery:
    item = factories.make_item(business)
    return factories.make_delivery(item, factories.make_connection(business))


@pytest.fixture
def delivery(business: Business) -> Delivery:
    return make_delivery(business)


def stored(row: Delivery) -> dict[str, Any]:
    return dict(Delivery.objects.filter(pk=row.pk).values().get())


class TestAgainstDjango(TestCase):
    @given(st.fixed_dictionaries({}, optional=CHANGES).filter(bool))
    @settings(max_examples=60, deadline=None)
    def test_both_write_the_same_into_every_column(self, changes: dict[str, Any]) -> None:
        owner = factories.make_user()
        row = make_delivery(factories.make_business(owner=owner))
        before = stored(row)
        assert compare_and_set(row, {"status": row.status}, changes)
        by_us = stored(row)
        Delivery.objects.filter(pk=row.pk).update(**{name: before[name] for name in changes})
        assert stored(row) == before
        Delivery.objects.filter(pk=row.pk).update(**changes)
        assert by_us == stored(row)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("seen", "fits"),
    [
        ({}, True),
        ({"lease_token": "mine"}, True),
        ({"lease_token": "yours"}, False),
        ({"sent_at": None}, True),
        ({"lease_until": None}, False),
        ({"sent_at": None, "lease_token": "mine"}, True),
        ({"sent_at": None, "lease_token": "yours"}, False),
    ],
)
def test_it_writes_only_where_the_columns_still_hold_what_was_seen(
    delivery: Delivery, seen: dict[str, Any], fits: bool
) -> None:
    until = timezone.now() + timedelta(minutes=3)
    Delivery.objects.filter(pk=delivery.pk).update(lease_token="mine", lease_until=until)
    assert compare_and_set(delivery, seen, {"reason": "New"}) is fits
    assert stored(delivery)["reason"] == ("New" if fits else "")


@pytest.mark.django_db
def test_other_rows_and_the_row_in_hand_stay_as_they_are(
    business: Business, delivery: Delivery
) -> None:
    other = make_delivery(business)
    assert compare_and_set(delivery, {}, {"reason": "New"})
    assert (delivery.reason, stored(other)["reason"]) == ("", "")


@pytest.mark.django_db
def test_a_row_that_is_gone_was_not_moved(delivery: Delivery) -> None:
    twin = Delivery.objects.get(pk=delivery.pk)
    delivery.delete()
    assert not compare_and_set(twin, {}, {"reason": "New"})


@pytest.mark.django_db
def test_people_and_sums_are_left_to_django(
    business: Business, owner: User, delivery: Delivery
) -> None:
    item = Item.objects.get(pk=delivery.item_id)
    assert compare_and_set(item, {"version": item.version}, {"owner": owner})
    assert compare_and_set(item, {"due_at": item.due_at}, {"version": F("version") + 5})
    after = Item.objects.get(pk=item.pk)
    assert (after.owner, after.version) == (owner, item.version + 5)


@pytest.mark.django_db
def test_an_empty_column_is_asked_for_in_django_words_too(delivery: Delivery) -> None:
    changes = {"tries": F("tries") + 1}
    assert not compare_and_set(delivery, {"due_at": None}, changes)
    assert compare_and_set(delivery, {"sent_at": None}, changes)
    assert stored(delivery)["tries"] == delivery.tries + 1


@pytest.mark.django_db
def test_it_is_one_statement(delivery: Delivery) -> None:
    with CaptureQueriesContext(connection) as asked:
        compare_and_set(delivery, {"status": delivery.status}, {"reason": "New", "tries": 2})
    assert len(asked) == 1
