"""What the words in a file mean: headings and choices in every language Waypost speaks."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from waypost.documents.reading import Cell, Line, Sheet

LOOKED_AT = 20  # lines from the top where headings may stand
COLUMNS = 60  # read of each line; a time grid behind them says nothing new


class NotUnderstood(ValueError):
    """A cell cannot be read; the message is a sentence for the person."""


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


def plain(word: object) -> str:
    """A heading or a word without what people write differently: ``Progress %`` → ``progress``."""
    bare = re.sub(r"\([^)]*\)", "", str(word).casefold())
    return " ".join(re.sub(r"[^\w/]+", " ", bare).split())


def meanings(name_and_word: Callable[[], Iterable[tuple[str, object]]]) -> dict[str, str]:
    """Plain word → what it stands for, in every language Waypost speaks."""
    found: dict[str, str] = {}
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            for name, word in name_and_word():
                found.setdefault(plain(word), name)
    return found


def recognised(cells: Sequence[Cell], headings: Mapping[str, str]) -> dict[int, str]:
    """Column → field; of two columns that mean the same the first one counts."""
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        name = headings.get(plain(cell)) if isinstance(cell, str) else None
        if name and name not in found.values():
            found[place] = name
    return found


def heading_line(
    lines: Sequence[Line], headings: Mapping[str, str], needed: Iterable[str]
) -> int | None:
    """Where in ``lines`` the headings stand: all ``needed`` must be among them."""
    for place, line in enumerate(lines[:LOOKED_AT]):
        if set(needed) <= set(recognised(line.cells, headings).values()):
            return place
    return None


def find_part(
    sheets: Sequence[Sheet], words: Mapping[str, str], needed: Iterable[str]
) -> tuple[Sheet, int] | None:
    """The first sheet with the ``needed`` headings, and the place of their line."""
    needed = tuple(needed)
    for sheet in sheets:
        place = heading_line(sheet.lines, words, needed)
        if place is not None:
            return sheet, place
    return None


def guess_part(sheets: Sequence[Sheet]) -> tuple[Sheet, int] | None:
    """The first line with at least two words: a person then says what the columns are."""
    for sheet in sheets:
        for place, line in enumerate(sheet.lines[:LOOKED_AT]):
            if sum(isinstance(cell, str) for cell in line.cells) >= 2:
                return sheet, place
    return None


def part_below(sheet: Sheet, place: int, words: Mapping[str, str]) -> Part:
    """What stands below the headings in line ``place`` (an index) of ``sheet``."""
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


def as_text(cell: Cell, *, longest: int = 0) -> str:
    """``longest`` letters at most, when it is given."""
    if isinstance(cell, Decimal):
        text = f"{cell.normalize():f}"
    else:
        text = "" if cell is None else str(cell)
    if longest and len(text) > longest:
        raise NotUnderstood(
            _("The text has %(n)s letters; at most %(most)s fit.")
            % {"n": len(text), "most": longest}
        )
    return text


def as_choice(cell: Cell, words: Callable[[], Mapping[str, object]], complaint: str) -> str:
    """As :class:`Chooser`, for a single cell."""
    return Chooser(words, complaint)(cell)


class Chooser:
    """Reads a cell that holds one of some words, in any language, or what the word stands for.

    Empty for an empty cell; raises ``NotUnderstood`` with ``complaint``, which has
    ``%(text)s`` and ``%(words)s``.
    """

    def __init__(self, words: Callable[[], Mapping[str, object]], complaint: str) -> None:
        self._words, self._complaint = words, complaint
        self.known: dict[str, str] = {}

    def __call__(self, cell: Cell) -> str:
        text = as_text(cell)
        if not text:
            return ""
        if not self.known:
            self.known = meanings(lambda: self._words().items())
            self.known |= {plain(name): name for name in self._words()}
        if plain(text) not in self.known:
            listed = ", ".join(str(word) for word in self._words().values())
            raise NotUnderstood(self._complaint % {"text": text[:40], "words": listed})
        return self.known[plain(text)]
