"""The posts of a time that brought the most, by one number or another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Sum

from waypost.accounts.models import Business
from waypost.insights.clicks import clicked
from waypost.insights.periods import Period
from waypost.insights.post_sums import interactions
from waypost.insights.posted import posted_in, together
from waypost.publishing.models import Delivery

NUMBER = 5
Ranked = Sequence[tuple[int, int]]  # pk of the delivery and its number, the best first


def best(business: Business, period: Period) -> dict[str, Ranked]:
    """By name, the posts with the most of a number; of equals the newer. One query each."""
    ways: Mapping[str, Callable[[], Any]] = {
        "interactions": interactions,
        "saves": lambda: F("last__saves"),
    }
    found = {name: _most(business, period, value()) for name, value in ways.items()}
    return found | {"own_clicks": _most_clicked(business, period)}


def most_liked(business: Business, period: Period) -> Ranked:
    """Those with the most interactions; one query."""
    return _most(business, period, interactions())


def _most(business: Business, period: Period, value: Any) -> Ranked:
    rows = together(
        posts.annotate(value=value).filter(value__gt=0).values_list("id", "value", "published_at")
        for posts in posted_in(business, period)
    )
    first = rows.order_by("-value", "-published_at", "-id")[:NUMBER]
    return [(pk, int(number)) for pk, number, _at in first]


def _most_clicked(business: Business, period: Period) -> Ranked:
    """Of clicks within ``period`` on short links of what was published in it."""
    start, end = period.moments(business.zone)
    sent = "link__item__deliveries"
    rows = (
        clicked(business, period)
        .filter(
            **{
                f"{sent}__connection": F("link__connection"),
                f"{sent}__published_at__gte": start,
                f"{sent}__published_at__lt": end,
                f"{sent}__in": Delivery.objects.published().whole(),
            }
        )
        .values_list(f"{sent}__pk")
        .annotate(number=Sum("clicks"))
        .filter(number__gt=0)
        .order_by("-number", f"-{sent}__published_at", f"-{sent}__pk")
    )
    return list(rows[:NUMBER])


@dataclass(frozen=True)
class BestPost:
    """One line of a list of the best."""

    item: int
    title: str
    channel: str
    at: datetime
    value: int


def shown(lists: Mapping[str, Ranked], channels: Mapping[int, str]) -> dict[str, list[BestPost]]:
    """``lists`` with what a person reads; ``channels`` are the names of accounts. One query."""
    wanted = {pk for rows in lists.values() for pk, _number in rows}
    told = Delivery.objects.filter(pk__in=wanted).order_by()
    rows = told.values_list("pk", "item_id", "item__title", "connection_id", "published_at")
    words = {
        pk: (item, title, channels.get(connection, ""), at)
        for pk, item, title, connection, at in rows
        if at
    }
    return {
        name: [BestPost(*words[pk], number) for pk, number in rows] for name, rows in lists.items()
    }
