"""What a file would do to the calendar, without doing it: post by post."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.content.actions import ChannelDraft, Draft, PictureDraft
from waypost.content.exchange.calendar_file import CalendarFile
from waypost.content.exchange.choices import Choices
from waypost.content.exchange.columns import COMPUTED, HEADINGS
from waypost.content.exchange.differences import (
    Change,
    changes_between,
    draft_of,
    each_once,
    key_of,
    minute_of,
    plain_values,
    title_from,
    whole_text,
    with_texts,
)
from waypost.content.exchange.merging import merged
from waypost.content.exchange.moments import USUAL_TIME, Clock, due
from waypost.content.exchange.rows import RELATED, number_of
from waypost.content.exchange.states import Start, wanted_state
from waypost.content.exchange.told import Fault, Reader, Told
from waypost.content.models import Item, Variant
from waypost.documents.headings import NotUnderstood
from waypost.documents.kinds import RowError
from waypost.kit.screen import status_word
from waypost.library.models import Asset


@dataclass(frozen=True)
class Post:
    """What becomes of one post of the file; its rows are named by their first."""

    line: int
    title: str
    what: str  # added | changed | unchanged | known | error
    draft: Draft | None = None
    item: Item | None = None
    target: str = ""  # the state that it shall have; empty: as it is
    changes: tuple[Change, ...] = ()
    addresses: tuple[str, ...] = ()  # of pictures to fetch, behind those of the draft
    notes: tuple[str, ...] = ()
    message: str = ""  # what is wrong


@dataclass(frozen=True)
class Plan:
    posts: list[Post] = field(default_factory=list)

    def of(self, *what: str) -> list[Post]:
        return [post for post in self.posts if post.what in what]

    @property
    def errors(self) -> list[RowError]:
        found = [RowError(post.line, post.message) for post in self.of("error")]
        return sorted(found, key=lambda error: error.row)

    @property
    def counts(self) -> dict[str, int]:
        names = ("added", "changed", "unchanged", "known")
        return {name: len(self.of(name)) for name in names}

    @property
    def addresses(self) -> list[str]:
        """Of every picture that has to be fetched, each once."""
        work = self.of("added", "changed")
        return list(dict.fromkeys(each for post in work for each in post.addresses))


def plan(
    business: Business,
    file: CalendarFile,
    choices: Choices,
    *,
    by: User,
    fetched: Mapping[str, Asset] | None = None,
    beat: Callable[[int], None] = lambda row: None,
) -> Plan:
    """Reads only; a handful of queries for any number of rows.

    ``fetched`` are pictures by the address that the file gives for them; ``beat`` is told how
    many rows are read.
    """
    return _Planner(business, file, choices, by, fetched or {}, beat).plan()


@dataclass
class _Planner:
    business: Business
    file: CalendarFile
    choices: Choices
    by: User
    fetched: Mapping[str, Asset]
    beat: Callable[[int], None]

    def plan(self) -> Plan:
        self.zone = self.business.zone
        self.reader = Reader(self.business, self.choices, self.fetched)
        self.start = Start.of(self.business, self.by)
        faults: list[Post] = []
        told: list[Told] = []
        part = self.file.part.mapped(self.choices.columns)
        for count, line in enumerate(part.lines):
            self.beat(count)
            cells = {name: cell for name, cell in part.values(line).items() if name not in COMPUTED}
            try:
                row = self.reader.read(line.number, cells)
            except Fault as fault:
                faults.append(Post(line.number, str(cells.get("title") or ""), "error",
                                   message=fault.told))  # fmt: skip
                continue
            if not row.is_empty:
                told.append(row)
        groups = list(_grouped(told))
        self.known = self._known_items(groups)
        self.taken = self._taken(groups)
        return Plan([*faults, *map(self._post, groups)])

    def _known_items(self, groups: Sequence[Sequence[Told]]) -> dict[str, Item]:
        """By the number that our own files give them."""
        numbers = {group[0].number for group in groups if group[0].number}
        keys = [number.partition("-")[0] for number in numbers]
        pks = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 16]
        found: dict[str, Item] = {}
        for start in range(0, len(pks), 500):
            rows = self.business.items.filter(pk__in=pks[start : start + 500])
            rows = rows.select_related(*RELATED)
            for item in rows.prefetch_related("variants__connection", "pictures__asset"):
                item.business = self.business
                found[number_of(item)] = item
        return {number: item for number, item in found.items() if number in numbers}

    def _taken(self, groups: Sequence[Sequence[Told]]) -> set[tuple[Any, ...]]:
        """Channel, minute and text of what is in the calendar around the days of the file; the
        title stands in for a text that is not written yet.
        """
        days = [row.when.day for group in groups for row in group if row.when and row.when.day]
        rows = self.business.items.filter(due_at=None)
        if days:
            day = dt.timedelta(days=2)
            first = dt.datetime.combine(min(days), dt.time(), dt.UTC) - day
            last = dt.datetime.combine(max(days), dt.time(), dt.UTC) + day
            rows = rows | self.business.items.due_between(first, last)
        variants = Variant.objects.filter(item__in=rows.values("pk")).values_list(
            "connection_id", "item__due_at", "text", "item__text", "item__title"
        )
        found = {key_of(where, at, own or text or name) for where, at, own, text, name in variants}
        bare = rows.filter(variants=None).values_list("due_at", "text", "title")
        return found | {key_of(None, at, text or name) for at, text, name in bare}

    def _post(self, group: Sequence[Told]) -> Post:
        first = group[0]
        item = self.known.get(first.number)
        title = first.values.get("title") or (item.title if item else "")
        try:
            told = merged(group)
            return self._change(item, group, told) if item else self._add(group, told)
        except Fault as fault:
            return Post(first.line, title, "error", message=fault.told)

    def _add(self, group: Sequence[Told], told: Told) -> Post:
        texts = [whole_text(row) for row in group]
        title = told.values.get("title") or title_from(texts[0])
        if not title:
            raise Fault("title", _("This row has neither a title nor a text."))
        due_at, notes = self._due(told, None)
        channels = [
            ChannelDraft(each, "" if text == texts[0] else text)
            for row, text in zip(group, texts, strict=True)
            for each in row.channels
        ]
        pictures, values = told.pictures, plain_values(told)
        if "language" not in values:
            values["language"] = self.business.language
        draft = Draft(
            **{**values, **self._initiative(values, None)},
            title=title,
            text=texts[0],
            due_at=due_at,
            channels=each_once(channels),
            pictures=[PictureDraft(asset) for asset in pictures.assets] if pictures else [],
        )
        self.start.refuse_channels(draft)
        common = draft.text or title
        keys = [key_of(each.connection.pk, due_at, each.text or common) for each in channels]
        keys = keys or [key_of(None, due_at, common)]
        if all(key in self.taken for key in keys):
            return Post(told.line, title, "known")
        self.taken.update(keys)
        start = replace(self.start, pictures_follow=bool(pictures and pictures.addresses))
        target, said = start.of_new(told.values.get("status", ""), draft)
        more = pictures.notes if pictures else ()
        return Post(
            told.line, title, "added", draft, target=target,
            addresses=pictures.addresses if pictures else (),
            notes=(*notes, *more, *said),
        )  # fmt: skip

    def _change(self, item: Item, group: Sequence[Told], told: Told) -> Post:
        old = draft_of(item)
        due_at, notes = self._due(told, item) if told.when else (item.due_at, [])
        values = plain_values(told, item)
        new = replace(old, **{**values, **self._initiative(values, item)}, due_at=due_at)
        new = with_texts(new, item, group)
        pictures = told.pictures
        addresses = pictures.addresses if pictures else ()
        if pictures and [use.asset for use in old.pictures] != list(pictures.assets):
            alts = {use.asset.pk: use.alt for use in old.pictures}
            uses = [PictureDraft(each, alts.get(each.pk, "")) for each in pictures.assets]
            new = replace(new, pictures=uses)
        changes = list(changes_between(old, new, self.zone))
        if addresses:
            changes.append(Change(str(HEADINGS["pictures"]), "", " ".join(addresses)))
        target = wanted_state(item, told.values.get("status", ""), new, self.start)
        if changes and not item.is_editable:
            raise Fault(
                "", _("This post is out, on its way or cancelled, so it cannot be changed.")
            )
        if changes or target:
            self.start.refuse_channels(new)
        if target:
            words = status_word(item.status), status_word(target)
            changes.append(Change(str(HEADINGS["status"]), *words))
        what = "changed" if changes else "unchanged"
        more = pictures.notes if pictures else ()
        return Post(
            told.line, new.title, what, new if changes else None, item, target, tuple(changes),
            addresses, (*notes, *more) if changes else (),
        )  # fmt: skip

    def _due(self, told: Told, item: Item | None) -> tuple[dt.datetime | None, list[str]]:
        when = told.when
        wall = item.due_at.astimezone(self.zone) if item and item.due_at else None
        if when is None or (when.day is None and when.clock is None):
            return None, []
        day = when.day or (wall.date() if wall else None)
        if day is None:
            raise Fault("date", _("There is a time but no day."))
        notes = []
        clock = when.clock or (Clock(wall.time()) if wall else None)
        if clock is None:
            clock = Clock(USUAL_TIME)
            said = _("It has no time, so it gets %(time)s.")
            notes.append(said % {"time": f"{USUAL_TIME:%H:%M}"})
        # As a file writes it: also the seconds, and which of two equal times it was.
        stays = wall and (day, minute_of(clock.time)) == (wall.date(), minute_of(wall.time()))
        if item and stays and clock.offset is None:
            return item.due_at, []
        try:
            due_at, note = due(day, clock, self.zone)
        except NotUnderstood as error:
            raise Fault("time", str(error)) from error
        return due_at, [*notes, *([note] if note else [])]

    def _initiative(self, values: Mapping[str, Any], item: Item | None) -> dict[str, Any]:
        """An initiative brings its goal along."""
        initiative = values.get("initiative")
        if initiative is None or (item and item.initiative_id == initiative.pk):
            return {}
        if values.get("goal") not in (None, initiative.goal):
            message = _("This initiative belongs to the goal “%(goal)s”. Choose that goal.")
            raise Fault("initiative", message % {"goal": initiative.goal})
        return {"goal": initiative.goal}


def _grouped(rows: Sequence[Told]) -> Iterator[list[Told]]:
    """The rows of one post, which have the same number; a row without one is a post."""
    groups: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        groups[row.number or f"line {row.line}"].append(row)
    yield from groups.values()
