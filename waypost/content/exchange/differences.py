"""A post as it is and as a file says it: the draft that comes of both, and what differs."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import Truncator

from waypost.content.actions import ChannelDraft, Draft, PictureDraft
from waypost.content.exchange.columns import HEADINGS
from waypost.content.exchange.told import Told
from waypost.content.models import Item
from waypost.documents.headings import plain

TITLE_FROM_TEXT = 60  # letters
PLAIN = ("title", "kind", "link", "language", "cta", "boost", "tags")
RELATED = ("persona", "goal", "initiative", "product", "owner", "reviewer")


@dataclass(frozen=True)
class Change:
    """One thing that the file says otherwise, in words."""

    what: str
    old: str
    new: str


def whole_text(row: Told) -> str:
    """With the hashtags of their own column that it does not hold yet."""
    text = row.values.get("text", "")
    missing = [tag for tag in row.hashtags if tag.casefold() not in text.casefold()]
    return "\n\n".join(filter(None, [text, " ".join(missing)]))


def title_from(text: str) -> str:
    first = next(iter(text.strip().splitlines()), "")
    return Truncator(first).chars(TITLE_FROM_TEXT)


def plain_values(told: Told, item: Item | None = None) -> dict[str, Any]:
    """What goes into the draft as it is; a person who is called the same stays."""
    values = {name: told.values[name] for name in PLAIN + RELATED if name in told.values}
    if not values.get("kind"):
        values.pop("kind", None)
    if item is None:
        values.pop("title", None)
        return values
    if not values.get("title"):
        values.pop("title", None)
    for name in RELATED:
        is_there = getattr(item, name)
        if name in values and is_there and plain(str(values[name])) == plain(str(is_there)):
            values[name] = is_there
    return values


def draft_of(item: Item) -> Draft:
    return Draft(
        **{name: getattr(item, name) for name in (*PLAIN, *RELATED, "text", "due_at")},
        channels=[
            ChannelDraft(each.connection, each.text, each.options, each.parts, each.comment)
            for each in item.variants.all()
        ],
        pictures=[PictureDraft(use.asset, use.alt) for use in item.pictures.all()],
    )


def with_texts(draft: Draft, item: Item, group: Sequence[Told]) -> Draft:
    """The texts of the rows, each in the place where its channel reads it."""
    rows = [row for row in group if "text" in row.values]
    texts = {each.pk: whole_text(row) for row in rows for each in row.channels}
    common = draft.text
    reads_common = [each for each in draft.channels if not each.text]
    said = {texts.get(each.connection.pk, common) for each in reads_common}
    if len(said) == 1 and reads_common:
        common = said.pop()
    elif rows and not draft.channels:
        common = whole_text(rows[0])
    if same(common, draft.text):
        common = draft.text
    channels = [_channel(each, texts, draft.text, common) for each in draft.channels]
    there = {each.connection.pk for each in channels}
    for row in group:
        for each in row.channels:
            if each.pk not in there:
                there.add(each.pk)
                text = texts.get(each.pk, common)
                channels.append(ChannelDraft(each, "" if same(text, common) else text))
    return replace(draft, text=common, channels=channels)


def _channel(each: ChannelDraft, texts: dict[int, str], old: str, new: str) -> ChannelDraft:
    text = texts.get(each.connection.pk)
    if text is None or (same(text, each.text or old) and each.text):
        return each
    return replace(each, text="" if same(text, new) else text)


def changes_between(old: Draft, new: Draft, zone: Any) -> Iterator[Change]:
    for name in (*PLAIN, *RELATED, "text"):
        before, after = getattr(old, name), getattr(new, name)
        if not (same(before, after) if isinstance(before, str) else before == after):
            yield Change(str(HEADINGS[name]), _short(before), _short(after))
    if old.due_at != new.due_at:
        yield Change(str(HEADINGS["date"]), _moment(old.due_at, zone), _moment(new.due_at, zone))
    if [use.asset for use in old.pictures] != [use.asset for use in new.pictures]:
        names = [", ".join(use.asset.name for use in draft.pictures) for draft in (old, new)]
        yield Change(str(HEADINGS["pictures"]), *names)
    before_texts = {each.connection: each.text for each in old.channels}
    for each in new.channels:
        if each.connection not in before_texts:
            yield Change(str(HEADINGS["channel"]), "", str(each.connection))
        elif not same(before_texts[each.connection], each.text):
            head = f"{HEADINGS['text']} ({each.connection})"
            yield Change(head, _short(before_texts[each.connection]), _short(each.text))


def same(old: str, new: str) -> bool:
    """Files end lines in their own way, and readers take the edges off."""
    return key_of(None, None, old) == key_of(None, None, new)


def key_of(channel: int | None, at: dt.datetime | None, text: str) -> tuple[Any, ...]:
    minute = int(at.timestamp()) // 60 if at else None
    lines = tuple(line.rstrip() for line in text.strip().splitlines())
    return channel, minute, lines


def each_once(channels: Sequence[ChannelDraft]) -> list[ChannelDraft]:
    found: dict[int, ChannelDraft] = {}
    for each in channels:
        found.setdefault(each.connection.pk, each)
    return list(found.values())


def minute_of(time: dt.time) -> dt.time:
    return time.replace(second=0, microsecond=0)


def _moment(at: dt.datetime | None, zone: Any) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""


def _short(value: object) -> str:
    return Truncator(str(value or "")).chars(80)
