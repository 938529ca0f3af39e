"""A file that shall become the roadmap, before anybody knows whether it can.

It travels through the person's browser between the preview and the confirmation, signed,
so that nothing has to be kept here.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self

from django.core import signing
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.documents.headings import Part, find_part, guess_part, part_below
from waypost.documents.kinds import BadFile
from waypost.documents.reading import Cell, Line, Sheet, read_sheets
from waypost.goals.import_words import goal_headings, roadmap_headings

MOST_ROWS = 2_000
SALT = "goals.import"
LASTS = 24 * 3600  # seconds


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
        goals = find_part(sheets, goal_headings(), ("title", "baseline", "target"))
        rest = [sheet for sheet in sheets if goals is None or sheet is not goals[0]]
        words = roadmap_headings()
        found = find_part(rest, words, ("title", "start_date")) or guess_part(rest)
        if found is None:
            raise BadFile(_("The file holds no table: a line of headings and rows below it."))
        roadmap = part_below(*found, words)
        if len(roadmap.lines) > MOST_ROWS:
            raise BadFile(_("The file has more than %(n)s rows.") % {"n": MOST_ROWS})
        return cls(roadmap, part_below(*goals, goal_headings()) if goals else EMPTY)

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
