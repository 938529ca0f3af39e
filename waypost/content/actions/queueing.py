"""The queue: a post takes the next free posting time, and may change places with others."""

import random
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.connections.models import Connection
from waypost.content.actions.deciding import may, move, schedule
from waypost.content.models import Item, Status
from waypost.content.queue import Plan, queued
from waypost.kit.errors import Refusal


@transaction.atomic
def add_to_queue(item: Item, *, by: User) -> datetime:
    """Give the item the next free posting time of its channels; answers that moment (UTC).

    Who may approve schedules it by this; anybody else gives it a time, and it still has to
    be approved. Raises ``Refusal``.
    """
    at = _next_free(item)
    if may(item, by, "content.approve") and item.status != Status.IN_REVIEW:
        schedule(item, due_at=at, by=by)
    else:
        move(item, due_at=at, by=by)
    _mark(item, True)
    return at


@transaction.atomic
def skip(item: Item, *, by: User) -> datetime:
    """Let the item wait for the posting time after its own. Raises ``Refusal``."""
    at = _next_free(item, after=item.due_at)
    move(item, due_at=at, by=by)
    return at


def leave_queue(item: Item, *, by: User) -> None:
    """It keeps its time, but the queue moves it no more. Raises ``Refusal``."""
    if not may(item, by, "content.write"):
        raise Refusal(_("Your role does not allow this. Ask an editor or the owner."))
    _mark(item, False)


@transaction.atomic
def reorder(connection: Connection, order: Sequence[int], *, by: User) -> list[int]:
    """Share the times of the channel's queue out in this order of item numbers.

    Answers the order before, so that it can be taken back. Numbers that are not in the
    queue are left out; items that are not named keep their order at the end.
    """
    rows = queued(connection.business, connection, timezone.now())
    before = [item.pk for item in rows]
    times = [item.due_at for item in rows]
    place = {pk: n for n, pk in enumerate(order)}
    rows.sort(key=lambda item: place.get(item.pk, len(place)))
    for item, at in zip(rows, times, strict=True):
        if item.due_at != at and at is not None:
            item.business = connection.business
            move(item, due_at=at, by=by)
    return before


def step(connection: Connection, pk: int, steps: int, *, by: User) -> list[int]:
    """Move one item so many places later; answers the order before."""
    order = [item.pk for item in queued(connection.business, connection, timezone.now())]
    if pk not in order:
        raise Refusal(_("This post is no longer in the queue."))
    at = order.index(pk)
    order.insert(max(0, min(len(order) - 1, at + steps)), order.pop(at))
    return reorder(connection, order, by=by)


def shuffle(connection: Connection, *, by: User) -> list[int]:
    """Deal the queue of the channel anew; answers the order before."""
    order = [item.pk for item in queued(connection.business, connection, timezone.now())]
    random.shuffle(order)
    return reorder(connection, order, by=by)


def _next_free(item: Item, after: datetime | None = None) -> datetime:
    connections = [each.connection for each in item.variants.select_related("connection")]
    if not connections:
        raise Refusal(_("Choose at least one channel first: edit the item."))
    plan = Plan(item.business, timezone.now())
    if not any(slot.connection in connections for slot in plan.slots):
        raise Refusal(_("These channels have no posting times yet. Add some to use the queue."))
    at = plan.next_free(connections, after=after)
    if at is None:
        raise Refusal(_("No posting time is free within half a year. Add more of them."))
    return at


def _mark(item: Item, in_queue: bool) -> None:
    Item.objects.filter(pk=item.pk).update(in_queue=in_queue)
    item.in_queue = in_queue
