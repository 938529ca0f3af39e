"""Many items that fall due together are armed together, and as well as one by one."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from waypost.accounts.models import Business
from waypost.content.models import Item
from waypost.publishing import arming
from waypost.publishing.models import Delivery, Status
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(business: Business) -> Callable[[int], list[Item]]:
    """``due(n)``: so many items on the same two channels."""
    channels = [factories.make_connection(business) for _ in range(2)]
    later = timezone.now() + timedelta(seconds=40)
    return lambda count: [
        factories.scheduled_item(business, *channels, due_at=later) for _ in range(count)
    ]


def states() -> list[tuple[int, int, str]]:
    rows = Delivery.objects.order_by("item", "connection")
    return list(rows.values_list("item", "connection", "status"))


def test_each_item_gets_one_delivery_for_each_channel(due: Callable[[int], list[Item]]) -> None:
    items = due(3)
    arming.arm_all(items)
    wanted = [
        (item.pk, channel, "scheduled")
        for item in items
        for channel in sorted(item.variants.values_list("connection", flat=True))
    ]
    assert states() == wanted
    assert {row.due_at for row in Delivery.objects.all()} == {items[0].due_at}


def test_arming_again_changes_nothing(due: Callable[[int], list[Item]]) -> None:
    items = due(2)
    arming.arm_all(items)
    before = list(Delivery.objects.values())
    arming.arm_all(items)
    assert list(Delivery.objects.values()) == before


def test_what_was_taken_back_is_armed_anew(due: Callable[[int], list[Item]]) -> None:
    items = due(2)
    arming.arm_all(items)
    taken = items[0].deliveries.first()
    assert taken is not None
    Delivery.objects.filter(pk=taken.pk).update(
        status=Status.WITHDRAWN, client_key="old", tries=3, reason="taken back"
    )
    arming.arm_all(items)
    taken.refresh_from_db()
    told = (taken.status, taken.client_key, taken.tries, taken.reason)
    assert told == (Status.SCHEDULED, "", 0, "")


@pytest.mark.parametrize("count", [1, 50])
def test_the_number_of_queries_does_not_grow_with_the_items(
    count: int, due: Callable[[int], list[Item]], django_assert_max_num_queries: Any
) -> None:
    items = due(count)
    with django_assert_max_num_queries(5):
        arming.arm_all(items)


def test_more_items_than_one_statement_takes_are_all_armed(
    due: Callable[[int], list[Item]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arming, "AT_ONCE", 2)
    arming.arm_all(due(5))
    assert Delivery.objects.count() == 10
