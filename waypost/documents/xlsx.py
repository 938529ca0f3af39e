"""Workbooks for Excel, LibreOffice and Numbers.

Every formula cell carries its result as well: previews and phones show it without
computing, and nobody sees a zero.
"""

import datetime as dt
import io
from decimal import Decimal
from math import ceil
from typing import Any

import xlsxwriter
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from waypost.documents.values import (
    Cell,
    Chart,
    Column,
    Formula,
    Kind,
    Look,
    Row,
    Sheet,
    Value,
    Workbook,
    computed,
)

INK, SOFT, LINE, QUIET = "#0F5F5F", "#A9D3D0", "#D9D4CC", "#F3F0EB"
LOOKS: dict[Look, dict[str, Any]] = {
    Look.STRONG: {"bg_color": INK, "font_color": "#FFFFFF"},
    Look.SOFT: {"bg_color": SOFT},
    Look.QUIET: {"bg_color": "#BDB6AA"},
    Look.MARK: {"bg_color": "#F7DFA8", "border": 1, "border_color": "#C98A00"},
    Look.BAD: {"font_color": "#A8281D", "bold": True},
}
ESTIMATE = "[>=100]#,##0;[<=-100]-#,##0;#,##0.00"
TYPED = "#FDF6E3"  # cells to fill in
LINE_HEIGHT = 14  # points
OLDEST = 1900  # Excel's calendar begins here
BASE = {"font_name": "Calibri", "font_size": 10, "valign": "vcenter"}


def render(workbook: Workbook) -> bytes:
    """The bytes of an ``.xlsx`` file."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as file:
        file.set_properties({"title": workbook.head.title, "company": workbook.head.business})
        for sheet in workbook.sheets:
            _Writer(file, workbook, sheet).write()
    return stream.getvalue()


class _Page(Worksheet):
    """A sheet that takes formulas as they are.

    The library looks for thirty functions newer than 2010 in each formula, which is more
    than half of the time of a large workbook; ours use none of them.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class _Writer:
    """One sheet on its way into the file."""

    def __init__(self, file: xlsxwriter.Workbook, workbook: Workbook, sheet: Sheet) -> None:
        self.file, self.workbook, self.sheet = file, workbook, sheet
        self.page: Worksheet = file.add_worksheet(sheet.name, worksheet_class=_Page)
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self) -> None:
        self._write_above()
        self._write_headings()
        for number, row in enumerate(self.sheet.rows, self.sheet.heading_line):
            self._write_row(number, row)
        self._add_choices()
        self._add_rules()
        for chart in self.sheet.charts:
            self._add_chart(chart)
        self._set_page()

    def _format(self, **words: Any) -> Format:
        key = tuple(sorted(words.items()))
        if key not in self._formats:
            self._formats[key] = self.file.add_format({**BASE, **words})
        return self._formats[key]

    def _write_above(self) -> None:
        for number, cells in enumerate(self.sheet.above):
            words = {"bold": True, "font_size": 15} if number == 0 else {"font_color": "#635D55"}
            for place, cell in enumerate(cells):
                shape = {"num_format": _day_format(), "align": "left"} if _is_day(cell) else {}
                self._put(number, place, cell, self._format(**words, **shape))
        self.page.set_row(0, 24)

    def _write_headings(self) -> None:
        line = self.sheet.heading_line - 1
        for place, column in enumerate(self.sheet.columns):
            self._put(line, place, column.heading, self._heading_format(column))
            self.page.set_column(place, place, column.width)
            if column.note:
                self.page.write_comment(line, place, column.note, {"x_scale": 2})
        upright = any(column.grid for column in self.sheet.columns)
        self.page.set_row(line, 46 if upright else 30)

    def _heading_format(self, column: Column) -> Format:
        words: dict[str, Any] = {"bold": True, "bg_color": QUIET, "bottom": 1, "text_wrap": True}
        if column.grid:
            words |= {"rotation": 90, "align": "center", "bold": False, "font_size": 8}
            words |= {"num_format": _day_format("MONTH_DAY_FORMAT"), "text_wrap": False}
        else:
            words |= {"indent": 1} if column.kind is Kind.TEXT else {"align": "right"}
        return self._format(**words)

    def _write_row(self, number: int, row: Row) -> None:
        padded = (*row.cells, *[None] * (len(self.sheet.columns) - len(row.cells)))
        lines = 1
        for place, (column, cell) in enumerate(zip(self.sheet.columns, padded, strict=True)):
            if column.kind is Kind.TEXT and not column.grid:
                lines = max(lines, _lines_of(str(computed(cell) or ""), column.width))
            self._put(number, place, cell, self._cell_format(column, cell, group=row.group))
        self.page.set_row(number, 4 + LINE_HEIGHT * min(lines, 12))

    def _cell_format(self, column: Column, cell: Cell, *, group: bool) -> Format:
        words: dict[str, Any] = {"bottom": 4 if column.grid else 1, "bottom_color": LINE}
        if column.grid:
            words |= {"align": "center", "left": 4, "left_color": LINE, "font_size": 8}
        else:
            words |= self._kind_format(column.kind, computed(cell))
        if group:
            words |= {"bold": True, "bg_color": QUIET}
        elif column.typed:
            words["bg_color"] = TYPED
        return self._format(**words)

    def _kind_format(self, kind: Kind, value: Value) -> dict[str, Any]:
        right = {"align": "right"}
        match kind:
            case Kind.TEXT:
                return {"text_wrap": True, "indent": 1}
            case Kind.NUMBER:
                # "#,##0.##" would leave a lonely decimal sign behind a whole number.
                whole = value is None or (isinstance(value, int | Decimal) and value == int(value))
                return {"num_format": "#,##0" if whole else "#,##0.00", **right}
            case Kind.ESTIMATE:
                return {"num_format": ESTIMATE, **right}
            case Kind.MONEY:
                return {"num_format": f'#,##0.00\\ "{self._currency()}"', **right}
            case Kind.PERCENT:
                return {"num_format": "0.0%", **right}
            case Kind.DATE:
                return {"num_format": _day_format(), **right}

    def _currency(self) -> str:
        return self.workbook.currency.replace('"', "")

    def _put(self, line: int, place: int, cell: Cell, style: Format) -> None:
        if isinstance(cell, Formula):
            self.page.write_formula(line, place, cell.text, style, _result(cell))
        elif isinstance(cell, dt.date) and cell.year >= OLDEST:
            self.page.write_datetime(line, place, dt.datetime.combine(cell, dt.time.min), style)
        elif isinstance(cell, int | Decimal):
            self.page.write_number(line, place, float(cell), style)
        elif cell is None or cell == "":
            self.page.write_blank(line, place, None, style)
        else:
            # Never write(): a text that begins with "=" would become a formula.
            # Excel ends the lines of a cell with one sign.
            self.page.write_string(line, place, str(cell).replace("\r\n", "\n"), style)

    def _add_choices(self) -> None:
        first, last = self._lines()
        for place, column in enumerate(self.sheet.columns):
            source = column.choices_from or list(column.choices)
            if source:
                rule: dict[str, Any] = {"validate": "list", "source": source}
                rule["error_message"] = _("Choose a word from the list.")
                rule["error_type"] = "warning" if column.loose else "stop"
                self.page.data_validation(first, place, last, place, rule)
            elif column.between:
                least, most = column.between
                rule = {"validate": "integer", "criteria": "between"}
                rule |= {"minimum": least, "maximum": most}
                self.page.data_validation(first, place, last, place, rule)

    def _add_rules(self) -> None:
        first, last = self._lines()
        for rule in self.sheet.rules:
            start = self.sheet.heading_line - 1 if rule.from_heading else first
            style = self.file.add_format(LOOKS[rule.look])
            words = {"type": "formula", "criteria": rule.formula, "format": style}
            self.page.conditional_format(start, rule.first, last, rule.last, words)

    def _add_chart(self, chart: Chart) -> None:
        drawing = self.file.add_chart({"type": "bar" if chart.lying else "column"})
        for each in chart.series:
            colour = {"color": SOFT if each.quiet else INK}
            words = {"categories": each.labels, "values": each.values, "fill": colour}
            drawing.add_series({"name": each.name, **words, "gap": 60, "overlap": 0})
        drawing.set_title({"name": chart.title, "name_font": {"size": 12}})
        money = {
            "num_format": "#,##0",
            "major_gridlines": {"visible": True, "line": {"color": LINE}},
        }
        if chart.lying:  # drawn from the bottom up, so the labels are turned round
            drawing.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}})
            drawing.set_x_axis(money)
        else:
            drawing.set_x_axis({"label_position": "low"})
            drawing.set_y_axis(money)
        drawing.set_legend({"position": "bottom"})
        width, height = chart.size
        drawing.set_size({"width": width, "height": height})
        self.page.insert_chart(chart.at, drawing)

    def _lines(self) -> tuple[int, int]:
        """The first and the last data row, counted from 0."""
        first = self.sheet.heading_line
        return first, max(first, first + len(self.sheet.rows) - 1)

    def _set_page(self) -> None:
        page, sheet, head = self.page, self.sheet, self.workbook.head
        page.freeze_panes(sheet.heading_line, sheet.frozen_columns)
        page.hide_gridlines(2)
        if sheet.filtered:
            page.autofilter(sheet.heading_line - 1, 0, self._lines()[1], len(sheet.columns) - 1)
        page.set_paper(8 if any(column.grid for column in sheet.columns) else 9)  # A3, A4
        if sheet.landscape:
            page.set_landscape()
        page.fit_to_pages(sheet.pages_wide, 0)
        if sheet.pages_wide > 1 and sheet.frozen_columns:
            page.repeat_columns(0, sheet.frozen_columns - 1)
        page.repeat_rows(sheet.heading_line - 1)
        page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.7)
        page.set_header(f"&L{_plain(head.business)}&R{_plain(head.title)}")
        pages = _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
        page.set_footer(f"&L{_plain(head.period)}&R{pages}")


def _result(cell: Formula) -> str | float:
    if isinstance(cell.value, dt.date):
        return float((cell.value - dt.date(1899, 12, 30)).days)
    if isinstance(cell.value, int | Decimal):
        return float(cell.value)
    return cell.value or ""


def _is_day(cell: Cell) -> bool:
    return isinstance(computed(cell), dt.date)


def _day_format(name: str = "SHORT_DATE_FORMAT") -> str:
    """Django's way to write a day in the person's language, in Excel's letters."""
    letters = {"j": "d", "n": "m", "M": "mmm", "F": "mmm", "Y": "yyyy"}
    return "".join(letters.get(letter, letter) for letter in str(get_format(name)))


def _lines_of(text: str, width: float) -> int:
    """How often a text is broken in a column; not every program measures it itself."""
    return sum(max(1, ceil(len(line) / (width - 2))) for line in text.split("\n"))


def _plain(text: str) -> str:
    # "&" begins a code in the head and foot of a page; Excel allows 255 characters there.
    return text[:100].replace("&", "&&")
