"""Tables with one row for each post, as the networks' own tools export them.

Touches no database. Meta Business Suite, X, LinkedIn, TikTok, YouTube Studio and Pinterest name
the columns each in their own way; what is guessed here is shown to the person, who may say
otherwise.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlencode, urlsplit

from waypost.documents.reading import Cell, Line, read_sheets
from waypost.insights.metric_files import (
    CHANNEL,
    IGNORE,
    Table,
    at,
    names_of,
    plain,
    read_when,
    title_above,
)
from waypost.insights.models import POST_METRICS
from waypost.kit.days import DAY_FIRST, NotADay

ADDRESS, REMOTE_ID, TIME, TEXT = "address", "remote_id", "time", "text"
PLACES = (ADDRESS, REMOTE_ID, TIME, TEXT)
"""Columns that say which post a row is about."""
HEADINGS: Mapping[str, str] = {
    word: key
    for key, words in {
        ADDRESS: "permalink post_link post_url link url video_link pin_link pin_url tweet_permalink"
        " address naslov povezava povezava_do_objave",
        REMOTE_ID: "post_id tweet_id video_id pin_id content id id_objave",
        TIME: "publish_time published time post_time created_date created_at date_posted"
        " video_publish_time date datum čas_objave objavljeno",
        TEXT: "description title caption post_text tweet_text text post_title video_title"
        " post_message naslov_objave besedilo opis",
        CHANNEL: "page_name account_username account_name profile channel kanal",
        "reach": "reach unique_impressions accounts_reached doseg viewers",
        "impressions": "impressions prikazi",
        "views": "views total_views video_views plays ogledi",
        "likes": "likes total_likes reactions likes_and_reactions všečki",
        "comments": "comments total_comments comments_added replies komentarji",
        "shares": "shares total_shares reposts retweets delitve",
        "saves": "saves saved bookmarks shranjene_objave total_saves",
        "link_clicks": "link_clicks url_clicks outbound_clicks clicks total_clicks"
        " kliki_na_povezave",
    }.items()
    for word in words.split()
}
"""What a heading means, by its words in lower case joined with ``_``."""
FOLLOWS_READER = frozenset(
    {"fbclid", "igsh", "igshid", "si", "ref", "s", "t", "feature", "_r", "_t"}
)
"""Parts of an address that say who passed it on, and not which post it is."""
WORD = re.compile(r"[^\W_]+")
LINK = re.compile(r"\S+://\S+")
SHORTEST = 12  # letters by which a text is known
COMPARED = 60  # letters of it that are looked at: exports cut off the rest
CLOCK = re.compile(r"[T ,](\d{1,2}):(\d{2})(?::\d{2})?\s*([AaPp][Mm])?")
AFTER_CLOCK = re.compile(CLOCK.pattern + r".*")  # with the zone that may follow


@dataclass(frozen=True)
class PostTable:
    """A table of posts; it has at least one column that says which, and one that counts."""

    table: Table

    @cached_property
    def guessed(self) -> tuple[str, ...]:
        """What each column seems to mean, each thing once."""
        found: list[str] = []
        for place, heading in enumerate(self.table.headings):
            meaning = HEADINGS.get(plain(heading), IGNORE)
            if meaning == TIME and not _has_days(self.table.column(place)):
                meaning = IGNORE
            found.append(IGNORE if meaning in found else meaning)
        return tuple(found)

    def order(self, meanings: tuple[str, ...]) -> str:
        """How days with slashes are written; empty where nobody can tell."""
        if TIME not in meanings:
            return DAY_FIRST
        cells = self.table.column(meanings.index(TIME))
        days = [
            Line(0, (_without_clock(cell) if isinstance(cell, str) else cell,)) for cell in cells
        ]
        return Table(("day",), tuple(days)).order(0)


def read_posts(content: bytes, name: str) -> PostTable | None:
    """The first table of posts in the file; None where there is none. Raises ``BadFile``."""
    for sheet in read_sheets(content, name):
        for number, line in enumerate(sheet.lines):
            below = sheet.lines[number + 1 :]
            if below and _names_posts(line):
                return PostTable(Table(names_of(line), below, title_above(sheet.lines[:number])))
    return None


def _names_posts(line: Line) -> bool:
    texts = [cell for cell in line.cells if isinstance(cell, str)]
    known = {HEADINGS.get(plain(text), IGNORE) for text in texts}
    return bool(known & {ADDRESS, REMOTE_ID, TEXT}) and bool(known & set(POST_METRICS))


def _has_days(cells: Sequence[Cell]) -> bool:
    known = [cell for cell in cells[:40] if cell is not None]
    days = 0
    for cell in known:
        with suppress(NotADay):
            days += read_moment(cell, DAY_FIRST) is not None
    return days * 2 > len(known)


def address_of(text: str) -> str:
    """An address without what changes from one reader to the next; empty for none.

    ``https://www.x.example/p/Ab1/?utm_source=a`` and ``http://x.example/p/Ab1`` are the same.
    """
    parts = urlsplit(text.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname.removeprefix("www.").removeprefix("m.")
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query)
        if not key.startswith("utm_") and key not in FOLLOWS_READER
    ]
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def ids_in(text: str) -> set[str]:
    """What may be the post's own id: the text, and each part of an address or a double id."""
    words = re.split(r"[/?&=:_#]", text.strip())
    return {word for word in (text.strip(), *words) if len(word) >= 6}


def text_key(text: str) -> str:
    """The first words in small letters, without links and signs; empty when it says too little."""
    words = " ".join(WORD.findall(LINK.sub(" ", text).casefold()))[:COMPARED].strip()
    return words if len(words) >= SHORTEST else ""


def same_text(one: str, other: str) -> bool:
    """Whether two keys begin alike; an export may have cut one of them off."""
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


@dataclass(frozen=True)
class Moment:
    """A day, with its time where the file tells one. Networks use clocks of their own."""

    day: dt.date
    clock: dt.time | None = None


def read_moment(cell: Cell, order: str) -> Moment | None:
    """None for an empty cell and for the line of a total; raises ``NotADay``."""
    if not isinstance(cell, str):
        when = read_when(cell, order) if cell is not None else None
        return Moment(when.date) if when else None
    when = read_when(_without_clock(cell), order)
    return Moment(when.date, _clock(cell)) if when else None


def _without_clock(text: str) -> str:
    return AFTER_CLOCK.sub("", text).strip(" ,") if CLOCK.search(text) else text


def _clock(text: str) -> dt.time | None:
    found = CLOCK.search(text)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2])
    if found[3]:
        hour = hour % 12 + (12 if found[3].lower() == "pm" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def texts_of(line: Line, meanings: tuple[str, ...], meaning: str) -> str:
    """What stands in the column that means ``meaning``; empty without one."""
    if meaning not in meanings:
        return ""
    cell = at(line, meanings.index(meaning))
    return "" if cell is None else f"{cell}".strip()
