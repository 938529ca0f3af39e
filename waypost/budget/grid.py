"""The sheet as rows that a template draws: ready cells, because there are thousands."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.dates import MONTHS_3
from django.utils.formats import get_format
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.budget.models import MONTHS, Line
from waypost.budget.reading import Book
from waypost.budget.sheet import Amount, GroupRow, LineRow, Row

SHOWS = {
    "plan": gettext_lazy("Plan"),
    "available": gettext_lazy("Available"),
    "actual": gettext_lazy("Actual"),
    "difference": gettext_lazy("Difference"),
}
NOTHING = "–"


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
    line: Line | None = None


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
    ) -> None:
        self.book, self.show, self.may, self.with_hidden = book, show, may, with_hidden
        self.words = Words()
        self._lines = {line.pk: line for line in book.lines}
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
                yield Drawn(row.pk, row.name, self._cells(row, line), self._sums(row, "l"), line)

    def _total(self, row: Row, letter: str) -> Drawn:
        cells = (
            (m, letter, row.pk, m, _tone(self.show, amount), self.words.amount(amount) or NOTHING)
            for m, amount in self._amounts(row)
        )
        drawn = format_html_join(
            "", '<td class="num month m{}" data-figure="{}{}-{}"{}>{}</td>', cells
        )
        return Drawn(row.pk, row.name, drawn, self._sums(row, letter))

    def _cells(self, row: LineRow, line: Line) -> SafeString:
        if self.show not in {"plan", "actual"} or not self.may(line, self.show):
            return self._still(row, line)
        return SafeString("".join(self._cell(line, m, amount) for m, amount in self._amounts(row)))

    def _cell(self, line: Line, month: int, amount: Amount) -> str:
        if month in self.book.closed or self._is_sum(line, month):
            return self._locked(line, month, amount)
        version = self.book.amounts.versions.get((self.show, line.pk, month), 0)
        return format_html(
            '<td class="num month m{} cell" data-cell="{}-{}" data-version="{}">'
            '<a href="{}{}/{}/{}/">{}</a></td>',
            month,
            line.pk,
            month,
            version,
            self._base,
            line.pk,
            self.show,
            month,
            self.words.amount(amount) or self._empty,
        )

    def _locked(self, line: Line, month: int, amount: Amount) -> str:
        """A cell that only shows; one made of expenses opens to them."""
        shown = self.words.amount(amount) or NOTHING
        if self._is_sum(line, month):
            shown = format_html('<a href="{}{}/{}/{}/">{}</a>', self._base, line.pk, self.show,
                                month, shown)  # fmt: skip
        return format_html(
            '<td class="num month m{} cell-locked" data-figure="l{}-{}">{}</td>',
            month, line.pk, month, shown,
        )  # fmt: skip

    def _is_sum(self, line: Line, month: int) -> bool:
        return self.show == "actual" and (line.pk, month) in self.book.amounts.expenses

    def _still(self, row: LineRow, line: Line) -> SafeString:
        cells = (
            (m, line.pk, m, _tone(self.show, amount), self.words.amount(amount) or NOTHING)
            for m, amount in self._amounts(row)
        )
        return format_html_join(
            "", '<td class="num month m{}" data-figure="l{}-{}"{}>{}</td>', cells
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
            _("unplanned") if row.is_unplanned else self.words.percent(row.used),
            self.words.percent(row.of_category) if isinstance(row, LineRow) else "",
            self.words.percent(row.of_total) if isinstance(row, LineRow | GroupRow) else "",
        )
        tones = ["", "", _tone("difference", row.difference_to_date), "", "", ""]
        cells = (
            (letter, row.pk, at, tone, text)
            for at, (tone, text) in enumerate(zip(tones, texts, strict=True))
        )
        return format_html_join("", '<td class="num sum" data-figure="{}{}-s{}"{}>{}</td>', cells)


def _tone(show: str, amount: Amount) -> SafeString | str:
    """An amount below zero is marked, and its sign says so too."""
    if show == "difference" and amount is not None and amount < Decimal(0):
        return format_html(' data-tone="{}"', "over")
    return ""
