"""Lets deliveries run to their end without waiting for the clock."""

from datetime import timedelta

from django.utils import timezone

from waypost.content.models import Item
from waypost.publishing import arming, confirming, publisher
from waypost.publishing.models import WORKING, Delivery, RateLimit, Status


def armed(item: Item) -> Delivery:
    """The only delivery of an item that falls due."""
    (delivery,) = arming.arm(item)
    return delivery


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_related("item", "connection").get(pk=delivery.pk)


def let_time_pass(delivery: Delivery, by: timedelta = timedelta(0)) -> None:
    """Make the next step due and every lease old; ``by`` makes the sending older, too."""
    past = timezone.now() - timedelta(seconds=1)
    row = fresh(delivery)
    RateLimit.objects.update(resets_at=past)
    Delivery.objects.filter(pk=delivery.pk).update(
        due_at=past,
        lease_until=past if row.lease_until else None,
        sent_at=row.sent_at and row.sent_at - by,
        first_sent_at=row.first_sent_at and row.first_sent_at - by,
    )


def step(delivery: Delivery) -> Delivery:
    """One step of whatever the row asks for next."""
    row = fresh(delivery)
    if row.status == Status.SCHEDULED:
        publisher.deliver(row.pk)
    elif row.status in WORKING:
        publisher.recover(row.pk)
    elif row.status == Status.UNCONFIRMED:
        confirming.confirm(row.pk)
    return fresh(delivery)


def run(delivery: Delivery, *, steps: int = 12, by: timedelta = timedelta(0)) -> Delivery:
    """Step until nothing changes any more, or the owner must decide."""
    for _ in range(steps):
        let_time_pass(delivery, by)
        row = step(delivery)
        if row.status not in {Status.SCHEDULED, *WORKING, Status.UNCONFIRMED}:
            break
    return fresh(delivery)


def run_thread(item: Item, *, steps: int = 30, by: timedelta = timedelta(0)) -> list[Delivery]:
    """Step each row of the item that asks for something until none does any more."""
    asking = (Status.SCHEDULED, Status.UNCONFIRMED, *WORKING)
    rows = Delivery.objects.filter(item=item).order_by("connection_id", "part")
    for _ in range(steps):
        row = rows.filter(status__in=asking).first()
        if row is None:
            break
        let_time_pass(row, by)
        step(row)
    return list(rows)
