"""A budget as a workbook that lives: change an amount and everything after it follows.

The formulas say in Excel's words what :mod:`waypost.budget.sheet` computes, and each of
them carries the result of today. Line 12 of *Budget* belongs to line 12 of *Base*.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from waypost.budget.chart_sheet import charts_sheet
from waypost.budget.columns import (
    FIRST_LINE,
    MARKS_LINE,
    base_headings,
    budget_headings,
)
from waypost.budget.layout import Layout, Place, known, ranges, share, shown
from waypost.budget.models import MONTHS, CarryRule, Vat
from waypost.budget.reading import Book
from waypost.budget.sheet import GroupRow, LineRow, variance
from waypost.documents.formulas import letters, quoted
from waypost.documents.values import (
    Cell,
    Column,
    Formula,
    Kind,
    Letterhead,
    Look,
    Row,
    Rule,
    Sheet,
    Value,
    Workbook,
)

SUMS = ("year_plan", "year_actual", "plan_to_date", "actual_to_date")
SHARES = ("used", "of_category", "of_total")
TEXTS = {"category", "line", "source", "carry_over", "vendor", "recurring", "note", "number"}
WIDTHS = {"category": 29, "line": 36, "source": 12, "carry_over": 9, "note": 30, "vendor": 18}


def workbook(book: Book, *, business: str, today: dt.date) -> Workbook:
    """The sheets Budget, Base and Charts of ``book``."""
    builder = _Builder(book, business)
    head = Letterhead(builder.title, business, today, str(book.budget.year))
    sheets = (builder.budget_sheet(), builder.base_sheet(), charts_sheet(builder))
    return Workbook(head, sheets, book.budget.currency)


class _Builder(Layout):
    """Writes the formulas between the places of the file."""

    def budget_sheet(self) -> Sheet:
        return Sheet(
            name=self.words.budget,
            columns=tuple(self._budget_columns()),
            rows=tuple(self._budget_row(place) for place in self.places),
            above=((self.title,), (self._hint(),), self._marks()),
            frozen_columns=2,
            rules=tuple(self._rules()),
            landscape=True,
            pages_wide=4,
        )

    def _budget_columns(self) -> Iterator[Column]:
        for name, heading in budget_headings().items():
            kind = Kind.PERCENT if name in SHARES else Kind.MONEY
            kind = Kind.TEXT if name in TEXTS else kind
            yield Column(heading, kind, WIDTHS.get(name, 13), typed=name.startswith("actual "))

    def _hint(self) -> str:
        vat = Vat(self.book.budget.vat).label
        words = {"currency": self.book.budget.currency, "vat": vat, "base": self.words.base}
        text = _(
            "All amounts in %(currency)s, %(vat)s. Type what was spent into the light columns;"
            " the plan stands on the sheet “%(base)s”. Only closed months carry over."
        )
        return text % words

    def _marks(self) -> tuple[Cell, ...]:
        cells: list[Cell] = [_("To date: through month"), self._through(), "", ""]
        for month in MONTHS:
            closed = month in self.book.closed
            cells += [self.words.closed if closed else self.words.open, month, ""]
        return tuple(cells)

    def _through(self) -> Formula:
        """The last closed month; while none is, the last month in which something was spent."""
        total = self.places[-1].at
        row = f"${self.first}${total}:${self.last}${total}"
        number = f"(COLUMN({self.marks})-COLUMN(${self.first}$1)"
        closed = quoted(self.words.closed)
        text = (
            f"=IF(COUNTIF({self.marks},{closed})>0,"
            f"SUMPRODUCT(MAX(({self.marks}={closed})*{number}+3)/3)),"
            f"SUMPRODUCT(MAX(ISNUMBER({row})*ISNUMBER({self.marks})*{number}+2)/3)))"
        )
        return Formula(text, self.book.sheet.through)

    def _rules(self) -> Iterator[Rule]:
        for name in (*(f"difference {month}" for month in MONTHS), "difference_to_date"):
            place = self.budget_names.index(name)
            yield Rule(place, place, f"N({letters(place)}{FIRST_LINE})<0", Look.BAD)

    def _budget_row(self, place: Place) -> Row:
        cells = {
            **self._named(place),
            **self._months(place),
            **self._sums(place),
            **self._judged(place),
        }
        return Row(tuple(cells.get(name) for name in self.budget_names), group=not place.is_line)

    def _named(self, place: Place) -> dict[str, Cell]:
        if not place.is_line:
            return {"category": self._head_words(place)}
        told = self._told(place)
        return {
            name: Formula(f'=IF({cell}="","",{cell})', told.get(name) or "")
            for name in ("category", "line", "source", "carry_over", "note")
            for cell in [f"{self.base}{self.base_at[name]}{place.at}"]
        }

    def _head_words(self, place: Place) -> Cell:
        if isinstance(place.row, GroupRow):
            return Formula(f"={self.base}A{place.at}", place.row.name)
        return _("Total")

    def _months(self, place: Place) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        for month, cell in zip(MONTHS, place.row.cells, strict=True):
            for key in ("available", "actual", "difference"):
                name, value = f"{key} {month}", getattr(cell, key)
                cells[name] = (
                    self._line_cell(place, key, month, value)
                    if place.is_line
                    else self._sum(place, self.at[name], value)
                )
        return cells

    def _line_cell(self, place: Place, key: str, month: int, value: Decimal | None) -> Cell:
        if key == "actual":
            return value
        available, actual = (
            f"{self.at[f'{each} {month}']}{place.at}" for each in ("available", "actual")
        )
        if key == "difference":
            return Formula(f'=IF(ISNUMBER({actual}),N({available})-{actual},"")', shown(value))
        return Formula(self._available(place, month), shown(value))

    def _available(self, place: Place, month: int) -> str:
        base = f"{self.base}{self.base_at[str(month)]}{place.at}"
        if month == 1:
            return f'=IF({base}="","",{base})'
        carry = self._carry(place, month - 1)
        return f'=IF(AND({base}="",{carry}=0),"",N({base})+{carry})'

    def _carry(self, place: Place, month: int) -> str:
        """What ``month`` hands on: what it has left when it is closed and its actual is known."""
        available, actual = (
            f"{self.at[f'{each} {month}']}{place.at}" for each in ("available", "actual")
        )
        mark = f"{self.at[f'available {month}']}${MARKS_LINE}"
        rest = f"N({available})-{actual}"
        if self.book.budget.carry_rule == CarryRule.SURPLUS_ONLY:
            rest = f"MAX(0,{rest})"
        yes, closed = quoted(self.words.yes), quoted(self.words.closed)
        wanted = f"${self.at['carry_over']}{place.at}={yes}"
        return f"IF(AND({wanted},{mark}={closed},ISNUMBER({actual})),{rest},0)"

    def _sums(self, place: Place) -> dict[str, Cell]:
        if not place.is_line:
            return {
                name: self._sum(place, self.at[name], getattr(place.row, name)) for name in SUMS
            }
        first, last = (f"{self.base}{self.base_at[each]}{place.at}" for each in ("1", "12"))
        whole = f"{first}:{last.removeprefix(self.base)}"
        begun = f"{first}:INDEX({whole},1,{self.through})"
        spent = f"${self.first}{place.at}:${self.last}{place.at}"
        texts = {
            "year_plan": known(f"COUNT({whole})", f"SUM({whole})"),
            "plan_to_date": f'=IF({self.through}=0,"",IF(COUNT({begun})=0,"",SUM({begun})))',
            "year_actual": self._spent(spent, "12"),
            "actual_to_date": self._spent(spent, self.through),
        }
        return {name: Formula(texts[name], shown(getattr(place.row, name))) for name in SUMS}

    def _spent(self, cells: str, through: str) -> str:
        """The marks hold a number above each column of actuals, and only there."""
        inside = f'{self.marks},"<="&{through}'
        number = f'COUNTIFS({inside},{cells},">-1E+99")'
        return known(number, f"SUMIFS({cells},{inside})")

    def _sum(self, place: Place, column: str, value: Value) -> Formula:
        cells = ranges(column, place.parts)
        if not cells:
            return Formula('=""', "")
        return Formula(known(f"COUNT({cells})", f"SUM({cells})"), shown(value))

    def _judged(self, place: Place) -> dict[str, Cell]:
        row, cell = place.row, {name: f"{self.at[name]}{place.at}" for name in self.at}
        total = f"{self.at['year_plan']}${self.places[-1].at}"
        category = f"{self.at['year_plan']}${place.group.at if place.group else place.at}"
        left = '=IF(ISNUMBER({0}),N({1})-{0},"")'
        cells: dict[str, Cell] = {
            "year_difference": Formula(
                left.format(cell["year_actual"], cell["year_plan"]),
                shown(variance(row.year_plan, row.year_actual)),
            ),
            "difference_to_date": Formula(
                left.format(cell["actual_to_date"], cell["plan_to_date"]),
                shown(row.difference_to_date),
            ),
            "used": share(cell["actual_to_date"], cell["plan_to_date"], row.used),
        }
        if isinstance(row, LineRow | GroupRow):
            cells["of_total"] = share(cell["year_plan"], total, row.of_total)
        if isinstance(row, LineRow):
            cells["of_category"] = share(cell["year_plan"], category, row.of_category)
        return cells

    def base_sheet(self) -> Sheet:
        year = self.book.budget.year
        marks: tuple[Cell, ...] = (_("Year"), year, _("Currency"), self.book.budget.currency)
        hint = _(
            "Plan for each month, without what carries over. New lines: fill in an empty line,"
            " or insert one on both sheets. Do not change the last column."
        )
        return Sheet(
            name=self.words.base,
            columns=tuple(self._base_columns()),
            rows=tuple(self._base_row(place) for place in self.places),
            above=((self.title,), (hint,), marks),
            frozen_columns=2,
            landscape=True,
            pages_wide=2,
        )

    def _base_columns(self) -> Iterator[Column]:
        truth = (self.words.yes, self.words.no)
        choices: dict[str, tuple[str, ...]] = {
            "source": tuple(self.words.sources.values()),
            "carry_over": truth,
            "recurring": truth,
        }
        for name, heading in base_headings().items():
            kind = Kind.TEXT if name in TEXTS else Kind.MONEY
            kind = Kind.DATE if name == "renewal_date" else kind
            typed = name not in {"category", "year_plan", "number"}
            width = WIDTHS.get(name, 13)
            yield Column(heading, kind, width, choices=choices.get(name, ()), typed=typed)

    def _base_row(self, place: Place) -> Row:
        cells: dict[str, Cell] = dict(self._told(place))
        for month, cell in zip(MONTHS, place.row.cells, strict=True):
            name = str(month)
            column = self.base_at[name]
            cells[name] = cell.plan if place.is_line else self._sum(place, column, cell.plan)
        if place.is_line:
            whole = f"{self.base_at['1']}{place.at}:{self.base_at['12']}{place.at}"
            text = known(f"COUNT({whole})", f"SUM({whole})")
            cells["year_plan"] = Formula(text, shown(place.row.year_plan))
        else:
            cells["year_plan"] = self._sum(place, self.base_at["year_plan"], place.row.year_plan)
        return Row(tuple(cells.get(name) for name in self.base_names), group=not place.is_line)

    def _told(self, place: Place) -> dict[str, Any]:
        """What is said of a line, a category or the whole."""
        if not place.group:
            return {"category": place.row.name or _("Total")}
        if place.line is None:
            return {"category": place.group.row.name}
        line, words = place.line, self.words
        return {
            "category": place.group.row.name,
            "line": line.name,
            "source": words.sources[line.source],
            "carry_over": words.yes if line.carry_over else words.no,
            "vendor": line.vendor,
            "renewal_date": line.renewal_date,
            "recurring": words.yes if line.recurring else words.no,
            "note": line.note,
            "number": str(line.pk),
        }
