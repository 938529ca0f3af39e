"""The numbers of one month, typed: every channel with the metrics of its purpose.

A form that saves itself: each cell is merged and stored for itself, so that nothing is lost and
a wrong number stops no other.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User
from waypost.insights.metrics import METRICS, Metric, Unit, chosen
from waypost.insights.models import Reading, Source
from waypost.insights.numbers import ChannelNumbers, Number, channel_numbers
from waypost.insights.periods import Period, month_of
from waypost.insights.store import Entry, Holder, of_month, record
from waypost.kit.careful import CarefulMixin, Trace
from waypost.kit.numbers import CountField, NumberField
from waypost.market.channel_words import usual_metrics
from waypost.providers.metrics import gives

LARGEST = Decimal("99999999999999")
MESSAGES = {"min_value": _("It cannot be below 0. Leave it empty when you do not know it.")}


def usual_month(today: dt.date) -> dt.date:
    """The first day of the last whole month."""
    return (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def asked_of(row: ChannelNumbers, *, everything: bool) -> tuple[Metric, ...]:
    """What the grid asks about a channel: its plan's metrics, and what was typed before."""
    holder = row.holder
    planned = holder.channel.metrics if holder.channel else usual_metrics(holder.network, "")
    keys = list(chosen(planned)) or list(chosen(usual_metrics(holder.network, "")))
    keys += [n.metric.key for n in row.known if n.source != "counted" and _is_typed(n)]
    if everything:
        keys += [key for key in METRICS if gives(holder.network, key)]
    return tuple(METRICS[key] for key in dict.fromkeys(keys) if not METRICS[key].is_counted)


def _is_typed(number: Number) -> bool:
    """Interactions that are only a sum of likes and others are not asked for."""
    return number.metric.key != "engagement" or bool(number.source)


@dataclass(frozen=True)
class Cell:
    field: BoundField
    number: Number
    name: str

    @property
    def metric(self) -> Metric:
        return self.number.metric


@dataclass(frozen=True)
class Group:
    """One channel of the grid."""

    holder: Holder
    cells: list[Cell]

    @property
    def filled(self) -> int:
        return sum(cell.field.value() not in {None, ""} for cell in self.cells)


@dataclass(frozen=True)
class Grid:
    business: Business
    month: dt.date  # its first day
    rows: tuple[ChannelNumbers, ...]
    everything: bool = False

    @classmethod
    def read(cls, business: Business, month: dt.date, *, everything: bool = False) -> "Grid":
        return cls(business, month, channel_numbers(business, month_of(month)), everything)

    @property
    def period(self) -> Period:
        return month_of(self.month)

    @property
    def month_before(self) -> dt.date:
        return self.period.before.first

    @property
    def month_after(self) -> dt.date:
        return self.period.last + dt.timedelta(days=1)

    def cells(self) -> Iterator[tuple[str, ChannelNumbers, Metric]]:
        """(name of the field, row, metric) in the order of the page."""
        for row in self.rows:
            for metric in asked_of(row, everything=self.everything):
                yield f"{row.holder.key}_{metric.key}", row, metric


class MonthForm(CarefulMixin, forms.Form):
    """One field for each cell of ``grid``."""

    def __init__(self, grid: Grid, *args: Any, **kwargs: Any) -> None:
        self.grid = grid
        self.base_fields = {  # type: ignore[misc]  # of this form alone
            name: _field(row.holder, metric) for name, row, metric in grid.cells()
        }
        kwargs["initial"] = MonthStore(grid).read(self.base_fields)
        super().__init__(*args, **kwargs)

    def groups(self) -> Iterator[Group]:
        groups: dict[Holder, list[Cell]] = {row.holder: [] for row in self.grid.rows}
        for name, row, metric in self.grid.cells():
            groups[row.holder].append(Cell(self[name], row.numbers[metric.key], name))
        for holder, cells in groups.items():
            yield Group(holder, cells)


def _field(holder: Holder, metric: Metric) -> NumberField:
    kind = CountField if metric.unit is Unit.NUMBER else NumberField
    return kind(
        label=str(metric.label),
        required=False,
        min_value=0,
        max_value=LARGEST,
        max_digits=16,
        decimal_places=0 if metric.unit is Unit.NUMBER else 2,
        error_messages=MESSAGES,
    )


class MonthStore:
    """Where the cells live: readings of the whole month; levels on its last day."""

    def __init__(self, grid: Grid, *, by: User | None = None) -> None:
        self.grid, self.by = grid, by
        self.places = {name: (row.holder, metric) for name, row, metric in grid.cells()}
        self.stored: dict[str, Reading] = {}

    def read(self, names: Collection[str]) -> Mapping[str, Any]:
        # A cell that is empty has no row to lock.
        Business.objects.select_for_update(of=("self",)).get(pk=self.grid.business.pk)
        self.stored = self._read()
        return {name: self.stored[name].value if name in self.stored else None for name in names}

    def _read(self) -> dict[str, Reading]:
        last = self.grid.period.last
        rows = self.grid.business.readings.select_related("by").filter(
            date__in=(self.grid.month, last), month=self.grid.period.months[0]
        )
        found = {
            (row.connection_id, row.channel_id, row.metric, row.span, row.date): row for row in rows
        }
        cells: dict[str, Reading] = {}
        for name, (holder, metric) in self.places.items():
            entry = of_month(metric.key, self.grid.month, None)
            key = (entry.metric, str(entry.span), entry.date)
            account = holder.connection.pk if holder.connection else None
            channel = holder.channel.pk if holder.channel else None
            row = found.get((account, None, *key)) or found.get((None, channel, *key))
            if row is not None:
                cells[name] = row
        return cells

    def write(self, changes: dict[str, Any]) -> None:
        by_holder: dict[Holder, list[Entry]] = {}
        for name, value in changes.items():
            holder, metric = self.places[name]
            entry = of_month(metric.key, self.grid.month, value)
            by_holder.setdefault(holder, []).append(entry)
        for holder, entries in by_holder.items():
            record(holder, entries, source=Source.TYPED, by=self.by)

    def trace(self, name: str) -> Trace:
        row = self.stored.get(name)
        return Trace(str(row.by or ""), row.noted_at) if row else Trace("", None)
