"""Bringing numbers in from a file: what it would do, then doing it. Nothing is ever doubled.

A row that cannot be understood is told by its number and left out; the others come in. A number
that is there already is replaced, so a file may be brought in as often as one likes.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.documents.kinds import RowError
from waypost.documents.reading import Cell, Line
from waypost.insights.metric_files import (
    CHANNEL,
    DATE,
    Table,
    When,
    at,
    plain,
    read_when,
)
from waypost.insights.metrics import METRICS, Kind, Metric, Unit
from waypost.insights.models import NumbersMemory, Source
from waypost.insights.store import (
    Entry,
    Holder,
    Recorded,
    Span,
    holders,
    of_month,
    record,
)
from waypost.kit.days import DAY_FIRST, NotADay
from waypost.kit.numbers import NotANumber, parse, parse_count

LARGEST = Decimal("99999999999999")
CALLED = 8  # channels that a sentence names
NOTHING = frozenset({"", "-", "–", "—", "--", "n/a", "na", "null", "none", "(not set)"})


@dataclass(frozen=True)
class Choices:
    """What a person said about a file, or what was guessed."""

    meanings: tuple[str, ...]  # by column: a metric, DATE, CHANNEL or IGNORE
    channel: str = ""  # key of the holder; empty: a column says which
    order: str = DAY_FIRST
    adds: bool = False  # rows of one day are added up; otherwise the last one counts

    @property
    def date(self) -> int | None:
        return self.meanings.index(DATE) if DATE in self.meanings else None

    @property
    def channel_column(self) -> int | None:
        return self.meanings.index(CHANNEL) if CHANNEL in self.meanings else None


@dataclass
class Plan:
    """The numbers of a file by channel, and what is wrong with its rows."""

    entries: dict[Holder, dict[tuple[str, Span, dt.date], Entry]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    errors: list[RowError] = field(default_factory=list)
    notes: list[RowError] = field(default_factory=list)
    recorded: Recorded = field(default_factory=Recorded)

    @property
    def number(self) -> int:
        return sum(len(entries) for entries in self.entries.values())

    @property
    def rows(self) -> list[tuple[Holder, Metric, Entry]]:
        """What comes in, by channel and day, to look at."""
        return [
            (holder, METRICS[entry.metric], entry)
            for holder, entries in self.entries.items()
            for entry in sorted(entries.values(), key=lambda entry: (entry.date, entry.metric))
        ]


def first_choices(business: Business, table: Table, name: str) -> Choices:
    """What was said of the last file with these headings, else what can be guessed."""
    place = table.guessed.index(DATE)
    guessed = Choices(table.guessed, guess_channel(business, table, name), table.order(place) or "")
    memory = business.numbers_memories.filter(headings=table.fingerprint).first()
    return _recalled(memory.choices, table, guessed) if memory else guessed


def _recalled(kept: Mapping[str, Any], table: Table, guessed: Choices) -> Choices:
    """``kept`` says what each heading means, so that columns may have moved."""
    meanings = tuple(
        kept["meanings"].get(plain(heading), guess)
        for heading, guess in zip(table.headings, guessed.meanings, strict=True)
    )
    order = guessed.order or kept["order"]
    return Choices(meanings, kept["channel"] or guessed.channel, order, kept["adds"])


def guess_channel(business: Business, table: Table, name: str) -> str:
    """The one channel whose network, name or handle the file speaks of; else the only one."""
    every = holders(business)
    text = f"{name} {table.title}".lower()
    named = [h for h in every if any(word and word in text for word in words_of(h))]
    known = named or every
    return known[0].key if len(known) == 1 else ""


def words_of(holder: Holder) -> set[str]:
    """What people and files call it; the reports say network and handle."""
    network, handle = str(holder.display.name), holder.handle
    both = f"{network} {handle}" if handle else ""
    return {word.lower() for word in (network, holder.name, handle, both) if word}


def remember(business: Business, table: Table, choices: Choices) -> None:
    kept = {
        "meanings": {
            plain(heading): meaning
            for heading, meaning in zip(table.headings, choices.meanings, strict=True)
        },
        "channel": choices.channel,
        "order": choices.order,
        "adds": choices.adds,
    }
    NumbersMemory.objects.update_or_create(
        business=business, headings=table.fingerprint, defaults={"choices": kept}
    )


def plan(business: Business, table: Table, choices: Choices) -> Plan:
    """The numbers of ``table``; touches nothing."""
    return _Planner(business, table, choices).plan()


class _Planner:
    def __init__(self, business: Business, table: Table, choices: Choices) -> None:
        self.table, self.choices = table, choices
        self.by_key = {holder.key: holder for holder in holders(business)}
        self.today = timezone.localdate()
        self.found = Plan()

    def plan(self) -> Plan:
        for line in self.table.lines:
            try:
                self._read(line)
            except (NotADay, NotANumber, _Unknown) as error:
                self.found.errors.append(RowError(line.number, str(error)))
        return self.found

    def _read(self, line: Line) -> None:
        assert self.choices.date is not None
        when = read_when(at(line, self.choices.date), self.choices.order)
        if when is None:
            return
        if when.date > self.today:
            raise NotADay(_("The day %(day)s is still to come.") % {"day": when.date})
        holder = self._holder(line)
        entries = self._entries(line, when)
        if not entries and when.span is Span.MONTH:
            words = _("No number stands here for %(month)s, so nothing changes.")
            month = date_format(when.date, "YEAR_MONTH_FORMAT")
            self.found.notes.append(RowError(line.number, words % {"month": month}))
        for entry in entries:
            self._keep(line, holder, entry)

    def _holder(self, line: Line) -> Holder:
        column = self.choices.channel_column
        if column is None:
            return self.by_key[self.choices.channel]
        told = str(at(line, column) or "").strip()
        known = [h for h in self.by_key.values() if told.lower().lstrip("@") in words_of(h)]
        if len(known) == 1:
            return known[0]
        if not told and self.choices.channel:
            return self.by_key[self.choices.channel]
        raise _Unknown(self._which(told, known))

    def _which(self, told: str, known: list[Holder]) -> str:
        if known:
            words = _("Several channels are called “%(name)s”: %(known)s. Write one of these.")
            return words % {"name": told, "known": _called(known)}
        words = _("There is no channel called “%(name)s”. Your channels: %(known)s.")
        return words % {"name": told or "–", "known": _called(list(self.by_key.values()))}

    def _entries(self, line: Line, when: When) -> list[Entry]:
        found = []
        for place, key in enumerate(self.choices.meanings):
            if key not in METRICS:
                continue
            value = read_number(at(line, place), METRICS[key])
            if value is not None:
                month = when.span is Span.MONTH
                made = of_month(key, when.date, value) if month else Entry(key, when.date, value)
                found.append(made)
        return found

    def _keep(self, line: Line, holder: Holder, entry: Entry) -> None:
        there = self.found.entries[holder].get(entry.place)
        adds = self.choices.adds and METRICS[entry.metric].kind is Kind.SUM
        if there is not None and adds:
            assert there.value is not None
            assert entry.value is not None
            entry = replace(entry, value=there.value + entry.value)
        elif there is not None and there.value != entry.value:
            words = _("%(metric)s of %(day)s stands in the file twice; the last one counts.")
            told = {"metric": METRICS[entry.metric].label, "day": entry.date}
            self.found.notes.append(RowError(line.number, words % told))
        self.found.entries[holder][entry.place] = entry


def _called(channels: list[Holder]) -> str:
    """By their shortest name that is theirs alone, a few of them."""
    every = [word for each in channels for word in words_of(each)]
    names = [
        each.name if every.count(each.name.lower()) == 1 else f"{each.display.name} {each.handle}"
        for each in channels
    ]
    rest = ["…"] if len(names) > CALLED else []
    return ", ".join([*names[:CALLED], *rest]) or "–"


class _Unknown(Exception):
    """A row of which the channel is not known."""


def read_number(cell: Cell, metric: Metric) -> Decimal | None:
    """None for an empty cell; raises ``NotANumber`` with a sentence."""
    if isinstance(cell, Decimal):
        value = cell
    else:
        text = str(cell if cell is not None else "").strip()
        if text.lower() in NOTHING:
            return None
        if metric.unit is Unit.MONEY:
            text = text.strip("€$£ \u00a0").removesuffix("EUR").removeprefix("EUR").strip()
        value = parse_count(text) if metric.unit is Unit.NUMBER else parse(text)
    if value < 0 and metric.key != "revenue":
        words = _("%(metric)s cannot be below 0, and here stands %(value)s.")
        raise NotANumber(words % {"metric": metric.label, "value": cell})
    if abs(value) > LARGEST:
        raise NotANumber(_("%(value)s is too large.") % {"value": cell})
    if metric.unit is Unit.NUMBER and value != value.to_integral_value():
        words = _("%(metric)s is counted in whole numbers, and here stands %(value)s.")
        raise NotANumber(words % {"metric": metric.label, "value": cell})
    return value.quantize(Decimal("0.01"), "ROUND_HALF_UP")


@transaction.atomic
def bring(
    business: Business, table: Table, choices: Choices, *, by: User | None, dry_run: bool
) -> Plan:
    """Keep the numbers of ``table``; ``dry_run`` counts the same and leaves all as it was."""
    found = plan(business, table, choices)
    save = transaction.savepoint()
    for holder, entries in found.entries.items():
        found.recorded += record(holder, list(entries.values()), source=Source.IMPORTED, by=by)
    if dry_run:
        transaction.savepoint_rollback(save)
    else:
        transaction.savepoint_commit(save)
        remember(business, table, choices)
    return found


def what_lacks(choices: Choices) -> str:
    """A sentence about what nobody said and nobody can guess; empty: all is known."""
    if choices.date is None:
        return _("Say which column holds the days.")
    if not any(meaning in METRICS for meaning in choices.meanings):
        return _("Say what at least one column counts.")
    if not choices.channel and choices.channel_column is None:
        return _("Say of which channel the numbers are.")
    if not choices.order:
        return _("Days like 04/05/2026 can be read in two ways. Say which comes first.")
    return ""
