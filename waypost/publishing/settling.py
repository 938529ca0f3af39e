"""What the deliveries of an item say about the item."""

from itertools import groupby
from operator import itemgetter

from waypost.content import actions as content
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.flow.prepared import Prepared
from waypost.publishing.models import Delivery, Status
from waypost.publishing.parts import next_moves

OPEN = {
    Status.SCHEDULED,
    Status.STAGING,
    Status.SENDING,
    Status.UNCONFIRMED,
    Status.BLOCKED,
    Status.YOUR_TURN,
}


_TOLD = Prepared(
    lambda item: (
        Delivery.objects.filter(item=item)
        .order_by("connection_id", "part")
        .values_list("connection_id", "part", "status")
    ),
    int,
)


def settle(item: Item) -> None:
    """Close the item when none of its deliveries is under way.

    Published when at least one stands and none failed; failed when one failed;
    cancelled when all were withdrawn. Safe to call at any time, from anywhere.
    """
    told = _TOLD.tuples(item.pk)
    statuses = {status for _channel, _part, status in told}
    if not statuses or statuses & OPEN or _goes_on(told):
        return
    if Status.FAILED in statuses:
        content.mark_failed(item)
    elif statuses & {Status.PUBLISHED, Status.DELETED}:
        content.mark_published(item)
    else:
        content.mark_skipped(item)


def _goes_on(told: list[tuple[int, int, str]]) -> bool:
    """Whether a waiting part is about to be called up."""
    if all(status != Status.WAITING for _channel, _part, status in told):
        return False
    channels = groupby(told, key=itemgetter(0))
    return any(
        status == Status.SCHEDULED
        for _channel, rows in channels
        for _part, status in next_moves([row[1:] for row in rows])
    )


def settle_left_behind() -> None:
    """Close items whose worker died between the last move of a delivery and its word on it."""
    at_work = Delivery.objects.filter(status__in=OPEN).values("item")
    for item in Item.objects.filter(status=ItemStatus.PUBLISHING).exclude(pk__in=at_work):
        settle(item)
