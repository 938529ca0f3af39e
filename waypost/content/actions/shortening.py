"""Short links of our own: made when a post is saved, counted when they are followed."""

import re
import secrets

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from waypost.content.links import long_link, rule_of
from waypost.content.models import Item, LinkDay, ShortLink

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that is read two ways
_LENGTH = 7
_MACHINES = re.compile(
    r"bot|crawl|spider|slurp|preview|facebookexternalhit|embedly|whatsapp|telegram|curl|wget"
    r"|python|http|scan|monitor|headless",
    re.IGNORECASE,
)


def shorten(item: Item) -> None:
    """One short link for each channel of ``item``, where the business uses them."""
    rule = rule_of(item)
    if rule is None or not rule.shortens or not item.link:
        return
    known = {each.connection_id: each for each in item.short_links.all()}
    for variant in item.variants.select_related("connection"):
        target = long_link(item, variant.connection)
        link = known.get(variant.connection_id)
        if link is None:
            _make(item, variant.connection_id, target)
        elif link.target != target:
            ShortLink.objects.filter(pk=link.pk).update(target=target)


def _make(item: Item, connection_id: int, target: str) -> None:
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    ShortLink.objects.create(
        business=item.business, item=item, connection_id=connection_id, code=code, target=target
    )


def count(link: ShortLink, *, agent: str) -> None:
    """One more click today, unless a machine asks by its own word. Nothing else is kept."""
    if not agent or _MACHINES.search(agent):
        return
    today = timezone.now().date()
    days = LinkDay.objects.filter(link=link, date=today)
    if days.update(clicks=F("clicks") + 1):
        return
    try:
        with transaction.atomic():
            LinkDay.objects.create(link=link, date=today, clicks=1)
    except IntegrityError:  # somebody else was first on this day
        days.update(clicks=F("clicks") + 1)
