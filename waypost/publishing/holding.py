"""Waiting on purpose: quiet hours, caps per day, and budgets that a network has closed.

A delivery that waits stays scheduled; only its own time is later, and its reason says
until when and why. What was begun is finished: nothing holds back a delivery of which a
part may stand on the network already.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from waypost.connections.models import Connection
from waypost.content.calendar import clock_of
from waypost.providers.base import Publishes
from waypost.publishing import patience
from waypost.publishing.limits import Limits
from waypost.publishing.models import WORKING, Delivery, Hold, Status

DAY = timedelta(hours=24)
NO_END = timedelta(days=3650)
"""Nobody knows when a pause ends; what it holds back is let go by ``pausing.resume``."""
SENT = (Status.PUBLISHED, Status.UNCONFIRMED, Status.SCHEDULED)
"""With a time of sending. A scheduled one was sent once, was asked to wait and comes again."""


def must_wait(delivery: Delivery, limits: Limits) -> bool:
    """Put a delivery off that may not begin now; True when it was."""
    now = timezone.now()
    if _is_paused(delivery):
        return _put_off(delivery, Hold.PAUSED, now + NO_END)
    if until := _quiet_until(delivery, now):
        return _put_off(delivery, Hold.QUIET, until)
    provider = delivery.connection.provider
    if isinstance(provider, Publishes):
        until = limits.closed_until(provider.price("publish"))
        if until:
            # A little later than told: all that wait for this moment come back apart.
            return _put_off(delivery, Hold.LIMIT, now + patience.after_busy(1, until - now))
    return False


@contextmanager
def in_turn(delivery: Delivery) -> Iterator[bool]:
    """Whether the delivery may be claimed; inside, nobody else counts the same account.

    Only where there is a cap this is a short transaction that holds the account's row:
    two workers must not both take the last post of the day.
    """
    cap = delivery.connection.cap
    if cap is None or delivery.first_sent_at is not None or not delivery.is_whole:
        yield True
        return
    with transaction.atomic():
        list(Connection.objects.select_for_update().filter(pk=delivery.connection_id))
        until = free_at(delivery.connection, cap, timezone.now(), but=delivery)
        yield not (until and _put_off(delivery, Hold.CAP, until, cap=cap))


def free_at(
    connection: Connection, cap: int, now: datetime, *, but: Delivery | None = None
) -> datetime | None:
    """When one more post fits into ``cap`` within 24 hours; ``None``: now."""
    moments = used(connection, now, but=but)
    if len(moments) < cap:
        return None
    return moments[len(moments) - cap] + DAY if cap else now + DAY


def used(connection: Connection, now: datetime, *, but: Delivery | None = None) -> list[datetime]:
    """When the posts went out that count for the 24 hours until ``now``, in order of time.

    What is on its way, or waits for a person to post it, counts as now.
    """
    rows = Delivery.objects.whole().filter(connection=connection)
    rows = rows.exclude(pk=but.pk) if but else rows
    moment = Coalesce("published_at", "sent_at")
    sent = rows.filter(status__in=SENT).annotate(moment=moment).filter(moment__gt=now - DAY)
    open_rows = rows.filter(Q(status__in=WORKING) | Q(status=Status.YOUR_TURN)).count()
    return sorted(sent.values_list("moment", flat=True)) + [now] * open_rows


def _is_paused(delivery: Delivery) -> bool:
    begun = delivery.first_sent_at is not None or not delivery.is_whole
    return delivery.item.business.paused_at is not None and not begun


def _quiet_until(delivery: Delivery, now: datetime) -> datetime | None:
    item = delivery.item
    quiet = item.business.quiet
    begun = delivery.first_sent_at is not None or not delivery.is_whole
    if quiet is None or item.send_anyway or begun:
        return None
    return quiet.ends_at(now)


def _put_off(delivery: Delivery, hold: Hold, until: datetime, *, cap: int = 0) -> bool:
    changes = {
        "due_at": until,
        "held_until": until,
        "hold": hold,
        "reason": _reason(delivery, hold, until, cap),
    }
    rows = Delivery.objects.filter(pk=delivery.pk, status=Status.SCHEDULED)
    rows.filter(due_at=delivery.due_at).update(**changes)
    for name, value in changes.items():
        setattr(delivery, name, value)
    return True


def _reason(delivery: Delivery, hold: Hold, until: datetime, cap: int) -> str:
    told = {"time": _clock(delivery, until), "account": delivery.connection, "n": cap}
    match hold:
        case Hold.PAUSED:
            return _("Waits: everything is paused.")
        case Hold.QUIET:
            return _("Waits until %(time)s: quiet hours.") % told
        case Hold.CAP:
            words = _("Waits until %(time)s: %(account)s takes at most %(n)d posts in 24 hours.")
            return words % told
    return _("Waits until %(time)s: the network takes no more before.") % told


def _clock(delivery: Delivery, until: datetime) -> str:
    """``7:00`` on the wall of the business, with the day when that is not clear."""
    zone = delivery.item.business.zone
    wall = until.astimezone(zone)
    if wall - timezone.now().astimezone(zone) < timedelta(hours=12):
        return time_format(wall.time(), "G:i")
    return clock_of(until, zone)


def release(now: datetime) -> None:
    """Look again at what waits: a person may have changed the hours, the cap or the post."""
    rows = Delivery.objects.held_back().filter(due_at__gt=now)
    for delivery in rows.select_related("item__business", "connection"):
        with translation.override(delivery.item.business.language):
            _look_again(delivery, now)


def _look_again(delivery: Delivery, now: datetime) -> None:
    cap = delivery.connection.cap
    if until := _quiet_until(delivery, now):
        hold = Hold.QUIET
    elif cap is not None and (until := free_at(delivery.connection, cap, now, but=delivery)):
        hold = Hold.CAP
    else:
        rows = Delivery.objects.filter(pk=delivery.pk, status=Status.SCHEDULED)
        rows.update(due_at=now, hold="", reason="")
        return
    if until != delivery.due_at:
        _put_off(delivery, hold, until, cap=cap or 0)
