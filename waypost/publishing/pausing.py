"""The switch that holds back everything of a business that has not begun, and its end."""

import logging

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from waypost.accounts import actions as accounts
from waypost.accounts.models import Business, User
from waypost.publishing.models import (
    DELIVERY,
    STILL_FRESH,
    Decision,
    Delivery,
    DeliveryQuerySet,
    Hold,
    Status,
)

log = logging.getLogger(__name__)

RESUMED = "resumed"


def pause(business: Business, *, reason: str, by: User) -> None:
    """From now on nothing begins. What is on its way already is finished."""
    accounts.pause(business, reason=reason, by=by)
    log.info("business %s is paused, user %s", business.pk, by.pk)


def held(business: Business) -> DeliveryQuerySet:
    """What the pause has held back so far, in the order of its times."""
    rows = Delivery.objects.filter(
        item__business=business, status=Status.SCHEDULED, hold=Hold.PAUSED
    )
    return rows.select_related("item__business", "connection").order_by("item__due_at", "pk")


def resume(business: Business, *, by: User) -> int:
    """Go on. Answers how many posts became so late that a person must decide about them.

    What is late by no more than an hour goes out now; the rest waits among the late posts.
    """
    accounts.resume(business)
    log.info("business %s goes on, user %s", business.pk, by.pk)
    late = 0
    with translation.override(business.language):
        reason = _("Everything was paused at its time.")
    for delivery in held(business):
        late += _let_go(delivery, reason, by)
    return late


def _let_go(delivery: Delivery, reason: str, by: User) -> bool:
    """Back on its way, or True where it is too late for that."""
    now, due_at = timezone.now(), delivery.item.due_at
    if due_at is None or due_at >= now - STILL_FRESH:
        rows = Delivery.objects.filter(pk=delivery.pk, status=Status.SCHEDULED, hold=Hold.PAUSED)
        rows.update(due_at=max(due_at or now, now), hold="", held_until=None, reason="")
        return False
    if not DELIVERY.move(
        delivery, Status.SCHEDULED, Status.BLOCKED, hold="", held_until=None, reason=reason
    ):
        return False
    Decision.objects.create(delivery=delivery, user=by, verb=RESUMED)
    return True
