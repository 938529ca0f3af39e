"""What the deliveries of an item say about the item."""

from waypost.content import actions as content
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.publishing.models import Delivery, Status

OPEN = {
    Status.SCHEDULED,
    Status.STAGING,
    Status.SENDING,
    Status.UNCONFIRMED,
    Status.BLOCKED,
    Status.YOUR_TURN,
}


def settle(item: Item) -> None:
    """Close the item when none of its deliveries is under way.

    Published when at least one stands and none failed; failed when one failed;
    cancelled when all were withdrawn. Safe to call at any time, from anywhere.
    """
    statuses = set(Delivery.objects.filter(item=item).values_list("status", flat=True))
    if not statuses or statuses & OPEN:
        return
    if Status.FAILED in statuses:
        content.mark_failed(item)
    elif Status.PUBLISHED in statuses:
        content.mark_published(item)
    else:
        content.mark_skipped(item)


def settle_left_behind() -> None:
    """Close items whose worker died between the last move of a delivery and its word on it."""
    at_work = Delivery.objects.filter(status__in=OPEN).values("item")
    for item in Item.objects.filter(status=ItemStatus.PUBLISHING).exclude(pk__in=at_work):
        settle(item)
