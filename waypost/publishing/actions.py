"""What a person does with an item that shall go out, and with a delivery that needs them."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.connections.models import Health
from waypost.content import actions as content
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.kit.errors import Refusal
from waypost.providers.base import Published
from waypost.publishing import arming, confirming, parts, work
from waypost.publishing.models import DELIVERY, Decision, Delivery, Hold, Status
from waypost.publishing.recognising import recognised
from waypost.publishing.settling import settle

log = logging.getLogger(__name__)

SOON = timedelta(seconds=90)
"""What falls due this soon is armed at once; the next sweep might be too late."""


def schedule(item: Item, *, due_at: datetime, by: User, anyway: bool = False) -> None:
    """Have the item published at ``due_at`` (UTC). Raises ``Refusal``.

    In quiet hours it waits until they end, unless it is sent ``anyway``.
    """
    content.schedule(item, due_at=due_at, by=by)
    _set_anyway(item, anyway)
    if due_at <= timezone.now() + SOON:
        _arm_and_wake(item)


def publish_now(item: Item, *, by: User) -> None:
    """At once, also in quiet hours. Raises ``Refusal`` when the item is not fit to go out."""
    schedule(item, due_at=timezone.now(), by=by, anyway=True)


def send_anyway(item: Item, *, by: User) -> None:
    """Do not wait for the end of quiet hours. Raises ``Refusal``."""
    if item.status not in (ItemStatus.SCHEDULED, ItemStatus.PUBLISHING):
        raise Refusal(_("This post does not wait any more. Look at its state now."))
    if not content.may(item, by, "publishing.schedule"):
        raise Refusal(_("You work on some accounts only, and this post goes to others too."))
    _set_anyway(item, True)
    log.info("item %s is sent in quiet hours, user %s", item.pk, by.pk)
    now = timezone.now()
    waiting = Delivery.objects.held_back().filter(item=item, hold=Hold.QUIET)
    for pk in waiting.values_list("pk", flat=True):
        Delivery.objects.filter(pk=pk, hold=Hold.QUIET).update(due_at=now, hold="", reason="")
        transaction.on_commit(lambda pk=pk: work.wake(pk, now))  # type: ignore[misc]


def _set_anyway(item: Item, anyway: bool) -> None:
    Item.objects.filter(pk=item.pk).update(send_anyway=anyway)
    item.send_anyway = anyway


def _arm_and_wake(item: Item) -> None:
    for delivery in arming.arm(item):
        transaction.on_commit(lambda d=delivery: work.wake(d.pk, d.due_at))  # type: ignore[misc]


def unschedule(item: Item, *, by: User) -> None:
    """Take the item back as long as nothing was sent. Raises ``Refusal`` when it is too late."""
    content.unschedule(item, by=by)
    rows = Delivery.objects.filter(item=item, status__in=(Status.SCHEDULED, Status.WAITING))
    rows.update(status=Status.WITHDRAWN)


def retry(delivery: Delivery, *, by: User) -> None:
    """Try a failed or blocked delivery anew. Raises ``Refusal`` when it is neither.

    A failed one was refused, so nothing of it stands on the network: it starts from the
    beginning with a new key. A blocked one goes on where it stopped.
    """
    if delivery.connection.health != Health.CONNECTED:
        raise Refusal(_("Connect the account again first. Then retry."))
    fresh = arming.from_the_beginning() if delivery.status == Status.FAILED else {}
    if delivery.status not in (Status.FAILED, Status.BLOCKED):
        raise Refusal(_("This post is already on its way. Look at its state now."))
    now = timezone.now()
    changes = {**fresh, "due_at": now, "held_until": now, "hold": ""}
    _decide(delivery, "retry", delivery.status, Status.SCHEDULED, by, **changes)
    _set_anyway(delivery.item, True)  # who tries again now means now
    content.start_publishing(delivery.item)
    transaction.on_commit(lambda: work.wake(delivery.pk, delivery.due_at))


def found(delivery: Delivery, *, url: str, by: User) -> None:
    """The person saw the post on the network. Raises ``Refusal`` for an unusable link."""
    if delivery.status not in (Status.UNCONFIRMED, Status.FAILED):
        raise Refusal(_("This post is no longer unclear. Look at its state now."))
    _note_published(delivery, "found", recognised(delivery, url), by=by)


def send_again(delivery: Delivery, *, by: User) -> None:
    """The person looked and the post is not there. Raises ``Refusal`` when it is too early.

    The key stays: should the first try arrive after all, a network that knows the key
    keeps the second one away.
    """
    now = timezone.now()
    if confirming.may_still_arrive(delivery, now):
        raise Refusal(_("The first try may still arrive. Look again in two minutes."))
    _decide(
        delivery,
        "send again",
        Status.UNCONFIRMED,
        Status.SCHEDULED,
        by,
        due_at=now,
        staged={},
        was_unclear=False,
        reason="",
    )
    transaction.on_commit(lambda: work.wake(delivery.pk, now))


def hand_over_done(delivery: Delivery, *, url: str, by: User) -> None:
    """The person posted it themselves; the link may stay empty. Raises ``Refusal``."""
    published = recognised(delivery, url) if url else Published("", "")
    _note_published(delivery, "posted", published, by=by)


def withdraw(delivery: Delivery, *, by: User) -> None:
    """This channel does not get the post, or this part and those after it.

    Raises ``Refusal`` while it is being sent.
    """
    if not DELIVERY.allows(delivery.status, Status.WITHDRAWN) or delivery.status == Status.STAGING:
        raise Refusal(_("It is too late: the post is on its way or already there."))
    _decide(delivery, "withdraw", delivery.status, Status.WITHDRAWN, by)
    # An item that was not begun would be armed again, and this channel with it.
    content.start_publishing(delivery.item)
    _go_on(delivery)


def _note_published(delivery: Delivery, verb: str, published: Published, *, by: User) -> None:
    _decide(
        delivery,
        verb,
        delivery.status,
        Status.PUBLISHED,
        by,
        remote_url=published.url,
        remote_id=published.remote_id,
        published_at=timezone.now(),
        reason="",
    )
    _go_on(delivery)


def _go_on(delivery: Delivery) -> None:
    """Call up and wake what waited for ``delivery``, and close the item when nothing did."""
    parts.call_up(delivery)
    item, pk = delivery.item, delivery.pk
    if Delivery.objects.of_channel(delivery).filter(status=Status.SCHEDULED).exists():
        content.start_publishing(item)
        transaction.on_commit(lambda: work.plan_next(pk))
    settle(item)


def _decide(delivery: Delivery, verb: str, old: str, new: str, by: User, **changes: Any) -> None:
    if not DELIVERY.allows(old, new) or not DELIVERY.move(delivery, old, new, **changes):
        raise Refusal(_("Something changed in the meantime. Look at the state of the post now."))
    Decision.objects.create(delivery=delivery, user=by, verb=verb)
