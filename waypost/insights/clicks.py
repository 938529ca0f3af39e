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


def clicks_by_channel(business: Business, *periods: Period) -> list[dict[int, int]]:
    """By connection, for each of ``periods``; one query."""
    sums: dict[str, Any] = {
        f"in_{place}": Sum("clicks", filter=_within(period)) for place, period in enumerate(periods)
    }
    rows: Iterable[Mapping[str, Any]] = (
        clicked(business, *periods).values("link__connection").annotate(**sums)
    )
    told = list(rows)
    return [
        {row["link__connection"]: row[name] for row in told if row[name] is not None}
        for name in sums
    ]


def clicked(business: Business, *periods: Period) -> QuerySet[LinkDay]:
    """Days within any of ``periods`` on which links of ``business`` were followed."""
    wanted = Q(pk__in=[])
    for period in periods:
        wanted |= _within(period)
    return LinkDay.objects.filter(wanted, link__business=business).order_by()


def _within(period: Period) -> Q:
    return Q(date__range=(period.first, period.last))
