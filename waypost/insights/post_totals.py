"""Totals of single posts that a person brings: typed, or from a file. Nothing is doubled.

A post's totals are snapshots. What a person brings for a day joins what was known by then, so
that a number which the file does not have stays; the same day brought again is replaced.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from waypost.insights import last_totals
from waypost.insights.models import POST_METRICS, PostSnapshot, Source
from waypost.insights.store import Recorded
from waypost.publishing.models import Delivery

Totals = Mapping[str, int | None]  # of POST_METRICS; None takes a number away


@dataclass(frozen=True)
class _Known:
    """What is kept of one post around a day."""

    same_day: PostSnapshot | None  # brought by a person for the same day
    before: PostSnapshot | None  # the last one by then, whoever told it


@transaction.atomic
def keep_totals(wanted: Mapping[Delivery, Totals], *, day: dt.date, source: Source) -> Recorded:
    """Keep ``wanted`` as of the end of ``day``; three queries for any number of posts."""
    known = _known(wanted, day)
    new, changed, same = [], [], 0
    for delivery, totals in wanted.items():
        found = known[delivery.pk]
        there = found.same_day
        now = _values(there or found.before) | dict(totals)
        if there is None:
            new.append(
                PostSnapshot(
                    delivery=delivery, taken_at=moment_of(delivery, day), source=source, **now
                )
            )
        elif now == _values(there):
            same += 1
        else:
            changed.append(_written(there, now, source))
    last_totals.add(new)
    last_totals.change(changed)
    return Recorded(len(new), len(changed), same)


def moment_of(delivery: Delivery, day: dt.date) -> dt.datetime:
    """The last second of ``day`` where the business is; never before the post, nor to come."""
    zone = delivery.item.zone
    end = dt.datetime.combine(day, dt.time(23, 59, 59), zone)
    earliest = delivery.published_at or end
    return max(min(end, timezone.now()), earliest)


def _values(snapshot: PostSnapshot | None) -> dict[str, int | None]:
    return {key: getattr(snapshot, key, None) for key in POST_METRICS}


def _written(row: PostSnapshot, values: Totals, source: Source) -> PostSnapshot:
    row.source = source
    for key, value in values.items():
        setattr(row, key, value)
    return row


def _known(wanted: Iterable[Delivery], day: dt.date) -> Mapping[int, _Known]:
    deliveries = {delivery.pk: delivery for delivery in wanted}
    histories: defaultdict[int, list[PostSnapshot]] = defaultdict(list)
    rows = PostSnapshot.objects.filter(delivery__in=deliveries).order_by("taken_at", "pk")
    for row in rows:
        histories[row.delivery_id].append(row)
    return {pk: _around(each, histories[pk], day) for pk, each in deliveries.items()}


def _around(delivery: Delivery, history: Iterable[PostSnapshot], day: dt.date) -> _Known:
    until = moment_of(delivery, day)
    by_then = [row for row in history if row.taken_at <= until]
    brought = [
        row
        for row in by_then
        if row.source != Source.PULLED and row.taken_at.astimezone(delivery.item.zone).date() == day
    ]
    return _Known(brought[-1] if brought else None, by_then[-1] if by_then else None)


def brought(deliveries: Iterable[int]) -> Mapping[int, Mapping[str, int]]:
    """By delivery, the newest numbers that a person brought; one query.

    A network that is asked later keeps quiet about some of them, and they are carried on.
    """
    rows = PostSnapshot.objects.filter(delivery__in=list(deliveries)).exclude(source=Source.PULLED)
    return {
        row.delivery_id: {key: value for key, value in _values(row).items() if value is not None}
        for row in rows.order_by("taken_at", "pk")
    }
