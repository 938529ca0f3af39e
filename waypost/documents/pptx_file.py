"""Presentations for PowerPoint, Impress and Google Slides, with charts that stay live.

Slides are 16:9. A table that is too long for a slide goes on on the next one; letters are
never smaller than one can read from a chair.
"""

import io
from collections.abc import Iterator
from copy import deepcopy
from itertools import zip_longest
from math import ceil
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.table import _Cell
from pptx.util import Inches, Pt

from waypost.documents.letters import clean, shortened
from waypost.documents.measuring import columns, lines
from waypost.documents.slides import Bars, Deck, Slide, SlidePart
from waypost.documents.values import Callout, Cards, Items, Paragraph, Question, Table

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, TOP, BOTTOM = Inches(0.6), Inches(1.35), Inches(6.85)
WHOLE = WIDTH - 2 * LEFT
BESIDE = Inches(7.0)  # left of a chart
GAP = Inches(0.18)
_new_data: Any = CategoryChartData
_colour: Any = RGBColor.from_string  # the library is only half typed
INK, ACCENT, QUIET = (_colour(each) for each in ("24211D", "0F5F5F", "635D55"))
SHADE, SOFT, WHITE = (_colour(each) for each in ("F3F0EB", "BDB6AA", "FFFFFF"))
FONT = "Calibri"
PLAIN_TABLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # a style without colours or lines
TEXT = f".//{qn('a:t')}"
ROW, TIGHT, LINE = Inches(0.3), Inches(0.26), Inches(0.3)  # a row of a table; of a full slide
BODY, SMALL, ANSWER, CELL = 16, 14, 18, 12  # points
MARGIN = 0.08  # inches at each side of a cell
LONGEST = 600  # letters of one text on a slide


def render(deck: Deck) -> bytes:
    """The bytes of a ``.pptx`` file."""
    return _Writer(deck).write()


class _Writer:
    """One presentation on its way into a file."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.file: Any = Presentation()
        self.file.slide_width, self.file.slide_height = WIDTH, HEIGHT
        self.empty = self.file.slide_layouts[5]  # a title alone
        told = self.file.core_properties
        told.title, told.author = clean(deck.head.title), clean(deck.head.business)

    def write(self) -> bytes:
        self._cover()
        for slide in self.deck.slides:
            self._slide(slide)
        stream = io.BytesIO()
        self.file.save(stream)
        return stream.getvalue()

    def _cover(self) -> None:
        head = self.deck.head
        page = self._page(head.title)
        page.shapes.title.top, page.shapes.title.height = Inches(2.5), Inches(1.1)
        _style(page.shapes.title.text_frame, 40, ACCENT, bold=True)
        _box(page, head.business, LEFT, Inches(1.9), WHOLE, 22, QUIET)
        day = date_format(head.date, "DATE_FORMAT")
        told = " · ".join(filter(None, [head.period, head.version, day]))
        _box(page, told, LEFT, Inches(3.6), WHOLE, 18, QUIET)
        bar = page.shapes.add_shape(1, 0, 0, Inches(0.22), HEIGHT)
        bar.fill.solid()
        bar.fill.fore_color.rgb = ACCENT
        bar.line.fill.background()

    def _page(self, title: str) -> Any:
        page = self.file.slides.add_slide(self.empty)
        frame = page.shapes.title
        frame.left, frame.top, frame.width, frame.height = LEFT, Inches(0.45), WHOLE, Inches(0.75)
        frame.text_frame.text = clean(shortened(title, 120))
        frame.text_frame.margin_left = 0
        frame.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        _style(frame.text_frame, 28 if len(title) < 60 else 22, ACCENT, bold=True)
        return page

    def _slide(self, slide: Slide) -> None:
        width = int(BESIDE if slide.bars else WHOLE)
        page, top = self._page(slide.title), int(TOP)
        if slide.lead:
            self._put(page, Paragraph(slide.lead), top, int(WHOLE))
            top += _height(Paragraph(slide.lead), int(WHOLE)) + GAP
        if slide.bars:
            self._chart(page, slide.bars, top)
        self._foot(page)
        row = _row(slide, top, width)
        parts = list(_on_pages(slide, width, row, BOTTOM - top))
        is_empty = True
        for part, following in zip_longest(parts, parts[1:]):
            height = _height(part, width, row)
            kept = _kept_with(part, following, width, row)
            if not is_empty and top + height + kept > BOTTOM:
                page, top = self._page(_("%(title)s (more)") % {"title": slide.title}), int(TOP)
                width = int(WHOLE)
                self._foot(page)
            self._put(page, part, top, width, row)
            top, is_empty = top + height + GAP, False

    def _foot(self, page: Any) -> None:
        head = self.deck.head
        told = " · ".join(filter(None, [head.business, head.period]))
        _box(page, told, LEFT, Inches(6.95), WHOLE - Inches(1), 11, QUIET)
        number = str(len(self.file.slides))
        _box(page, number, WIDTH - Inches(1.6), Inches(6.95), Inches(1), 11, QUIET, right=True)

    def _put(self, page: Any, part: SlidePart, top: int, width: int, row: int = ROW) -> None:
        match part:
            case Table():
                _table(page, part, top, width, row)
            case Cards():
                _cards(page, part, top, width)
            case Paragraph():
                size, colour = (SMALL, QUIET) if part.quiet else (BODY, INK)
                _box(page, shortened(part.text, LONGEST), LEFT, top, width, size, colour)
            case Items():
                _bullets(page, part.items, top, width)
            case Callout():
                _box(page, part.title, LEFT, top, width, BODY, ACCENT, bold=True)
                _bullets(page, part.items, top + LINE, width)
            case Question():
                _box(page, part.text, LEFT, top, width, SMALL, QUIET)
                answer = shortened(part.answer, LONGEST)
                below = top + LINE * _lines(part.text, width, SMALL)
                _box(page, answer, LEFT, below, width, ANSWER, INK)

    def _chart(self, page: Any, bars: Bars, top: int) -> None:
        data: Any = _new_data()
        data.categories = [clean(label) for label in bars.labels]
        for name, row in bars.series:
            data.add_series(clean(name), [None if each is None else float(each) for each in row])
        across = LEFT + BESIDE + Inches(0.3)
        place = (across, top, WIDTH - across - Inches(0.4), BOTTOM - top)
        frame = page.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *place, data)
        frame.name = clean(bars.title)
        frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(bars.title))
        _dress(frame.chart, bars)


def _dress(chart: Any, bars: Bars) -> None:
    chart.font.size, chart.font.name = Pt(12), FONT
    chart.has_title = True
    chart.chart_title.text_frame.text = clean(bars.title)
    _style(chart.chart_title.text_frame, 14, INK, bold=True)
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    # Bars are drawn from the bottom up.
    chart.category_axis.reverse_order = True
    chart.category_axis.format.line.color.rgb = SOFT
    chart.category_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, 0
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = "#,##0", False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    for number, series in enumerate(plot.series):
        series.format.fill.solid()
        last = number == len(bars.series) - 1
        series.format.fill.fore_color.rgb = ACCENT if last else SOFT


def _row(slide: Slide, top: int, width: int) -> int:
    """How high a row of a table is: lower where that keeps all on one slide."""
    heights = [sum(_height(each, width, row) + GAP for each in slide.parts) for row in (ROW, TIGHT)]
    room = BOTTOM - top + GAP
    return TIGHT if heights[1] <= room < heights[0] else ROW


def _on_pages(slide: Slide, width: int, row: int, room: int) -> Iterator[SlidePart]:
    """The parts, with tables parted where a slide is full; ``room`` is that of the first."""
    for part in slide.parts:
        if not isinstance(part, Table):
            yield part
            continue
        wide = _widths(part, width)
        head = _row_lines(part.headings, wide, bold=True)
        most = int(room / row)
        taken, start = head, 0
        for place, cells in enumerate(part.rows):
            high = _row_lines(cells, wide)
            if taken + high > most and place > start:
                yield _part_of(part, start, place)
                taken, start = head, place
                most = int((BOTTOM - TOP) / row)
            taken += high
        yield _part_of(part, start, len(part.rows))


def _part_of(table: Table, start: int, end: int) -> Table:
    return Table(table.headings, table.rows[start:end], table.widths, table.numbers)


def _widths(table: Table, width: int) -> list[float]:
    """Of the columns, in points."""
    return columns(table, width / Pt(1), CELL, 2 * MARGIN * 72)


def _row_lines(row: tuple[str, ...], widths: list[float], *, bold: bool = False) -> int:
    rooms = [wide - 2 * MARGIN * 72 for wide in widths]
    return max(lines(cell, room, CELL, bold=bold) for cell, room in zip(row, rooms, strict=True))


def _height(part: SlidePart, width: int, row: int = ROW) -> int:
    match part:
        case Table():
            wide = _widths(part, width)
            found = _row_lines(part.headings, wide, bold=True)
            return row * (found + sum(_row_lines(each, wide) for each in part.rows))
        case Cards():
            return int(Inches(1.2) * ceil(len(part.cards) / _across(width)))
        case Paragraph():
            return LINE * _lines(part.text, width, SMALL if part.quiet else BODY)
        case Items():
            return LINE * sum(_lines(item, width) for item in part.items)
        case Callout():
            return LINE * (1 + sum(_lines(item, width) for item in part.items))
        case Question():
            asked = _lines(part.text, width, SMALL)
            return int(LINE * (asked + 1.15 * _lines(part.answer, width, ANSWER)))


def _kept_with(part: SlidePart, following: SlidePart | None, width: int, row: int) -> int:
    """A quiet line leads to what comes next and does not stand alone at the foot."""
    leads = isinstance(part, Paragraph) and part.quiet and following is not None
    return GAP + _height(following, width, row) if leads and following else 0


def _lines(text: str, width: int, size: int = BODY) -> int:
    return lines(shortened(text, LONGEST), width / Pt(1), size)


def _across(width: int) -> int:
    return max(1, int(width / Inches(2.3)))


def _box(
    page: Any,
    text: str,
    left: int,
    top: int,
    width: int,
    size: int,
    colour: RGBColor,
    *,
    bold: bool = False,
    right: bool = False,
) -> Any:
    box = page.shapes.add_textbox(left, top, width, Inches(0.3))
    frame = box.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = clean(text)
    _style(frame, size, colour, bold=bold)
    if right:
        frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    return box


def _style(frame: Any, size: int, colour: RGBColor, *, bold: bool = False) -> None:
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        font = paragraph.font
        font.size, font.bold, font.name = Pt(size), bold, FONT
        font.color.rgb = colour


def _bullets(page: Any, items: tuple[str, ...], top: int, width: int) -> None:
    text = "\n".join(f"• {shortened(item, LONGEST)}" for item in items)
    _box(page, text, LEFT, top, width, BODY, INK)


def _cards(page: Any, part: Cards, top: int, width: int) -> None:
    across = _across(width)
    step = width // min(across, max(1, len(part.cards)))
    for place, card in enumerate(part.cards):
        left = LEFT + step * (place % across)
        row = top + Inches(1.2) * (place // across)
        inner = step - Inches(0.2)
        _box(page, card.word, left, row, inner, 13, QUIET)
        size = 24 if len(card.value) < 10 else 20
        _box(page, card.value, left, row + Inches(0.28), inner, size, INK, bold=True)
        _box(page, card.note, left, row + Inches(0.75), inner, 12, QUIET)


def _table(page: Any, part: Table, top: int, width: int, high: int) -> None:
    size = (len(part.rows) + 1, len(part.headings))
    frame = page.shapes.add_table(*size, LEFT, top, width, high * size[0])
    table = frame._element.graphic.graphicData.tbl
    table.tblPr.set("bandRow", "0")
    table.tblPr.find(qn("a:tableStyleId")).text = PLAIN_TABLE
    for place, wide in enumerate(_widths(part, width)):
        frame.table.columns[place].width = int(wide * Pt(1))
    cells = _Cells(frame)
    # Asking the library for one cell after the other takes half of the time of a deck.
    for number, (line, row) in enumerate(
        zip(table.tr_lst, (part.headings, *part.rows), strict=True)
    ):
        line.h = high
        for place, (each, words) in enumerate(zip(line.tc_lst, row, strict=True)):
            cells.write(each, clean(words), number=place in part.numbers, head=number == 0)


class _Cells:
    """The cells of a table: the first of a look is made by the library, the others after it."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame
        self.models: dict[tuple[bool, bool], Any] = {}

    def write(self, element: Any, words: str, *, number: bool, head: bool) -> None:
        if not words or "\n" in words:  # of another shape inside
            _cell(_Cell(element, self.frame), words, number=number, head=head)
            return
        model = self.models.get((number, head))
        if model is None:
            _cell(_Cell(element, self.frame), words, number=number, head=head)
            self.models[number, head] = element
            return
        copied = deepcopy(model)
        copied.find(TEXT).text = words
        element.getparent().replace(element, copied)


def _cell(cell: Any, words: str, *, number: bool, head: bool) -> None:
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.margin_left = cell.margin_right = Inches(MARGIN)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    cell.text_frame.text = words
    _style(cell.text_frame, CELL, INK, bold=head)
    if number:
        for paragraph in cell.text_frame.paragraphs:
            paragraph.alignment = PP_ALIGN.RIGHT
    if head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = SHADE
