"""People learn that a post needs them: each time once, whatever moved it there."""

from datetime import datetime, timedelta

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from waypost.accounts.models import User
from waypost.notices.actions import tell
from waypost.notices.kinds import Kind
from waypost.notices.models import Notice
from waypost.publishing.models import Delivery, Status

TROUBLES = (Status.FAILED, Status.BLOCKED, Status.UNCONFIRMED)
PATIENT = timedelta(minutes=15)
"""An unclear outcome is looked for meanwhile; most clear up by themselves."""
RECENT = timedelta(days=7)
"""Nobody is told of what is older, such as after Waypost was brought up to date."""


def tell_people(now: datetime) -> None:
    """Tell whoever answers for a post that waits for a person; two queries when none does."""
    key = Concat(
        Value("delivery:"),
        Cast(OuterRef("pk"), CharField()),
        Value(":"),
        OuterRef("status"),
        output_field=CharField(),
    )
    told = Notice.objects.filter(business=OuterRef("item__business"), key=key)
    rows = Delivery.objects.filter(due_at__gte=now - RECENT).exclude(Exists(told))
    waiting = rows.filter(status__in=(*TROUBLES, Status.YOUR_TURN))
    for delivery in waiting.select_related("item__business", "item__owner", "item__author"):
        _tell(delivery, now)


def _tell(delivery: Delivery, now: datetime) -> None:
    item, business = delivery.item, delivery.item.business
    moment = item.due_at or now
    if delivery.status == Status.UNCONFIRMED and moment > now - PATIENT:
        return
    is_turn = delivery.status == Status.YOUR_TURN
    page, pk = ("hand_over", delivery.pk) if is_turn else ("item", item.pk)
    tell(
        _people(delivery),
        Kind.YOUR_TURN if is_turn else Kind.FAILED,
        business=business,
        key=f"delivery:{delivery.pk}:{delivery.status}",
        url=reverse(f"publishing:{page}", args=[business.slug, pk]),
        thing=f"{item.title} – {delivery.connection}",
        why=delivery.reason,
    )


def _people(delivery: Delivery) -> list[User]:
    """Its owner and author; the owners of the business where neither is there any more."""
    members = delivery.item.business.members.select_related("user")
    here = {member.user_id: member for member in members}
    item = delivery.item
    asked = [pk for pk in (item.owner_id, item.author_id) if pk in here]
    if asked:
        return [here[pk].user for pk in dict.fromkeys(asked) if pk is not None]
    return [member.user for member in members if member.may("accounts.manage")]
