"""Where everything stands in a budget's workbook, and the words that its formulas are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from waypost.budget.columns import (
    FIRST_LINE,
    FIRST_MONTH,
    MARKS_LINE,
    PER_MONTH,
    Words,
    base_headings,
    budget_headings,
)
from waypost.budget.models import MONTHS, Line
from waypost.budget.reading import Book
from waypost.budget.sheet import Row
from waypost.documents.formulas import letters, tab
from waypost.documents.values import Formula, Value

DASH = "–"


@dataclass(frozen=True)
class Place:
    """A line of the file: a category, a budget line, or the whole."""

    at: int  # as Excel counts
    row: Row
    line: Line | None = None  # None also for a line that is still to be filled in
    group: "Place | None" = None  # the category of a line
    parts: tuple[int, ...] = ()  # what a sum adds up

    @property
    def is_line(self) -> bool:
        return self.group is not None


class Layout:
    """The lines and columns of the sheets Budget and Base, as Excel names them."""

    def __init__(self, book: Book, business: str) -> None:
        self.book, self.business, self.words = book, business, Words.now()
        self.budget_names = tuple(budget_headings())
        self.base_names = tuple(base_headings())
        self.at = {name: letters(n) for n, name in enumerate(self.budget_names)}
        self.base_at = {name: letters(n) for n, name in enumerate(self.base_names)}
        self.base = tab(self.words.base)
        self.first = letters(FIRST_MONTH)
        self.last = letters(FIRST_MONTH + PER_MONTH * len(MONTHS) - 1)
        self.marks = f"${self.first}${MARKS_LINE}:${self.last}${MARKS_LINE}"
        self.through = f"$B${MARKS_LINE}"

    @property
    def title(self) -> str:
        name = _("Budget %(year)s") % {"year": self.book.budget.year}
        return f"{name} – {self.business}" if self.business else name

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All lines of the file, in order; the last one is the whole."""
        found: list[Place] = []
        heads: list[int] = []
        by_pk = {line.pk: line for line in self.book.lines if line.name}
        for group in self.book.sheet.groups:
            start = FIRST_LINE + len(found)
            below = range(start + 1, start + 1 + len(group.lines))
            head = Place(start, group, parts=tuple(below))
            found.append(head)
            heads.append(start)
            for line, at in zip(group.lines, below, strict=True):
                found.append(Place(at, line, by_pk.get(line.pk), head))
        found.append(Place(FIRST_LINE + len(found), self.book.sheet.total, parts=tuple(heads)))
        return tuple(found)


def shown(value: Value) -> Value:
    return "" if value is None else value


def known(number: str, then: str) -> str:
    """An empty cell is not zero: a sum of nothing stays empty."""
    return f'=IF({number}=0,"",{then})'


def share(part: str, whole: str, value: Decimal | None) -> Formula:
    text = f'=IF(OR(NOT(ISNUMBER({part})),N({whole})=0),"{DASH}",{part}/{whole})'
    return Formula(text, DASH if value is None else value)


def ranges(column: str, lines: Sequence[int]) -> str:
    """``A6:A9`` for lines that follow each other, else ``A6,A10``."""
    if len(lines) > 1 and lines[-1] - lines[0] == len(lines) - 1:
        return f"{column}{lines[0]}:{column}{lines[-1]}"
    return ",".join(f"{column}{line}" for line in lines)
