"""Spending out of a bank's or an ad network's table: which column says what, row by row.

Touches no database: a table and a :class:`Mapping` become entries, each with its row.
"""

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from waypost.budget.actions.expenses import without_vat, wrong_amount
from waypost.documents.kinds import BadFile, RowError
from waypost.documents.reading import Cell, Line, read_sheets
from waypost.kit.numbers import NotANumber, parse

CENT = Decimal("0.01")
LONGEST_VENDOR = 120
_DAY = re.compile(r"(\d{1,4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{2,4})\b.*")
_MONEY_SIGNS = re.compile(r"[€$£]|\b[A-Z]{3}\b")


@dataclass(frozen=True)
class Spending:
    """A table of payments: its headings and the rows below them."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def signature(self) -> str:
        """Equal for tables of the same bank."""
        return " · ".join(self.headings)[:120]


@dataclass(frozen=True)
class Mapping:
    """Which columns (counted from 0) say what, and which budget line a payment goes to."""

    date: int
    vendor: int
    amount: int
    minus_is_spent: bool = False  # banks write money that went out below zero
    vat_rate: Decimal | None = None  # percent to take out
    rules: tuple[tuple[str, str], ...] = ()  # a word in the row, the name of the line
    line: str = ""  # where all others go; empty: they are left out


@dataclass(frozen=True)
class Entry:
    """One payment."""

    row: int
    date: dt.date
    vendor: str
    amount: Decimal
    line: str  # empty: no rule
    fingerprint: str


@dataclass
class Entries:
    found: list[Entry] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    incoming: int = 0  # rows with money that came in


def read_spending(content: bytes, name: str) -> Spending:
    """The first table in the file with payments in it; raises ``BadFile``."""
    for sheet in read_sheets(content, name):
        for at, line in enumerate(sheet.lines[1:], 1):
            kinds = (
                [_is_day(cell) for cell in line.cells],
                [_is_amount(cell) for cell in line.cells],
            )
            if any(kinds[0]) and any(kinds[1]):
                return Spending(_heads(sheet.lines[at - 1], sheet.lines[at:]), sheet.lines[at:])
    raise BadFile(
        _("No row with a day and an amount was found. The first line must name the columns.")
    )


def _heads(line: Line, below: Sequence[Line]) -> tuple[str, ...]:
    wide = max(len(line.cells), *(len(each.cells) for each in below))
    cells = (*line.cells, *[None] * (wide - len(line.cells)))
    return tuple(
        str(cell) if cell is not None else _("Column %(n)s") % {"n": at}
        for at, cell in enumerate(cells, 1)
    )


def guess(spending: Spending) -> Mapping:
    """The columns by what stands in them."""
    columns = range(len(spending.headings))
    rows = spending.lines[:50]

    def score(judge: object, place: int) -> int:
        return sum(bool(judge(_at(line, place))) for line in rows)  # type: ignore[operator]

    date = max(columns, key=lambda place: score(_is_day, place))
    numbers = [place for place in columns if place != date]
    amount = max(numbers, key=lambda place: score(_is_amount, place), default=0)
    texts = [place for place in numbers if place != amount]
    vendor = max(texts, key=lambda place: _variety(rows, place), default=amount)
    negative = sum("-" in str(_at(line, amount)) for line in rows)
    return Mapping(date, vendor, amount, minus_is_spent=negative * 2 > len(rows))


def _variety(rows: Iterable[Line], place: int) -> int:
    """How much the words of a column say."""
    words = {str(cell) for line in rows if isinstance(cell := _at(line, place), str)}
    return sum(any(letter.isalpha() for letter in word) for word in words)


def entries(spending: Spending, mapping: Mapping) -> Entries:
    """The payments of the table; rows without a day and an amount are passed over."""
    told, seen = Entries(), Counter[tuple[dt.date, str, Decimal]]()
    month_first = _month_first(spending, mapping.date)
    for line in spending.lines:
        day, amount = _at(line, mapping.date), _at(line, mapping.amount)
        if day is None and amount is None:
            continue
        try:
            entry = _entry(line, mapping, month_first)
        except ValueError as error:
            told.errors.append(RowError(line.number, str(error)))
            continue
        if entry is None:
            told.incoming += 1
            continue
        key = same(entry)
        seen[key] += 1
        told.found.append(_marked(entry, seen[key]))
    return told


def same(entry: Entry) -> tuple[dt.date, str, Decimal]:
    """What two rows share that may be the same payment."""
    return entry.date, entry.vendor.casefold(), entry.amount


def _marked(entry: Entry, number: int) -> Entry:
    """Two equal coffees on one day are the first and the second."""
    told = "|".join(
        [entry.date.isoformat(), entry.vendor.casefold(), f"{entry.amount}", f"{number}"]
    )
    mark = hashlib.sha256(told.encode()).hexdigest()
    return Entry(entry.row, entry.date, entry.vendor, entry.amount, entry.line, mark)


def _entry(line: Line, mapping: Mapping, month_first: bool) -> Entry | None:
    """None for money that came in. Raises ``ValueError`` with a sentence."""
    day = day_of(_at(line, mapping.date), month_first=month_first)
    amount = amount_of(_at(line, mapping.amount))
    amount = -amount if mapping.minus_is_spent else amount
    if amount < 0:
        return None
    if mapping.vat_rate:
        amount = without_vat(amount, mapping.vat_rate)
    if fault := wrong_amount(amount):
        raise ValueError(fault)
    vendor = " ".join(str(_at(line, mapping.vendor) or "").split())[:LONGEST_VENDOR]
    return Entry(line.number, day, vendor, amount, _line_for(line, mapping), "")


def _line_for(line: Line, mapping: Mapping) -> str:
    words = " ".join(str(cell) for cell in line.cells if isinstance(cell, str)).casefold()
    fitting = (name for word, name in mapping.rules if word.casefold() in words)
    return next(fitting, mapping.line)


def amount_of(cell: Cell) -> Decimal:
    """Raises ``ValueError`` with a sentence."""
    if not isinstance(cell, Decimal | str):
        raise NotANumber(_("The row has no amount."))
    number = parse(_MONEY_SIGNS.sub("", cell)) if isinstance(cell, str) else cell
    try:
        return number.quantize(CENT, "ROUND_HALF_UP")
    except ArithmeticError:
        raise NotANumber(_("The amount is larger than any that can be kept.")) from None


def day_of(cell: Cell, *, month_first: bool = False) -> dt.date:
    """``2026-10-12``, ``12. 10. 2026``, ``12/10/26``; raises ``ValueError`` with a sentence."""
    if isinstance(cell, dt.date):
        return cell
    text = str(cell or "").strip()
    shape = _DAY.fullmatch(text)
    try:
        if shape is None:
            raise ValueError(text)
        first, second, third = (int(part) for part in shape.groups())
        if len(shape.group(1)) == 4:
            return dt.date(first, second, third)
        year = third + 2000 if third < 100 else third
        day, month = (second, first) if month_first else (first, second)
        return dt.date(year, month, day)
    except ValueError:
        message = _("“%(text)s” is no day. Write it like 2026-10-12.")
        raise ValueError(message % {"text": text}) from None


def _month_first(spending: Spending, place: int) -> bool:
    """Whether 10/12 means October: some row has more than twelve in the second place."""
    shapes = (_DAY.fullmatch(str(_at(line, place) or "").strip()) for line in spending.lines)
    parts = [shape.groups() for shape in shapes if shape and len(shape.group(1)) <= 2]
    return any(int(second) > 12 for _first, second, _third in parts)


def _is_day(cell: Cell) -> bool:
    try:
        day_of(cell)
    except ValueError:
        return False
    return True


def _is_amount(cell: Cell) -> bool:
    try:
        amount_of(cell)
    except ValueError:
        return False
    return True


def _at(line: Line, place: int) -> Cell:
    return line.cells[place] if place < len(line.cells) else None
