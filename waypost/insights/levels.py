"""Levels, such as followers, as they were last told: out of the totals of months.

The month that a day cuts through is read from its days, all others from their totals.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Func, Max, Q

from waypost.accounts.models import Business
from waypost.insights.metrics import METRICS, Kind
from waypost.insights.periods import month_end
from waypost.insights.store import month_number

LEVELS = [metric.key for metric in METRICS.values() if metric.kind is Kind.LEVEL]
Place = tuple[str, int]  # "connection" or "channel", pk
Key = tuple[Place, str]  # and metric
OF_TOTAL = ("last_on", "last_value", "definition", "last_source")
OF_READING = ("date", "value", "definition", "source")


@dataclass(frozen=True)
class Told:
    date: date
    value: Decimal
    definition: int
    source: str

    @classmethod
    def read(cls, text: str) -> "Told":
        day, value, definition, source = text.split("|")
        return cls(date.fromisoformat(day), Decimal(value), int(definition), source)


def place_of(connection: int | None, channel: int | None) -> Place:
    if connection is not None:
        return "connection", connection
    assert channel is not None
    return "channel", channel


def last_levels(business: Business, days: Sequence[date]) -> list[dict[Key, Told]]:
    """For each of ``days`` the newest reading of each level until then; one query."""
    grouped = ("connection_id", "channel_id", "metric")
    whole = {f"at_{n}": _newest(OF_TOTAL, _before(day)) for n, day in enumerate(days)}
    rows: Any = _totals(business).values_list(*grouped).annotate(**whole)
    if cut := _cut(days):
        parts = {f"at_{n}": _newest(OF_READING, _within(day)) for n, day in enumerate(days)}
        readings = business.readings.filter(metric__in=LEVELS, month__in=cut).order_by()
        rows = rows.union(readings.values_list(*grouped).annotate(**parts), all=True)
    found: list[dict[Key, str]] = [{} for _day in days]
    for connection, channel, metric, *texts in rows:
        for side, text in zip(found, texts, strict=True):
            key = place_of(connection, channel), metric
            side[key] = max(side.get(key, ""), text or "")
    return [{key: Told.read(text) for key, text in side.items() if text} for side in found]


def levels_by_month(
    business: Business, metric: str, months: Iterable[int], until: date
) -> Mapping[tuple[Place, int], Decimal]:
    """The last value of each month, in its last one until a day; one query."""
    grouped = ("connection_id", "channel_id", "month")
    totals = _totals(business).filter(_before(until), metric=metric, month__in=months)
    rows: Any = totals.values_list(*grouped).annotate(newest=_newest(OF_TOTAL))
    if _cut([until]):
        readings = business.readings.filter(_within(until), metric=metric).order_by()
        parts = readings.values_list(*grouped).annotate(newest=_newest(OF_READING))
        rows = rows.union(parts, all=True)
    return {
        (place_of(connection, channel), month): Told.read(text).value
        for connection, channel, month, text in rows
    }


def _totals(business: Business) -> Any:
    return business.month_totals.filter(metric__in=LEVELS).order_by()


def _cut(days: Iterable[date]) -> set[int]:
    return {month_number(day) for day in days if day != month_end(day)}


def _before(day: date) -> Q:
    """The months that are over on ``day``."""
    return Q(month__lt=month_number(day) + (day == month_end(day)))


def _within(day: date) -> Q:
    """What is told of a month on ``day``, unless that is its last."""
    if day == month_end(day):
        return Q(pk__in=[])
    return Q(month=month_number(day), date__lte=day)


class _Packed(Func):
    """Its columns as the text that :meth:`Told.read` reads.

    Both databases write days and numbers as text when text stands beside them; Django's own
    ``Concat`` guards each part against NULL, which none of them is, and takes long to compile.
    """

    template = "(%(expressions)s)"
    arg_joiner = " || '|' || "
    output_field = CharField()


def _newest(fields: Sequence[str], until: Q | None = None) -> Max:
    """The newest of a group, packed: the day comes first.

    One aggregate, so that no row is fetched for each day; its index holds all four columns.
    """
    return Max(_Packed(*fields), filter=until)
