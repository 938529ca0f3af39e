"""What runs in the worker: thin tasks, ids in. A lost or doubled wake-up does no harm."""

from datetime import datetime, timedelta

from django.utils import timezone

from waypost.content.models import Item
from waypost.flow.engine import crontab, huey, own_connection
from waypost.publishing import arming, beating, changing, confirming, holding, parts, publisher
from waypost.publishing.models import DELIVERY, Delivery, Status
from waypost.publishing.settling import settle_left_behind
from waypost.publishing.telling import tell_people

HORIZON = timedelta(seconds=65)
"""How far ahead a sweep arms: a little more than the minute until the next sweep."""


@huey.task()
@own_connection
def deliver(delivery_id: int) -> None:
    if publisher.deliver(delivery_id):
        plan_next(delivery_id)


@huey.task()
@own_connection
def confirm(delivery_id: int) -> None:
    confirming.confirm(delivery_id)
    plan_next(delivery_id)


@huey.task()
@own_connection
def change(delivery_id: int) -> None:
    changing.change(delivery_id)


def wake_change(delivery_id: int, at: datetime) -> None:
    """Have a worker change or delete a post that is out, at ``at`` (aware) or at once."""
    change.schedule(args=(delivery_id,), eta=max(at, timezone.now()))


def plan_next(delivery_id: int) -> None:
    """Come back to a delivery, or to the part after it, that asks for it before a sweep would."""
    soon = timezone.now() + HORIZON
    found = Delivery.objects.beside(delivery_id).filter(due_at__lte=soon)
    for pk, status, due_at in found.values_list("pk", "status", "due_at"):
        if status == Status.SCHEDULED:
            wake(pk, due_at)
        elif status == Status.UNCONFIRMED:
            look_for(pk, due_at)


def look_for(delivery_id: int, at: datetime) -> None:
    """Have a worker ask the network at ``at`` (aware) whether the post is there."""
    confirm.schedule(args=(delivery_id,), eta=max(at, timezone.now()))


def wake(delivery_id: int, at: datetime) -> None:
    """Have a worker send this delivery at ``at`` (aware), or at once when that is past."""
    if at <= timezone.now():
        deliver(delivery_id)
    else:
        deliver.schedule(args=(delivery_id,), eta=at)


@huey.periodic_task(crontab())
@own_connection
def sweep() -> None:
    """Once a minute: say that this worker lives, arm what falls due, pick up what was left."""
    now = timezone.now()
    beating.beat()
    for pk in Delivery.objects.left_behind(now).values_list("pk", flat=True):
        publisher.recover(pk)
    parts.call_up_forgotten()
    settle_left_behind()
    for healed in Delivery.objects.healed(now):
        DELIVERY.move(healed, Status.BLOCKED, Status.SCHEDULED, due_at=now)
    holding.release(now)
    arming.follow_moved(now)
    arming.arm_all(Item.objects.to_publish(now + HORIZON))
    for pk, due_at in Delivery.objects.to_wake(now + HORIZON):
        wake(pk, due_at)
    for pk, due_at in Delivery.objects.to_look_for(now + HORIZON):
        look_for(pk, due_at)
    for pk, due_at in Delivery.objects.to_change(now + HORIZON):
        wake_change(pk, due_at)
    beating.swept()


@huey.periodic_task(crontab())
@own_connection
def tell_of_posts() -> None:
    """Once a minute: who answers for a post that needs a person is told so."""
    tell_people(timezone.now())


@own_connection
def keep_up() -> None:
    """Every few seconds: plan what a person moved so near that the next sweep is too late.

    Costs two queries where there is nothing; what is more than one statement takes is left
    to the next time.
    """
    now = timezone.now()
    until = now + HORIZON
    moved = arming.follow_moved(now)
    found = list(arming.unarmed(until)[: arming.AT_ONCE])
    arming.arm_all(found)
    items = [*moved, *(item.pk for item in found)]
    if items:
        for pk, due_at in Delivery.objects.to_wake(until).filter(item__in=items):
            wake(pk, due_at)
