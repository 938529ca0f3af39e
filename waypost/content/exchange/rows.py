"""The posts that a file shall hold, a line for each channel they go to."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from waypost.accounts.models import Business
from waypost.content.calendar import Month
from waypost.content.clock import comes_twice, on_the_wall
from waypost.content.links import long_link, share_rule
from waypost.content.models import Item, ItemQuerySet, Variant

HASHTAG = re.compile(r"(?<![\w&/#])#(\w+)")
RELATED = ("goal", "initiative__goal", "persona", "product", "owner", "reviewer")


@dataclass(frozen=True)
class Outcome:
    """What became of a post on one channel; told by a floor that knows."""

    url: str = ""
    reach: int | None = None
    interactions: int | None = None


Place = tuple[int, int]  # item, connection
Outcomes = Callable[[Business, Sequence[Item]], Mapping[Place, Outcome]]


def nothing_known(business: Business, items: Sequence[Item]) -> Mapping[Place, Outcome]:
    return {}


@dataclass(frozen=True)
class Wanted:
    """Which posts: filters for ``ItemQuerySet.matching``, and days on the business's wall."""

    filters: Mapping[str, Any] = field(default_factory=dict)
    first: dt.date | None = None
    last: dt.date | None = None  # the day itself is part of it
    month: Month | None = None  # the one that a page shows

    @property
    def is_bounded(self) -> bool:
        return self.first is not None or self.last is not None


@dataclass(frozen=True)
class Row:
    """One line: a post and a channel it goes to, ``None`` where none is chosen yet."""

    item: Item
    variant: Variant | None
    zone: ZoneInfo
    outcome: Outcome = Outcome()

    @property
    def wall(self) -> dt.datetime | None:
        """Day and time on the wall, naive."""
        return on_the_wall(self.item.due_at, self.zone) if self.item.due_at else None

    @property
    def clock(self) -> str:
        """``18:30``; of a time that comes twice the second one says its distance from UTC."""
        if self.item.due_at is None or self.wall is None:
            return ""
        text = f"{self.wall:%H:%M}" + (f":{self.wall:%S}" if self.wall.second else "")
        local = self.item.due_at.astimezone(self.zone)
        if local.fold and comes_twice(self.wall.replace(microsecond=0), self.zone):
            offset = f"{local:%z}"
            return f"{text}{offset[:3]}:{offset[3:5]}"
        return text

    @property
    def text(self) -> str:
        return self.variant.shown_text if self.variant else self.item.text

    @property
    def tagged_link(self) -> str:
        """The link as the rule makes it for this channel; empty where it adds nothing."""
        if not self.item.link or self.variant is None:
            return ""
        link = long_link(self.item, self.variant.connection)
        return link if link != self.item.link else ""

    @property
    def channel(self) -> str:
        return str(self.variant.connection) if self.variant else ""

    @property
    def hashtags(self) -> list[str]:
        return hashtags(self.text)


def hashtags(text: str) -> list[str]:
    """``#tags`` in a text, each once, in order."""
    return list(dict.fromkeys(f"#{word}" for word in HASHTAG.findall(text)))


def number_of(item: Item) -> str:
    """What names a post in files for ever: its row, and when that was made."""
    return f"{item.pk}-{int(item.created_at.timestamp())}"


def selected(business: Business, wanted: Wanted) -> ItemQuerySet:
    rows, zone = business.items.matching(**wanted.filters), business.zone
    if wanted.first:
        rows = rows.filter(due_at__gte=_midnight(wanted.first, zone))
    if wanted.last:
        rows = rows.filter(due_at__lt=_midnight(wanted.last + dt.timedelta(days=1), zone))
    return rows


def items_of(business: Business, wanted: Wanted) -> list[Item]:
    """In the order of their time, those without one at the end. Four queries."""
    found = list(selected(business, wanted).whole().select_related(*RELATED))
    return _in_order(business, found)


def appointments_of(business: Business, wanted: Wanted) -> list[Item]:
    """As :func:`items_of`, with no more than a calendar program shows. Three queries."""
    rows = selected(business, wanted).filter(due_at__isnull=False)
    return _in_order(business, list(rows.select_related("owner").with_channels()))


def _in_order(business: Business, found: list[Item]) -> list[Item]:
    for item in found:
        item.business = business
    far = dt.datetime.max.replace(tzinfo=dt.UTC)
    found.sort(key=lambda item: (item.due_at or far, item.pk))
    return found


def rows_of(business: Business, wanted: Wanted, *, outcomes: Outcomes = nothing_known) -> list[Row]:
    """A line for each channel of each post; only the filtered channel where there is one."""
    items, zone = items_of(business, wanted), business.zone
    share_rule(business, items)
    known, only = outcomes(business, items), wanted.filters.get("channel")
    rows = []
    for item in items:
        variants = list(item.variants.all())
        for variant in variants:
            variant.item = item
            if only is None or variant.connection_id == only:
                place = (item.pk, variant.connection_id)
                rows.append(Row(item, variant, zone, known.get(place, Outcome())))
        if not variants:
            rows.append(Row(item, None, zone))
    return rows


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)
