"""How wide texts are and how they break, where no typesetter can be asked.

A word processor and a presenter break lines with whatever font the machine has. This counts
with the widest that is usual, so that no word is torn and nothing runs into what stands below.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from waypost.documents.values import Table

# Widths of letters as shares of their size, rather too wide than too narrow.
NARROW, USUAL, UPPER, WIDEST = 0.3, 0.56, 0.74, 1.0
PLAIN, BOLD = 1.1, 1.24  # of the widest usual font against those
BREAKS = re.compile(r"[ \n\u200b]+")  # a no-break space breaks nothing


def letter_width(letter: str) -> float:
    if letter in " .,:;!|'ijltfr()[]-":
        return NARROW
    if letter in "mwMW@%" or ord(letter) > 0x1100:
        return WIDEST
    return USUAL if letter.islower() or letter.isdigit() else UPPER


@lru_cache(maxsize=4096)
def breadth(text: str, size: float, *, bold: bool = False) -> float:
    """Of one line, in the unit of ``size``, which is that of the letters."""
    return sum(map(letter_width, text)) * size * (BOLD if bold else PLAIN)


def lines(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many lines ``text`` takes in ``room``; a word that is wider than it is parted."""
    return sum(_lines(line, room, size, bold=bold) for line in text.split("\n"))


def _lines(line: str, room: float, size: float, *, bold: bool) -> int:
    found, taken = 1, 0.0
    space = breadth(" ", size, bold=bold)
    for word in BREAKS.split(line):
        wide = breadth(word, size, bold=bold)
        if taken and taken + space + wide > room:
            found, taken = found + 1, 0.0
        taken += wide + (space if taken else 0)
        while taken > room > 0:
            found, taken = found + 1, taken - room
    return found


def columns(table: Table, room: float, size: float, padding: float) -> list[float]:
    """Widths of the columns, together ``room``, as near to the shares of ``table`` as can be.

    Where there is room no cell is broken; else no number and no heading of numbers; else no
    word. ``padding`` is what a cell has at both sides together.
    """
    shares = table.widths or (1.0,) * len(table.headings)
    base = [room * share / sum(shares) for share in shares]
    whole = [each + padding for each in _widest(table, size, whole=True)]
    words = [each + padding for each in _widest(table, size, whole=False)]
    mixed = [whole[n] if n in table.numbers else words[n] for n in range(len(base))]
    for least in (whole, mixed, words):
        if sum(least) <= room:
            return _lifted(base, least)
    return base


def _widest(table: Table, size: float, *, whole: bool) -> list[float]:
    """Of each column the widest line, or the widest word."""
    return [
        max(
            _part(heading, size, whole=whole, bold=True),
            *(_part(row[place], size, whole=whole) for row in table.rows),
            0.0,
        )
        for place, heading in enumerate(table.headings)
    ]


def _part(text: str, size: float, *, whole: bool, bold: bool = False) -> float:
    pieces: Iterable[str] = text.split("\n") if whole else BREAKS.split(text)
    return max(breadth(piece, size, bold=bold) for piece in pieces)


def _lifted(base: Sequence[float], least: Sequence[float]) -> list[float]:
    """``base`` with no part below its ``least``; the others give what that takes."""
    missing = sum(max(0.0, low - wide) for wide, low in zip(base, least, strict=True))
    spare = sum(max(0.0, wide - low) for wide, low in zip(base, least, strict=True))
    part = missing / spare if spare else 0.0
    return [
        low if wide < low else wide - (wide - low) * part
        for wide, low in zip(base, least, strict=True)
    ]
