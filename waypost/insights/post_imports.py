"""Bringing totals of posts in from a file: which post each row is about, then keeping them.

A row finds its post by its address, by the network's id, or by what it says and when. One that
fits none or several is told by its number and left out; nothing is guessed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.documents.kinds import RowError
from waypost.documents.reading import Line
from waypost.insights.imports import guess_channel, read_number, words_of
from waypost.insights.metric_files import CHANNEL, TOTALS, Table, at, plain
from waypost.insights.metrics import METRICS
from waypost.insights.models import POST_METRICS, NumbersMemory, Source
from waypost.insights.periods import month_end
from waypost.insights.post_files import (
    ADDRESS,
    PLACES,
    REMOTE_ID,
    SHORTEST,
    TEXT,
    TIME,
    Moment,
    PostTable,
    address_of,
    ids_in,
    read_moment,
    same_text,
    text_key,
    texts_of,
)
from waypost.insights.post_totals import keep_totals
from waypost.insights.store import Holder, Recorded, holders
from waypost.kit.days import DAY_FIRST, NotADay
from waypost.kit.numbers import NotANumber
from waypost.publishing.models import Delivery

A_DAY = dt.timedelta(days=1)
SOON = dt.timedelta(minutes=2)
HOW: Mapping[str, Promise] = {
    "address": gettext_lazy("by its address"),
    "id": gettext_lazy("by the network's id"),
    "text": gettext_lazy("by what it says"),
    "time": gettext_lazy("by its time"),
}


@dataclass(frozen=True)
class PostChoices:
    """What a person said about a file of posts, or what was guessed."""

    meanings: tuple[str, ...]  # by column: one of PLACES, CHANNEL, POST_METRICS, or nothing
    channel: str = ""  # key of the holder; empty: a column says it, or any
    order: str = DAY_FIRST
    day: dt.date | None = None  # the totals are those at its end; None: guessed


@dataclass(frozen=True)
class Found:
    """A row with its post."""

    row: int
    delivery: Delivery
    how: str
    totals: Mapping[str, int]

    @property
    def how_words(self) -> str:
        return str(HOW[self.how])

    @property
    def numbers(self) -> str:
        return ", ".join(f"{METRICS[key].label} {value}" for key, value in self.totals.items())


@dataclass
class PostPlan:
    day: dt.date
    found: list[Found] = field(default_factory=list)
    unmatched: list[RowError] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    notes: list[RowError] = field(default_factory=list)
    recorded: Recorded = field(default_factory=Recorded)

    @property
    def by_post(self) -> dict[Delivery, Mapping[str, int]]:
        """Of several rows about one post the last counts."""
        return {each.delivery: each.totals for each in self.found}


def first_choices(business: Business, posts: PostTable, name: str) -> PostChoices:
    """What was said of the last file with these headings, else what can be guessed."""
    table = posts.table
    guessed = PostChoices(
        posts.guessed, guess_channel(business, table, name), posts.order(posts.guessed)
    )
    memory = business.numbers_memories.filter(headings=table.fingerprint).first()
    kept: Mapping[str, Any] = memory.choices if memory else {}
    if not kept.get("posts"):
        return guessed
    meanings = tuple(
        kept["meanings"].get(plain(heading), guess)
        for heading, guess in zip(table.headings, guessed.meanings, strict=True)
    )
    order = posts.order(meanings) or kept["order"]
    return PostChoices(meanings, kept["channel"] or guessed.channel, order)


def what_lacks(choices: PostChoices) -> str:
    """A sentence about what nobody said and nobody can guess; empty: all is known."""
    if not {ADDRESS, REMOTE_ID, TEXT} & set(choices.meanings):
        return _("Say which column holds the address, the id or the text of the posts.")
    if not any(meaning in POST_METRICS for meaning in choices.meanings):
        return _("Say what at least one column counts.")
    if not choices.order:
        return _("Days like 04/05/2026 can be read in two ways. Say which comes first.")
    return ""


@transaction.atomic
def bring_posts(
    business: Business, posts: PostTable, choices: PostChoices, *, dry_run: bool
) -> PostPlan:
    """Keep the totals of ``posts``; ``dry_run`` counts the same and leaves all as it was."""
    found = _Planner(business, posts.table, choices).plan()
    save = transaction.savepoint()
    found.recorded = keep_totals(found.by_post, day=found.day, source=Source.IMPORTED)
    if dry_run:
        transaction.savepoint_rollback(save)
    else:
        transaction.savepoint_commit(save)
        _remember(business, posts.table, choices)
    return found


def _remember(business: Business, table: Table, choices: PostChoices) -> None:
    pairs = zip(table.headings, choices.meanings, strict=True)
    kept = {
        "posts": True,
        "meanings": {plain(heading): meaning for heading, meaning in pairs},
        "channel": choices.channel,
        "order": choices.order,
    }
    NumbersMemory.objects.update_or_create(
        business=business, headings=table.fingerprint, defaults={"choices": kept}
    )


@dataclass(frozen=True)
class _Row:
    """One row as it was read, before its post is known."""

    number: int
    address: str
    remote_id: str
    text: str
    at: Moment | None
    holder: Holder | None
    totals: Mapping[str, int]

    @property
    def called(self) -> str:
        """What to call it when it is told about."""
        return (self.text or self.address or self.remote_id)[:80]


class _Nobody(Exception):
    """A row that fits no post, or several."""


class _Planner:
    def __init__(self, business: Business, table: Table, choices: PostChoices) -> None:
        self.business, self.table, self.choices = business, table, choices
        self.by_key = {holder.key: holder for holder in holders(business)}
        self.found = PostPlan(choices.day or timezone.localdate())

    def plan(self) -> PostPlan:
        rows = [row for line in self.table.lines if (row := self._try_to_read(line))]
        if self.choices.day is None:
            self.found.day = usual_day(row.at.day for row in rows if row.at)
        ours = _Ours(self.business, self.choices.channel and self.by_key[self.choices.channel])
        taken: set[Delivery] = set()
        for row in rows:
            self._match(row, ours, taken)
        return self.found

    def _match(self, row: _Row, ours: "_Ours", taken: set[Delivery]) -> None:
        try:
            delivery, how = ours.find(row)
        except _Nobody as nobody:
            words = f"{row.called}: {nobody}" if row.called else str(nobody)
            self.found.unmatched.append(RowError(row.number, words))
            return
        if delivery in taken:
            words = _("“%(title)s” stands in the file twice; the last one counts.")
            told = {"title": delivery.item.title}
            self.found.notes.append(RowError(row.number, words % told))
        taken.add(delivery)
        self.found.found.append(Found(row.number, delivery, how, row.totals))

    def _try_to_read(self, line: Line) -> _Row | None:
        try:
            return self._read(line)
        except (NotADay, NotANumber) as error:
            self.found.errors.append(RowError(line.number, str(error)))
        return None

    def _read(self, line: Line) -> _Row | None:
        meanings = self.choices.meanings
        told = {meaning: texts_of(line, meanings, meaning) for meaning in (*PLACES, CHANNEL)}
        if any(told[place].lower().strip(":") in TOTALS for place in PLACES):
            return None
        totals = self._totals(line)
        if not totals:
            return None
        cell = at(line, meanings.index(TIME)) if TIME in meanings else None
        moment = read_moment(cell, self.choices.order)
        return _Row(
            line.number,
            address_of(told[ADDRESS]),
            told[REMOTE_ID],
            told[TEXT],
            moment,
            self._holder(told[CHANNEL]),
            totals,
        )

    def _totals(self, line: Line) -> dict[str, int]:
        counted = [pair for pair in enumerate(self.choices.meanings) if pair[1] in POST_METRICS]
        told = {key: read_number(at(line, place), METRICS[key]) for place, key in counted}
        return {key: int(value) for key, value in told.items() if value is not None}

    def _holder(self, told: str) -> Holder | None:
        known = [h for h in self.by_key.values() if told.lower().lstrip("@") in words_of(h)]
        return known[0] if told and len(known) == 1 else None


def usual_day(posted: Iterable[dt.date]) -> dt.date:
    """The end of the month of the newest post where it is over, else today.

    A report of a month reads what was known by its last day, and its file is exported later.
    """
    today = timezone.localdate()
    newest = max(posted, default=today)
    return min(month_end(newest), today)


class _Ours:
    """The posts of the business that are out, to be found by what a file says of them."""

    def __init__(self, business: Business, holder: Holder | str) -> None:
        rows = (
            Delivery.objects.published()
            .whole()
            .filter(item__business=business)
            .select_related("item", "connection")
            .prefetch_related("item__variants")
        )
        if isinstance(holder, Holder):
            rows = rows.filter(connection=holder.connection)
        self.rows = list(rows)

    @cached_property
    def by_address(self) -> Mapping[str, list[Delivery]]:
        return _listed(self.rows, lambda each: [address_of(each.remote_url)])

    @cached_property
    def by_id(self) -> Mapping[str, list[Delivery]]:
        return _listed(self.rows, lambda each: [each.remote_id, *list(ids_in(each.remote_id))])

    @cached_property
    def by_text(self) -> Mapping[str, list[Delivery]]:
        return _listed(self.rows, lambda each: [key[:SHORTEST] for key in _texts(each)])

    def find(self, row: _Row) -> tuple[Delivery, str]:
        """The post and how it was found; raises ``_Nobody`` with a sentence."""
        ways: tuple[tuple[str, Callable[[_Row], list[Delivery]]], ...] = (
            ("address", lambda row: self.by_address.get(row.address, [])),
            ("id", self._by_id),
            ("text", self._by_text),
            ("time", self._by_time),
        )
        for how, way in ways:
            fitting = [each for each in way(row) if _is_of(each, row.holder)]
            if len(fitting) == 1:
                return fitting[0], how
            if fitting:
                raise _Nobody(_("It fits several posts. Say of which channel the file is."))
        raise _Nobody(_("No post of yours fits."))

    def _by_id(self, row: _Row) -> list[Delivery]:
        found = [
            each
            for word in (row.remote_id, *sorted(ids_in(row.remote_id) | ids_in(row.address)))
            for each in self.by_id.get(word, [])
        ]
        return list(dict.fromkeys(found))

    def _by_text(self, row: _Row) -> list[Delivery]:
        key = text_key(row.text)
        fitting = [
            each
            for each in self.by_text.get(key[:SHORTEST], ())
            if any(same_text(key, text) for text in _texts(each))
        ]
        if row.at is None:
            return fitting
        near = {each: abs(_local(each).date() - row.at.day) for each in fitting}
        least = min(near.values(), default=A_DAY)
        # Networks write their own clocks, so that the day before or after may be meant.
        return [each for each, away in near.items() if away == least <= A_DAY]

    def _by_time(self, row: _Row) -> list[Delivery]:
        """Only where the row says nothing that could be compared."""
        if text_key(row.text) or row.at is None or row.at.clock is None:
            return []
        told = dt.datetime.combine(row.at.day, row.at.clock)
        return [each for each in self.rows if abs(_local(each).replace(tzinfo=None) - told) <= SOON]


def _listed(
    rows: Iterable[Delivery], keys: Callable[[Delivery], Iterable[str]]
) -> Mapping[str, list[Delivery]]:
    found: defaultdict[str, list[Delivery]] = defaultdict(list)
    for each in rows:
        for key in dict.fromkeys(keys(each)):
            if key:
                found[key].append(each)
    return found


def _is_of(delivery: Delivery, holder: Holder | None) -> bool:
    return holder is None or delivery.connection == holder.connection


def _texts(delivery: Delivery) -> list[str]:
    """What it may be known by: its title, its text, and its text on this channel."""
    own = [
        variant.text
        for variant in delivery.item.variants.all()
        if variant.connection_id == delivery.connection_id
    ]
    keys = (text_key(text) for text in (*own, delivery.item.text, delivery.item.title))
    return [key for key in dict.fromkeys(keys) if key]


def _local(delivery: Delivery) -> dt.datetime:
    assert delivery.published_at
    return delivery.published_at.astimezone(delivery.item.zone)
