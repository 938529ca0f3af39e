"""A month to pin on a wall: one sheet of A4 across, and behind it everything as a list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waypost.documents.letters import clean
from waypost.documents.values import Letterhead

LAYOUT = Path(__file__).with_name("wall.typ")
LINES = {4: 11, 5: 8, 6: 6}  # that fit below the date, by the number of weeks
MOST_LINES = 3  # of one entry
EMOJI = re.compile("[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]+")
"""Pictures that the letters on paper do not have."""


@dataclass(frozen=True)
class WallEntry:
    """``mark`` is 0 for what is being made, 1 for what is ready, 2 for what is settled."""

    time: str
    words: str
    mark: int = 0


@dataclass(frozen=True)
class WallDay:
    number: str
    inside: bool = True  # the days before and after the month are grey
    notes: tuple[str, ...] = ()  # a holiday
    entries: tuple[WallEntry, ...] = ()


@dataclass(frozen=True)
class ListDay:
    """A day of the list and its posts: time, words, and what there is to know in grey."""

    title: str
    rows: tuple[tuple[str, str, str, int], ...]  # time, words, note, mark


@dataclass(frozen=True)
class WallMonth:
    """``days`` are whole weeks; ``more`` has ``%(n)s`` and says how many do not fit."""

    head: Letterhead
    weekdays: tuple[str, ...]
    days: tuple[WallDay, ...]
    legend: tuple[str, str, str]
    more: str
    list_title: str = ""
    listed: tuple[ListDay, ...] = ()


def told(month: WallMonth) -> dict[str, Any]:
    """What the layout is given."""
    weeks = len(month.days) // 7
    room = LINES.get(weeks, 5)
    return {
        "weekdays": month.weekdays,
        "weeks": weeks,
        "days": [_day(day, room, month.more) for day in month.days],
        "legend": month.legend,
        "list_title": month.list_title,
        "listed": [
            {"title": day.title, "rows": [_row(*row) for row in day.rows]} for day in month.listed
        ],
    }


def _day(day: WallDay, room: int, more: str) -> dict[str, Any]:
    room -= len(day.notes[:1])
    shown = day.entries if len(day.entries) <= room else day.entries[: room - 1]
    left = len(day.entries) - len(shown)
    return {
        "number": day.number,
        "inside": day.inside,
        "notes": _short(day.notes[:1]),
        "lines": max(1, min(MOST_LINES, room // max(1, len(shown)))),
        "entries": [
            {"time": each.time, "words": _printable(each.words), "mark": each.mark}
            for each in shown
        ],
        "more": more % {"n": left} if left else "",
    }


def _row(time: str, words: str, note: str, mark: int) -> tuple[str, str, str, int]:
    return time, _printable(words), _printable(note), mark


def _printable(words: str) -> str:
    return EMOJI.sub("", clean(words)).strip()


def _short(notes: Sequence[str]) -> list[str]:
    return [clean(note)[:60] for note in notes]
