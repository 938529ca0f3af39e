"""The calendar that a person's calendar program reads by itself, under a secret address."""

import datetime as dt
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import Signer
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Member
from waypost.content.exchange.agenda import agenda
from waypost.content.exchange.rows import Wanted, appointments_of, selected
from waypost.content.models import CalendarFeed
from waypost.documents.rendering import render

BACK = dt.timedelta(days=180)
"""How far back a feed goes; a program keeps what it has read before."""
SALT = "content.feed"
NOTED_EVERY = dt.timedelta(minutes=15)


@dataclass(frozen=True)
class Chosen:
    """Which posts of the business the address asks for."""

    channel: int | None = None  # key of a connection
    mine: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> "Chosen":
        channel = query.get("channel", "")
        known = int(channel) if channel.isdecimal() and len(channel) < 10 else None
        return cls(known, bool(query.get("mine")))


def renew(member: Member) -> CalendarFeed:
    """A feed with an address of its own; one that was there before opens nothing any more."""
    nonce = secrets.token_hex(8)
    feed, _new = CalendarFeed.objects.update_or_create(
        member=member, defaults={"nonce": nonce, "asked_at": None, "made_at": timezone.now()}
    )
    return feed


def revoke(member: Member) -> None:
    CalendarFeed.objects.filter(member=member).delete()


def feed_of(member: Member) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(member=member).first()


def address(feed: CalendarFeed, chosen: Chosen | None = None) -> str:
    """The whole address; whoever knows it can read the calendar."""
    query = QueryDict(mutable=True)
    if chosen and chosen.channel:
        query["channel"] = str(chosen.channel)
    if chosen and chosen.mine:
        query["mine"] = "1"
    path = reverse("calendar_feed", args=[_token(feed)])
    return f"{settings.PUBLIC_URL}{path}" + (f"?{query.urlencode()}" if query else "")


def find(token: str) -> CalendarFeed | None:
    """The feed that ``token`` opens: of somebody who may sign in and is still a member."""
    pk = token.partition("-")[0]
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 16):
        return None
    rows = CalendarFeed.objects.select_related("member__business", "member__user")
    feed = rows.filter(pk=int(pk), member__user__is_active=True).first()
    if feed is None or not hmac.compare_digest(_token(feed).encode(), token.encode()):
        return None
    return feed


def _token(feed: CalendarFeed) -> str:
    signed = Signer(salt=SALT).signature(f"{feed.pk}.{feed.nonce}")
    return f"{feed.pk}-{signed}"


def note_asked(feed: CalendarFeed) -> None:
    """For the page that shows whether a program reads it; not written at every call."""
    now = timezone.now()
    if feed.asked_at is None or feed.asked_at < now - NOTED_EVERY:
        CalendarFeed.objects.filter(pk=feed.pk).update(asked_at=now)


def etag(feed: CalendarFeed, chosen: Chosen, language: str) -> str:
    """Another one whenever the answer would be another one; one query."""
    business, today = feed.member.business, timezone.localdate()
    state = (
        selected(business, _wanted(feed, chosen))
        .order_by("pk")
        .values_list("pk", "version", "status", "updated_at")
    )
    told = [chosen, language, business.name, business.time_zone, today, list(state)]
    return f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'


def content(feed: CalendarFeed, chosen: Chosen) -> bytes:
    business = feed.member.business
    return render(agenda(business, appointments_of(business, _wanted(feed, chosen))), "ics")


def _wanted(feed: CalendarFeed, chosen: Chosen) -> Wanted:
    """An unknown channel fits nothing."""
    owner = feed.member.user if chosen.mine else None
    first = timezone.localdate(timezone=feed.member.business.zone) - BACK
    return Wanted({"channel": chosen.channel, "owner": owner}, first=first)
