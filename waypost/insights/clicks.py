"""Clicks on our own short links: known by day, channel and post, whatever a network tells.

``content`` counts them when a link is followed (days in UTC, known robots left out); here they
are summed up. A channel or post without a short link has no number, which is not 0.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet, Sum

from waypost.accounts.models import Business
from waypost.content.models import LinkDay
from waypost.insights.periods import Period

PostKey = tuple[int, int]  # item, connection


def clicks_by_channel(business: Business, *periods: Period) -> list[dict[int, int]]:
    """By connection, for each of ``periods``; one query."""
    sums: dict[str, Any] = {
        f"in_{place}": Sum("clicks", filter=_within(period)) for place, period in enumerate(periods)
    }
    rows: Iterable[Mapping[str, Any]] = (
        _days(business, periods).values("link__connection").annotate(**sums)
    )
    told = list(rows)
    return [
        {row["link__connection"]: row[name] for row in told if row[name] is not None}
        for name in sums
    ]


def clicks_by_post(business: Business, period: Period) -> dict[PostKey, int]:
    """By item and channel, of clicks within ``period``; one query."""
    rows = _days(business, [period]).values_list("link__item", "link__connection")
    return {(item, channel): n for item, channel, n in rows.annotate(n=Sum("clicks"))}


def _days(business: Business, periods: Iterable[Period]) -> QuerySet[LinkDay]:
    wanted = Q(pk__in=[])
    for period in periods:
        wanted |= _within(period)
    return LinkDay.objects.filter(wanted, link__business=business).order_by()


def _within(period: Period) -> Q:
    return Q(date__range=(period.first, period.last))
