"""Keeping numbers: one for each channel, metric and day (or month), whoever brings it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.insights.metrics import METRICS, Kind
from waypost.insights.models import Reading, Source
from waypost.insights.month_totals import keep
from waypost.insights.periods import month_end
from waypost.market.channel_words import display_of
from waypost.market.models import Channel
from waypost.providers.display import Display
from waypost.providers.metrics import definition
from waypost.providers.networks import key_of

Span = Reading.Span
Place = tuple[str, Span, dt.date]  # metric, span, day


@dataclass(frozen=True)
class Holder:
    """A channel that has numbers: in the plan, connected at its network, or both."""

    channel: Channel | None
    connection: Connection | None

    @property
    def key(self) -> str:
        """Names it on a page: ``c12`` is a channel of the plan, ``a7`` an account."""
        if self.channel:
            return f"c{self.channel.pk}"
        assert self.connection
        return f"a{self.connection.pk}"

    @property
    def network(self) -> str:
        if self.connection:
            return key_of(self.connection.provider_id, self.connection.settings)
        assert self.channel
        return self.channel.network

    @property
    def name(self) -> str:
        return self.channel.name if self.channel else str(self.connection)

    @property
    def handle(self) -> str:
        owner = self.connection or self.channel
        return owner.handle if owner else ""

    @property
    def display(self) -> Display:
        return self.connection.display if self.connection else display_of(self.network)


@dataclass(frozen=True)
class Entry:
    """One number to keep; None takes away what was there."""

    metric: str
    date: dt.date
    value: Decimal | None
    span: Span = Span.DAY

    @property
    def place(self) -> Place:
        return self.metric, self.span, self.date


@dataclass(frozen=True)
class Recorded:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def __add__(self, other: "Recorded") -> "Recorded":
        return Recorded(
            self.added + other.added,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.removed + other.removed,
        )


def holders(business: Business) -> list[Holder]:
    """The channels of the plan in their order, then accounts that no channel names."""
    channels = list(business.channels.select_related("connection"))
    named = {channel.connection_id for channel in channels}
    others = business.connections.usable().exclude(pk__in=[pk for pk in named if pk])
    return [
        *(Holder(channel, channel.connection) for channel in channels),
        *(Holder(None, connection) for connection in others),
    ]


def month_number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def of_month(metric: str, month: dt.date, value: Decimal | None) -> Entry:
    """A month's number: a level stands on its last day, all others belong to the whole."""
    if METRICS[metric].kind is Kind.LEVEL:
        return Entry(metric, month_end(month), value)
    return Entry(metric, month.replace(day=1), value, Span.MONTH)


@transaction.atomic
def record(
    holder: Holder, entries: Sequence[Entry], *, source: Source, by: User | None = None
) -> Recorded:
    """Keep ``entries``; of several for one place the last counts.

    What is pulled never replaces what a person typed or imported.
    """
    wanted = {entry.place: entry for entry in entries}
    stored = _stored(holder, wanted.values())
    if source == Source.PULLED:
        wanted = {
            place: entry
            for place, entry in wanted.items()
            if place not in stored or stored[place].source == Source.PULLED
        }
    gone = {stored[place].pk for place in wanted if _is_gone(wanted[place], stored.get(place))}
    Reading.objects.filter(pk__in=gone).delete()
    new, changed = [], []
    for place, entry in wanted.items():
        row = stored.get(place)
        if entry.value is None:
            continue
        if row is None:
            new.append(_row(holder, entry, source, by))
        elif row.value != entry.value or row.source != source:
            changed.append(_written(row, entry.value, source, by))
    Reading.objects.bulk_create(new, batch_size=500)
    Reading.objects.bulk_update(changed, ["value", "source", "noted_at", "by"], batch_size=200)
    written = [*new, *changed, *(row for row in stored.values() if row.pk in gone)]
    keep(*_place(holder), {(row.metric, row.month) for row in written})
    same = sum(entry.value is not None for entry in wanted.values()) - len(new) - len(changed)
    return Recorded(len(new), len(changed), same, len(gone))


def _is_gone(entry: Entry, row: Reading | None) -> bool:
    return entry.value is None and row is not None


def _place(holder: Holder) -> tuple[Connection | None, Channel | None]:
    """Where its numbers are kept: one of the two."""
    return holder.connection, None if holder.connection else holder.channel


def _stored(holder: Holder, entries: Iterable[Entry]) -> dict[Place, Reading]:
    days = [entry.date for entry in entries]
    if not days:
        return {}
    connection, channel = _place(holder)
    rows = Reading.objects.filter(
        connection=connection,
        channel=channel,
        date__range=(min(days), max(days)),
        metric__in={entry.metric for entry in entries},
    )
    return {(row.metric, Span(row.span), row.date): row for row in rows}


def _row(holder: Holder, entry: Entry, source: Source, by: User | None) -> Reading:
    owner = holder.connection or holder.channel
    assert owner
    assert entry.value is not None
    connection, channel = _place(holder)
    return Reading(
        business_id=owner.business_id,
        connection=connection,
        channel=channel,
        metric=entry.metric,
        span=entry.span,
        date=entry.date,
        month=month_number(entry.date),
        value=entry.value,
        source=source,
        definition=definition(holder.network, entry.metric, entry.date),
        by=by,
    )


def _written(row: Reading, value: Decimal, source: Source, by: User | None) -> Reading:
    row.value, row.source, row.by, row.noted_at = value, source, by, timezone.now()
    return row
