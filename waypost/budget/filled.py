"""A budget workbook that somebody filled in: from cells to values, faults by row.

Understands what :mod:`waypost.budget.workbook` writes, in every language of Waypost. It
touches no database.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from waypost.budget.actions.cells import checked, parse_amount
from waypost.budget.columns import Words, base_headings, budget_headings
from waypost.budget.models import FIRST_YEAR, LAST_YEAR, MONTHS
from waypost.budget.sheet import Amount
from waypost.documents.kinds import BadFile, RowError
from waypost.documents.reading import Cell, Line, Sheet, read_sheets
from waypost.kit.errors import Refusal

LOOKED_AT = 12  # lines in which the headings must stand
OPTIONAL = {"year_plan", "vendor", "renewal_date", "recurring", "note", "number", "source"}
CENT = Decimal("0.01")


@dataclass
class FilledLine:
    """One line of the file; ``fields`` holds what its columns say, in model words."""

    at: int  # its row on the sheet Base
    number: int | None  # the line it was exported from
    category: str
    name: str
    fields: dict[str, Any] = field(default_factory=dict)
    plan: tuple[Amount, ...] = (None,) * 12
    actual: tuple[Amount, ...] | None = None  # None: the sheet Budget does not show it


@dataclass
class Filled:
    year: int
    currency: str
    lines: list[FilledLine] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


def in_all_languages(words: Callable[[], dict[str, str]]) -> dict[str, str]:
    """What each word means (``{"mesec": "month"}``), whatever language the file is in."""
    found: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {word.strip().casefold(): meaning for meaning, word in words().items()}
    return found


def read_filled(content: bytes, name: str) -> Filled:
    """Raises ``BadFile`` for a file that is no budget; single cells end up in ``errors``."""
    sheets = read_sheets(content, name)
    base = _sheet(sheets, lambda: {"base": Words.now().base}, Words.now().base)
    budget = _sheet(sheets, lambda: {"budget": Words.now().budget}, Words.now().budget)
    top, headings = _headings(base, base_headings)
    _refuse_missing(base, headings, set(base_headings()) - OPTIONAL, base_headings())
    _refuse_unknown(base, top, headings)
    year, currency = _year(base, top)
    filled = Filled(year, currency)
    reader = _Reader(filled, base.name)
    filled.lines += reader.base_lines([line for line in base.lines if line.number > top], headings)
    _add_actuals(filled, budget)
    return filled


def _sheet(sheets: Sequence[Sheet], words: Callable[[], dict[str, str]], called: str) -> Sheet:
    names = in_all_languages(words)
    for sheet in sheets:
        if sheet.name.strip().casefold() in names:
            return sheet
    text = _("The file has no sheet “%(name)s”. Fill in the workbook that Waypost exports (.xlsx).")
    raise BadFile(text % {"name": called})


def _headings(sheet: Sheet, words: Callable[[], dict[str, str]]) -> tuple[int, dict[str, int]]:
    """The row of the headings and the place of each column."""
    known = in_all_languages(words)
    for line in sheet.lines[:LOOKED_AT]:
        places = {
            known[_text(cell).casefold()]: place
            for place, cell in enumerate(line.cells)
            if _text(cell).casefold() in known
        }
        if {"category", "line"} <= set(places):
            return line.number, places
    text = _("The sheet “%(sheet)s” has no line of headings with “%(a)s” and “%(b)s”.")
    words_now = words()
    raise BadFile(text % {"sheet": sheet.name, "a": words_now["category"], "b": words_now["line"]})


def _refuse_missing(
    sheet: Sheet, places: dict[str, int], wanted: set[str], words: dict[str, str]
) -> None:
    missing = [word for name, word in words.items() if name in wanted and name not in places]
    if missing:
        text = _("The sheet “%(sheet)s” lacks these columns: %(columns)s. Put them back.")
        raise BadFile(text % {"sheet": sheet.name, "columns": ", ".join(missing)})


def _refuse_unknown(sheet: Sheet, top: int, places: dict[str, int]) -> None:
    known = set(places.values())
    heads = next(line for line in sheet.lines if line.number == top)
    for place, cell in enumerate(heads.cells):
        if place not in known and _text(cell):
            text = _(
                "The sheet “%(sheet)s” has a column “%(column)s” that Waypost does not know."
                " A budget has the twelve months of one year. Take the column out."
            )
            raise BadFile(text % {"sheet": sheet.name, "column": _text(cell)})


def _year(sheet: Sheet, top: int) -> tuple[int, str]:
    known = in_all_languages(lambda: {"year": _("Year")})
    for line in sheet.lines:
        if line.number < top and _text(line.cells[0]).casefold() in known:
            cells = [_text(cell) for cell in (*line.cells, *[None] * 4)]
            if cells[1].isdecimal() and FIRST_YEAR <= int(cells[1]) <= LAST_YEAR:
                return int(cells[1]), cells[3].upper()
            text = _("“%(year)s” is no year of a budget. Write one such as 2026.")
            raise BadFile(text % {"year": cells[1]})
    text = _("The sheet “%(sheet)s” does not say its year above the headings.")
    raise BadFile(text % {"sheet": sheet.name})


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal) and cell == cell.to_integral_value():
        cell = cell.quantize(Decimal(1))
    return "" if cell is None else " ".join(str(cell).split())


class _Reader:
    """Reads the lines of one sheet and notes what is wrong with them."""

    def __init__(self, filled: Filled, sheet: str) -> None:
        self.filled, self.sheet = filled, sheet
        self.sources = in_all_languages(lambda: Words.now().sources)
        self.truths = in_all_languages(lambda: {"yes": Words.now().yes, "no": Words.now().no})

    def fault(self, row: int, column: str, message: str) -> None:
        words = {"sheet": self.sheet, "column": column, "message": message}
        text = _("Sheet “%(sheet)s”, column “%(column)s”: %(message)s") % words
        self.filled.errors.append(RowError(row, text))

    def base_lines(self, lines: Sequence[Line], places: dict[str, int]) -> Iterator[FilledLine]:
        totals = in_all_languages(lambda: {"total": _("Total")})
        seen: set[str] = set()
        for line in lines:
            cells = {name: _at(line, place) for name, place in places.items()}
            category, name = _text(cells["category"]), _text(cells["line"])
            heads = category.casefold() in totals or category not in seen
            seen.add(category)
            if name:
                yield self._line(line.number, cells, category, name)
            elif not heads and any(cells[str(month)] is not None for month in MONTHS):
                self.fault(line.number, base_headings()["line"], _("The amounts have no line."))

    def _line(self, row: int, cells: dict[str, Cell], category: str, name: str) -> FilledLine:
        words = base_headings()
        if not category:
            self.fault(row, words["category"], _("Say which category the line belongs to."))
        for column, text, longest in (("line", name, 160), ("category", category, 120)):
            if len(text) > longest:
                self._too_long(row, words[column], longest)
        return FilledLine(
            row,
            self._number(row, cells.get("number")),
            category,
            name,
            self._fields(row, cells),
            tuple(
                self.amount(row, words[str(month)], cells[str(month)], kind="plan")
                for month in MONTHS
            ),
        )

    def _too_long(self, row: int, column: str, longest: int) -> None:
        self.fault(row, column, _("At most %(n)s letters are kept.") % {"n": longest})

    def _number(self, row: int, cell: Cell) -> int | None:
        text = _text(cell)
        if text and not text.isdecimal():
            self.fault(row, base_headings()["number"], _("This number was changed. Put it back."))
        return int(text) if text.isdecimal() and len(text) < 18 else None

    def _fields(self, row: int, cells: dict[str, Cell]) -> dict[str, Any]:
        """What the columns that are there say; a column without a word says nothing."""
        words, found = base_headings(), dict[str, Any]()
        for name in ("carry_over", "recurring"):
            if text := _text(cells.get(name)):
                meaning = self._meaning(row, words[name], text, self.truths)
                found[name] = meaning == "yes"
        if text := _text(cells.get("source")):
            found["source"] = self._meaning(row, words["source"], text, self.sources)
        for name, longest in (("vendor", 120), ("note", 2000)):
            if name in cells:
                # Line breaks of a note are kept, so the text is not made one line.
                found[name] = (
                    str(cells[name] or "").strip() if name == "note" else _text(cells[name])
                )
                if len(found[name]) > longest:
                    self._too_long(row, words[name], longest)
        if "renewal_date" in cells:
            found["renewal_date"] = self._day(row, words["renewal_date"], cells["renewal_date"])
        return found

    def _meaning(self, row: int, column: str, text: str, known: dict[str, str]) -> str:
        if text.casefold() in known:
            return known[text.casefold()]
        allowed = " / ".join(known)
        message = _("“%(text)s” is not understood. Write %(allowed)s.")
        self.fault(row, column, message % {"text": text, "allowed": allowed})
        return ""

    def _day(self, row: int, column: str, cell: Cell) -> dt.date | None:
        if cell is None or isinstance(cell, dt.date):
            return cell
        try:
            return dt.date.fromisoformat(_text(cell))
        except ValueError:
            message = _("“%(text)s” is no day. Write it like 2026-10-12.")
            self.fault(row, column, message % {"text": _text(cell)})
            return None

    def amount(self, row: int, column: str, cell: Cell, *, kind: str) -> Amount:
        try:
            if isinstance(cell, Decimal):
                # A spreadsheet computes with more places than money has.
                return checked(cell.quantize(CENT, "ROUND_HALF_UP"), kind=kind)
            if isinstance(cell, bool | dt.date):
                message = _("“%(text)s” is not a number. Write it like this: 1234.5")
                raise Refusal(message % {"text": _text(cell)})
            return parse_amount(str(cell or ""), kind=kind)
        except (Refusal, ArithmeticError) as error:
            said = error.message if isinstance(error, Refusal) else _("This is no amount.")
            self.fault(row, column, said)
            return None


def _at(line: Line, place: int) -> Cell:
    return line.cells[place] if place < len(line.cells) else None


def _add_actuals(filled: Filled, sheet: Sheet) -> None:
    """Give each line what its row on the sheet Budget says was spent."""
    top, places = _headings(sheet, budget_headings)
    words = budget_headings()
    wanted = {f"actual {month}" for month in MONTHS}
    _refuse_missing(sheet, places, wanted, words)
    reader = _Reader(filled, sheet.name)
    by_row = {line.at: line for line in filled.lines}
    waiting: dict[tuple[str, str], list[FilledLine]] = {}
    for each in filled.lines:
        waiting.setdefault((each.category, each.name), []).append(each)
    for line in sheet.lines:
        if line.number <= top:
            continue
        key = (_text(_at(line, places["category"])), _text(_at(line, places["line"])))
        same = waiting.get(key)
        # A program that does not compute leaves the names empty: then the row decides.
        owner = same.pop(0) if same else (by_row.get(line.number) if not any(key) else None)
        cells = {name: _at(line, places[name]) for name in sorted(wanted)}
        if owner and owner.actual is None:
            owner.actual = tuple(
                reader.amount(
                    line.number,
                    words[f"actual {month}"],
                    cells[f"actual {month}"],
                    kind="actual",
                )
                for month in MONTHS
            )
        elif key[1] and any(cell is not None for cell in cells.values()):
            text = _("The sheet “Base” has no such line in this category.")
            reader.fault(line.number, words["line"], text)
