"""From an item that falls due to one delivery per channel."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from waypost.content.models import Item, Variant
from waypost.publishing import parts
from waypost.publishing.models import Delivery, Status


def from_the_beginning() -> dict[str, Any]:
    """Columns of a delivery of which nothing stands on the network: it gets a new key."""
    return {
        "staged": {},
        "client_key": "",
        "first_sent_at": None,
        "sent_at": None,
        "was_unclear": False,
        "processing_since": None,
        "tries": 0,
        "reason": "",
        "hold": "",
        "held_until": None,
    }


AT_ONCE = 200
"""Items armed with one statement; SQLite takes some thousand values in one."""


def unarmed(until: datetime) -> "QuerySet[Item]":
    """Items that fall due by ``until`` and have no delivery that waits for its time."""
    waiting = Delivery.objects.filter(status=Status.SCHEDULED).values("item")
    return Item.objects.to_publish(until).exclude(pk__in=waiting)


def follow_moved(now: datetime) -> list[int]:
    """Bring forward what was armed for a later time than its item has now; answers the items.

    The other way needs nothing: what comes too early waits for its item (``publisher``).
    """
    found = list(Delivery.objects.behind_their_item(now).select_related("item"))
    for delivery in found:
        rows = Delivery.objects.filter(pk=delivery.pk, status=Status.SCHEDULED, hold="")
        rows.filter(due_at=delivery.due_at).update(due_at=delivery.item.due_at)
    return [delivery.item_id for delivery in found]


def arm_all(items: Iterable[Item]) -> None:
    """As ``arm`` for each, in few statements: a thousand items may fall due together."""
    every = iter(items)
    while some := list(islice(every, AT_ONCE)):
        _arm_some({item.pk: item for item in some})


def _arm_some(items: dict[int, Item]) -> None:
    variants = Variant.objects.filter(item__in=items).select_related("connection")
    Delivery.objects.bulk_create(
        [row for variant in variants for row in _rows(items[variant.item_id], variant)],
        ignore_conflicts=True,
    )
    withdrawn = Delivery.objects.filter(item__in=items, status=Status.WITHDRAWN)
    for item in withdrawn.order_by().values_list("item", flat=True).distinct():
        arm(items[item])


def arm(item: Item) -> list[Delivery]:
    """Make the item's missing deliveries; answers those that wait for their time.

    Called as often as one likes: the database keeps one delivery for each part of the item
    on each channel. What follows the post waits until it is called up (``parts``).
    """
    assert item.due_at is not None
    variants = list(item.variants.select_related("connection"))
    Delivery.objects.bulk_create(
        [row for variant in variants for row in _rows(item, variant)], ignore_conflicts=True
    )
    rows = Delivery.objects.filter(item=item, connection__in=[v.connection_id for v in variants])
    withdrawn = rows.filter(status=Status.WITHDRAWN)
    withdrawn.whole().update(status=Status.SCHEDULED, due_at=item.due_at, **from_the_beginning())
    armed = list(rows.filter(status=Status.SCHEDULED))
    if any(variant.parts or variant.comment for variant in variants):
        # A post that begins anew brings with it what follows.
        anew = [row.connection_id for row in armed if row.is_whole]
        withdrawn.filter(connection__in=anew).exclude(part=0).update(
            status=Status.WAITING, **from_the_beginning()
        )
    return armed


def _rows(item: Item, variant: Variant) -> Iterator[Delivery]:
    assert item.due_at is not None
    yield Delivery(item=item, connection_id=variant.connection_id, due_at=item.due_at)
    for part in parts.numbers(variant, variant.connection.provider_id):
        yield Delivery(
            item=item,
            connection_id=variant.connection_id,
            part=part,
            status=Status.WAITING,
            due_at=item.due_at,
        )
