"""Totals of each month, kept beside the readings they are made of.

A year of twenty accounts is fifty thousand readings and two thousand totals; pages read the
latter, and the former only for a month that a time cuts through.
"""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from waypost.connections.models import Connection
from waypost.insights.models import MonthTotal, Reading
from waypost.market.models import Channel

READ = ("metric", "span", "month", "definition", "date", "value", "source")
Touched = Collection[tuple[str, int]]  # metric, month
Row = tuple[int, str, str, int, int, date, Decimal, str]  # business, then READ


def keep(connection: Connection | None, channel: Channel | None, touched: Touched) -> None:
    """Make the totals of ``touched`` anew from what is stored; within the writer's transaction.

    Four queries for any number of months. Two writers of one place come after one another, so
    that the second counts what the first has written.
    """
    if not touched:
        return
    _hold(connection or channel)
    wanted: dict[str, Any] = {
        "connection": connection,
        "channel": channel,
        "metric__in": {metric for metric, _month in touched},
        "month__in": {month for _metric, month in touched},
    }
    place = {"connection": connection, "channel": channel}
    rows = Reading.objects.filter(**wanted).order_by("date").values_list("business_id", *READ)
    MonthTotal.objects.filter(**wanted).delete()
    MonthTotal.objects.bulk_create(
        (MonthTotal(**place, **told) for told in totals(rows)), batch_size=200
    )


def _hold(owner: Connection | Channel | None) -> None:
    assert owner
    # Not its key: rows that point to it may still be written.
    list(type(owner).objects.select_for_update(no_key=True).filter(pk=owner.pk).values("pk"))


def totals(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Fields of a :class:`MonthTotal` for each group of ``rows``, which stand by date."""
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for business, metric, span, month, definition, day, value, source in rows:
        total = found.setdefault(
            (metric, span, month, definition),
            {
                "business_id": business,
                "metric": metric,
                "span": span,
                "month": month,
                "definition": definition,
                "total": Decimal(0),
                "number": 0,
                "source": source,
            },
        )
        total["total"] += value
        total["number"] += 1
        total |= {"last_on": day, "last_value": value, "last_source": source}
    return list(found.values())
