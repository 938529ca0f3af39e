"""The sheet as rows that a template draws: ready cells, because there are thousands."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.dates import MONTHS_3
from django.utils.formats import get_format
from django.utils.functional import cached_property
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.budget.models import MONTHS, Line
from waypost.budget.reading import Book
from waypost.budget.sheet import Amount, GroupRow, LineRow, Row
from waypost.kit.screen import icon

SHOWS = {
    "plan": gettext_lazy("Plan"),
    "available": gettext_lazy("Available"),
    "actual": gettext_lazy("Actual"),
    "difference": gettext_lazy("Difference"),
}
NOTHING = "–"
DIFFERENCE_AT = 2  # among the sums


class Words:
    """Amounts and shares in the format of the moment, which is asked for once."""

    def __init__(self) -> None:
        self._signs = str.maketrans(
            {",": str(get_format("THOUSAND_SEPARATOR")), ".": str(get_format("DECIMAL_SEPARATOR"))}
        )

    def amount(self, value: Amount) -> str:
        """``1,234.50``; empty for None."""
        return "" if value is None else f"{value:,.2f}".translate(self._signs)

    def percent(self, value: Amount) -> str:
        """``75.2 %``; a dash for None."""
        if value is None:
            return NOTHING
        return f"{value * 100:,.1f}".translate(self._signs) + "\u00a0%"


@dataclass(frozen=True)
class Month:
    number: int
    name: str
    short: str
    closed: bool


@dataclass(frozen=True)
class Drawn:
    """A row with its cells; ``line`` only for one of a line."""

    pk: int
    name: str
    cells: SafeString
    sums: SafeString
    head: SafeString | str = ""
    """Its name with what is to be known about it; only of a line."""
    hidden: bool = False


@dataclass(frozen=True)
class DrawnGroup:
    row: Drawn
    lines: list[Drawn]
    key: str


class Grid:
    """The sheet seen as ``show`` (a key of ``SHOWS``); ``may(line)`` says what can be edited."""

    def __init__(
        self,
        book: Book,
        show: str,
        *,
        slug: str,
        may: Callable[[Line, str], bool],
        with_hidden: bool,
        may_edit: bool,
    ) -> None:
        self.may_edit = may_edit
        self.book, self.show, self.may, self.with_hidden = book, show, may, with_hidden
        self.words = Words()
        self._lines = {line.pk: line for line in book.lines}
        self._lines_at = reverse("budget:line_edit", args=[slug, 0]).removesuffix("0/")
        self._base = reverse("budget:cell", args=[slug, 0, "plan", 1]).removesuffix("0/plan/1/")

    @cached_property
    def months(self) -> list[Month]:
        closed = self.book.closed
        return [Month(m, str(MONTH_NAMES[m]), str(MONTHS_3[m]), m in closed) for m in MONTHS]

    @cached_property
    def groups(self) -> list[DrawnGroup]:
        keys = {category.pk: category.key for category in self.book.categories}
        return [
            DrawnGroup(self._total(group, "g"), list(self._shown(group)), keys[group.pk])
            for group in self.book.sheet.groups
        ]

    @cached_property
    def total(self) -> Drawn:
        return self._total(self.book.sheet.total, "t")

    def _shown(self, group: GroupRow) -> Iterator[Drawn]:
        for row in group.lines:
            line = self._lines[row.pk]
            if self.with_hidden or not line.hidden:
                cells, sums = self._cells(row, line), self._sums(row, "l")
                yield Drawn(row.pk, row.name, cells, sums, self._head(line), line.hidden)

    def _head(self, line: Line) -> SafeString:
        name = format_html('<a href="{}{}/">{}</a>', self._lines_at, line.pk, line.name)
        hidden = self._hidden if line.hidden else ""
        shown = name if self.may_edit else line.name
        return format_html("{}{}{}", shown, self._carries if line.carry_over else "", hidden)

    @cached_property
    def _carries(self) -> SafeString:
        word = _("carries over")
        return format_html(
            ' <span class="sheet-mark" title="{}">{}<span class="sr-only">{}</span></span>',
            word,
            icon("redo-2"),
            word,
        )

    @cached_property
    def _hidden(self) -> SafeString:
        return format_html(' <span class="text-sm text-muted">{}</span>', _("hidden"))

    def _total(self, row: Row, letter: str) -> Drawn:
        return Drawn(row.pk, row.name, self._still(row, letter), self._sums(row, letter))

    def _cells(self, row: LineRow, line: Line) -> SafeString:
        if self.show not in {"plan", "actual"} or not self.may(line, self.show):
            return self._still(row, "l")
        return SafeString("".join(self._cell(line, m, amount) for m, amount in self._amounts(row)))

    def _cell(self, line: Line, month: int, amount: Amount) -> str:
        if month in self.book.closed or self._is_sum(line, month):
            return self._locked(line, month, amount)
        version = self.book.amounts.versions.get((self.show, line.pk, month), 0)
        # Whole numbers and an amount: nothing here could be markup.
        return (
            f'<td class="num month m{month} cell" data-cell="{line.pk}-{month}" '
            f'data-version="{version}"><a href="{self._base}{line.pk}/{self.show}/{month}/">'
            f"{self.words.amount(amount) or self._empty}</a></td>"
        )

    def _locked(self, line: Line, month: int, amount: Amount) -> str:
        """A cell that only shows; one made of expenses opens to them."""
        shown = self.words.amount(amount) or NOTHING
        if self._is_sum(line, month):
            shown = f'<a href="{self._base}{line.pk}/{self.show}/{month}/">{shown}</a>'
        return (
            f'<td class="num month m{month} cell-locked" '
            f'data-figure="l{line.pk}-{month}">{shown}</td>'
        )

    def _is_sum(self, line: Line, month: int) -> bool:
        return self.show == "actual" and (line.pk, month) in self.book.amounts.expenses

    def _still(self, row: Row, letter: str) -> SafeString:
        return SafeString(
            "".join(
                f'<td class="num month m{month}" data-figure="{letter}{row.pk}-{month}"'
                f"{_tone(self.show, amount)}>{self.words.amount(amount) or NOTHING}</td>"
                for month, amount in self._amounts(row)
            )
        )

    def _amounts(self, row: Row) -> Iterable[tuple[int, Amount]]:
        return zip(MONTHS, (getattr(cell, self.show) for cell in row.cells), strict=True)

    @cached_property
    def _empty(self) -> SafeString:
        return format_html('<span class="sr-only">{}</span>', _("empty"))

    def _sums(self, row: Row, letter: str) -> SafeString:
        texts = (
            self.words.amount(row.year_plan) or NOTHING,
            self.words.amount(row.actual_to_date) or NOTHING,
            self.words.amount(row.difference_to_date) or NOTHING,
            escape(_("unplanned")) if row.is_unplanned else self.words.percent(row.used),
            self.words.percent(row.of_category) if isinstance(row, LineRow) else "",
            self.words.percent(row.of_total) if isinstance(row, LineRow | GroupRow) else "",
        )
        tone = _tone("difference", row.difference_to_date)
        return SafeString(
            "".join(
                f'<td class="num sum" data-figure="{letter}{row.pk}-s{at}"'
                f"{tone if at == DIFFERENCE_AT else ''}>{text}</td>"
                for at, text in enumerate(texts)
            )
        )


def _tone(show: str, amount: Amount) -> str:
    """An amount below zero is marked, and its sign says so too."""
    if show == "difference" and amount is not None and amount < Decimal(0):
        return ' data-tone="over"'
    return ""
