"""From an item that falls due to one delivery per channel."""

from typing import Any

from waypost.content.models import Item
from waypost.publishing.models import Delivery, Status


def from_the_beginning() -> dict[str, Any]:
    """Columns of a delivery of which nothing stands on the network: it gets a new key."""
    return {
        "staged": {},
        "client_key": "",
        "first_sent_at": None,
        "sent_at": None,
        "was_unclear": False,
        "tries": 0,
        "reason": "",
        "hold": "",
        "held_until": None,
    }


def arm(item: Item) -> list[Delivery]:
    """Make the item's missing deliveries; answers those that wait for their time.

    Called as often as one likes: the database keeps one delivery per item and channel.
    """
    assert item.due_at is not None
    channels = item.variants.values_list("connection_id", flat=True)
    Delivery.objects.bulk_create(
        [Delivery(item=item, connection_id=channel, due_at=item.due_at) for channel in channels],
        ignore_conflicts=True,
    )
    rows = Delivery.objects.filter(item=item, connection_id__in=channels)
    rows.filter(status=Status.WITHDRAWN).update(
        status=Status.SCHEDULED, due_at=item.due_at, **from_the_beginning()
    )
    return list(rows.filter(status=Status.SCHEDULED))
