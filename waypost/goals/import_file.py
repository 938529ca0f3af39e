"""A file that shall become the roadmap, before anybody knows whether it can.

It travels through the person's browser between the preview and the confirmation, signed,
so that nothing has to be kept here.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from django.core import signing
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.documents.kinds import BadFile
from waypost.documents.reading import Cell, Line, Sheet, read_sheets
from waypost.goals.import_words import (
    goal_headings,
    heading_line,
    recognised,
    roadmap_headings,
)

COLUMNS = 60  # read of each line; a time grid behind them says nothing new
MOST_ROWS = 2_000
SALT = "goals.import"
LASTS = 24 * 3600  # seconds


@dataclass(frozen=True)
class Part:
    """The lines below a heading, and what each column holds."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    columns: Mapping[int, str]  # column → field

    def values(self, line: Line) -> dict[str, Cell]:
        """Field → cell; fields whose column the file does not have are left out."""
        cells = line.cells
        return {
            name: cells[place] if place < len(cells) else None
            for place, name in self.columns.items()
        }

    def mapped(self, columns: Mapping[int, str]) -> "Part":
        return Part(self.headings, self.lines, columns)


EMPTY = Part((), (), {})


@dataclass(frozen=True)
class RoadmapFile:
    """``goals`` may be without lines; ``roadmap`` may be without known columns."""

    roadmap: Part
    goals: Part = field(default=EMPTY)

    @classmethod
    def read(cls, content: bytes, name: str) -> Self:
        """Raises ``BadFile`` with a sentence."""
        return cls.of(read_sheets(content, name))

    @classmethod
    def of(cls, sheets: Sequence[Sheet]) -> Self:
        goals = _find(sheets, goal_headings(), ("title", "baseline", "target"))
        rest = [sheet for sheet in sheets if goals is None or sheet is not goals[0]]
        words = roadmap_headings()
        found = _find(rest, words, ("title", "start_date")) or _guess(rest)
        if found is None:
            raise BadFile(_("The file holds no table: a line of headings and rows below it."))
        roadmap = _part(*found, words)
        if len(roadmap.lines) > MOST_ROWS:
            raise BadFile(_("The file has more than %(n)s rows.") % {"n": MOST_ROWS})
        return cls(roadmap, _part(*goals, goal_headings()) if goals else EMPTY)

    def packed(self, business: Business) -> str:
        """Everything as a text for a form; only good for this business and a day."""
        parts = [_pack(part) for part in (self.roadmap, self.goals)]
        return signing.dumps([business.pk, parts], salt=SALT, compress=True)

    @classmethod
    def unpacked(cls, business: Business, token: str) -> Self:
        """Raises ``BadFile`` for a text that :meth:`packed` did not make."""
        try:
            pk, parts = signing.loads(token, salt=SALT, max_age=LASTS)
        except signing.BadSignature:
            pk, parts = None, []
        if pk != business.pk:
            raise BadFile(_("The file was sent too long ago. Choose it again."))
        roadmap, goals = (_unpack(part) for part in parts)
        return cls(roadmap, goals)


def _find(
    sheets: Sequence[Sheet], words: Mapping[str, str], needed: tuple[str, ...]
) -> tuple[Sheet, int] | None:
    for sheet in sheets:
        place = heading_line(sheet.lines, words, needed)
        if place is not None:
            return sheet, place
    return None


def _guess(sheets: Sequence[Sheet]) -> tuple[Sheet, int] | None:
    """The first line with at least two words: a person then says what the columns are."""
    for sheet in sheets:
        for place, line in enumerate(sheet.lines[:20]):
            if sum(isinstance(cell, str) for cell in line.cells) >= 2:
                return sheet, place
    return None


def _part(sheet: Sheet, place: int, words: Mapping[str, str]) -> Part:
    cells = sheet.lines[place].cells[:COLUMNS]
    known = recognised(cells, words)
    # Dates are headings of a time grid.
    headings = tuple(cell if isinstance(cell, str) else "" for cell in cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    width = len(headings)
    lines = tuple(
        Line(line.number, line.cells[:width])
        for line in sheet.lines[place + 1 :]
        if any(cell is not None for cell in line.cells[:width])
    )
    return Part(headings, lines, known)


def _pack(part: Part) -> list[Any]:
    lines = [[line.number, [_pack_cell(cell) for cell in line.cells]] for line in part.lines]
    return [part.headings, lines, {str(place): name for place, name in part.columns.items()}]


def _unpack(packed: list[Any]) -> Part:
    headings, lines, columns = packed
    return Part(
        tuple(headings),
        tuple(Line(number, tuple(_unpack_cell(cell) for cell in cells)) for number, cells in lines),
        {int(place): name for place, name in columns.items()},
    )


def _pack_cell(cell: Cell) -> Any:
    if isinstance(cell, Decimal):
        return ["n", str(cell)]
    return ["d", cell.isoformat()] if isinstance(cell, dt.date) else cell


def _unpack_cell(cell: Any) -> Cell:
    if not isinstance(cell, list):
        unpacked: Cell = cell
        return unpacked
    kind, text = cell
    return Decimal(text) if kind == "n" else dt.date.fromisoformat(text)
