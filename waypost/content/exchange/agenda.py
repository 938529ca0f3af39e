"""The calendar for a calendar program: an hour for each post that has a time."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.content.exchange.rows import number_of
from waypost.content.models import Item, Status
from waypost.documents.values import Agenda, Appointment
from waypost.kit.screen import status_word

MINUTES = 15
REFRESH_HOURS = 1
KEPT = dt.timedelta(days=60)
"""How long a cancelled post still says that it is: as long as a reader may have been away."""
STATES = {
    Status.IDEA: "TENTATIVE",
    Status.DRAFT: "TENTATIVE",
    Status.IN_REVIEW: "TENTATIVE",
    Status.CANCELLED: "CANCELLED",
}
"""Everything else is confirmed."""


def agenda(business: Business | None, items: Iterable[Item]) -> Agenda:
    """``items`` with their channels; those without a time are left out."""
    title = _("Posts – %(business)s") % {"business": business.name} if business else _("Posts")
    if business is None:
        return Agenda(title)
    since = timezone.now() - KEPT
    shown = [
        item
        for item in items
        if item.due_at and (item.status != Status.CANCELLED or item.updated_at > since)
    ]
    events = tuple(_event(business, item) for item in shown)
    return Agenda(title, events, zone=business.time_zone, refresh_hours=REFRESH_HOURS)


def _event(business: Business, item: Item) -> Appointment:
    assert item.due_at
    start = item.due_at.astimezone(business.zone)
    channels = [variant.connection for variant in item.variants.all()]
    page = settings.PUBLIC_URL + reverse("publishing:item", args=[business.slug, item.pk])
    names = list(dict.fromkeys(str(each.display.name) for each in channels))
    where = f"[{', '.join(names)}] " if names else ""
    told = [item.text, item.link, _facts(item, channels)]
    return Appointment(
        uid=f"item-{number_of(item)}@waypost",
        day=start.date(),
        summary=f"{where}{item.title}",
        stamp=item.updated_at,
        sequence=_sequence(item),
        description="\n\n".join(filter(None, told)),
        url=page,
        start=start,
        minutes=MINUTES,
        status=STATES.get(Status(item.status), "CONFIRMED"),
        categories=tuple(names),
        created=item.created_at,
    )


def _sequence(item: Item) -> int:
    """Grows with every change: people's are counted, and publishing moves ``updated_at``."""
    return item.version + int((item.updated_at - item.created_at).total_seconds())


def _facts(item: Item, channels: Iterable[object]) -> str:
    facts = [status_word(item.status), *map(str, channels)]
    return " · ".join([*facts, *([str(item.owner)] if item.owner else [])])
