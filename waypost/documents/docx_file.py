"""Documents for Word, LibreOffice and Google Docs.

Headings are headings and tables are tables, so that people can go on writing. The list of
contents is a field that is already filled in; no program has to ask whether to update it.
"""

import io
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import docx
from django.utils.formats import date_format
from django.utils.translation import get_language
from docx.oxml.ns import qn
from docx.shared import Twips

from waypost.documents import docx_look as look
from waypost.documents import docx_xml as x
from waypost.documents import values
from waypost.documents.docx_xml import ACCENT, LINE, QUIET, SHADE, Element
from waypost.documents.fitting import Fitted, fit
from waypost.documents.letters import clean, fits_a_page, lines_of, pairs
from waypost.documents.measuring import columns
from waypost.documents.pictures import png
from waypost.documents.values import Document, Image, OnePage, Picture

THIN = (("top", 4, LINE), ("left", 4, LINE), ("bottom", 4, LINE), ("right", 4, LINE))
ROWS = (("top", 4, LINE), ("bottom", 4, LINE), ("insideH", 4, LINE))
HIGHEST_PICTURE = 11_500  # twips
LOGO = 2_400  # twips across
CELL = 150  # twips that a cell of a table has at its sides
LONG_VALUE = 10  # letters of a number that would take two lines on a card
SHORT = 30  # lines; a higher row of a table may be broken


def render(document: Document | OnePage) -> bytes:
    """The bytes of an A4 ``.docx`` file."""
    if isinstance(document, OnePage):
        return _Writer(document.head, landscape=False).one_page(document)
    return _Writer(document.head, landscape=document.landscape).write(document)


class _Writer:
    """One document on its way into a file."""

    def __init__(self, head: values.Letterhead, *, landscape: bool) -> None:
        self.head = head
        self.file: Any = docx.Document()
        self.width = look.inner_width(landscape=landscape)
        self._lists = look.NUMBERS
        self._headings = self._pictures = 0
        self._entries: list[tuple[values.Heading, str]] = []
        language = get_language() or "en"
        look.dress(self.file, head, language=language, landscape=landscape)

    def write(self, document: Document) -> bytes:
        headings = [part for part in document.parts if isinstance(part, values.Heading)]
        self._entries = [(each, f"_Toc{number}") for number, each in enumerate(headings, 1)]
        covered = any(isinstance(part, values.Cover) for part in document.parts)
        content = [] if covered else self._title()
        for part in document.parts:
            content += MAKERS[type(part)](self, part)
        return self._finish(content, covered=covered)

    def one_page(self, page: OnePage) -> bytes:
        return self._finish([*self._title(), *_columns(fit(page), page, self.width)], covered=True)

    def _finish(self, content: list[Element], *, covered: bool) -> bytes:
        """``covered``: the first page has neither head nor foot."""
        end = self.file.element.body.find(qn("w:sectPr"))
        for each in content:
            end.addprevious(each)
        self.file.sections[0].different_first_page_header_footer = covered
        stream = io.BytesIO()
        self.file.save(stream)
        return stream.getvalue()

    def _title(self) -> list[Element]:
        size = 40  # half points: smaller than on a cover
        told = [self.head.business, *self._told()]
        return [
            x.paragraph(x.run(self.head.title, size=size), style="Title"),
            x.text(" · ".join(filter(None, told)), "Quiet"),
        ]

    def _told(self) -> list[str]:
        day = date_format(self.head.date, "DATE_FORMAT")
        return [each for each in (self.head.period, self.head.version, day) if each]

    def cover(self, part: values.Cover) -> list[Element]:
        space = x.w("p", x.w("pPr", x.w("spacing", before=3200, after=0)))
        made = [space, *(self.image(part.logo, LOGO) if part.logo else [])]
        made.append(x.text(self.head.title, "Title"))
        made.append(x.text(self.head.business, "Subtitle"))
        made += [x.text(each, "Quiet") for each in self._told()]
        if part.note:
            made.append(x.text(part.note, "Quiet"))
        return [*made, _new_page()]

    def contents(self, part: values.Contents) -> list[Element]:
        entries = [(each, mark) for each, mark in self._entries if each.level <= 2]
        made = [x.text(part.title, "ContentsTitle")]
        for number, (heading, mark) in enumerate(entries):
            link = x.w("hyperlink", x.run(heading.text), anchor=mark, history=1)
            begin = x.field_begin('TOC \\o "1-2" \\n \\h \\z \\u') if number == 0 else []
            end = [x.field_mark("end")] if number == len(entries) - 1 else []
            made.append(x.paragraph(*begin, link, *end, style=f"toc{heading.level}"))
        return made

    def heading(self, part: values.Heading) -> list[Element]:
        mark = self._entries[self._headings][1]
        self._headings += 1
        words = x.bookmarked([x.run(part.text)], mark, self._headings)
        return [x.paragraph(*words, style=f"Heading{part.level}")]

    def question(self, part: values.Question) -> list[Element]:
        asked = x.text(part.text, "Question")
        tip = [x.text(part.tip, "Tip")] if part.tip else []
        if clean(part.answer).strip():
            return [asked, *x.texts(part.answer), *tip]
        kept = part.room <= SHORT
        return [asked, *tip, *x.ruled(part.room, self.width, keep=kept), x.gap()]

    def items(self, part: values.Items) -> list[Element]:
        if part.numbered:
            self._lists += 1
            look.counted_list(self.file, self._lists)
        number = self._lists if part.numbered else look.BULLETS
        return [x.text(each, number=number) for each in part.items]

    def image(self, part: Image, width: int = 0) -> list[Element]:
        return [x.paragraph(self.drawn(part, width or int(self.width * part.share)))]

    def drawn(self, part: Image, width: int) -> Element:
        """A run with the picture; Word shows no SVG without a copy in pixels."""
        content = png(Picture(part.content.decode())) if part.suffix == "svg" else part.content
        inline = self.file.part.new_pic_inline(io.BytesIO(content), width=Twips(width))
        size, most = inline.extent, Twips(HIGHEST_PICTURE)
        if size.cy > most:
            size.cx, size.cy = int(size.cx * most / size.cy), most
            shape = inline.graphic.graphicData.pic.spPr
            shape.cx, shape.cy = size.cx, size.cy
        self._pictures += 1
        inline.docPr.set("id", str(self._pictures))
        inline.docPr.set("descr", clean(part.alt))
        inline.set("distL", "0")
        inline.set("distR", "0")
        return x.w("r", x.w("drawing", inline))

    def profiles(self, part: values.Profiles) -> list[Element]:
        return [
            made for each in part.profiles for made in (self._profile(each, part.room), x.gap())
        ]

    def _profile(self, card: values.Profile, room: int) -> Element:
        left, middle, right = widths = [1500, self.width // 2 - 1500, self.width // 2]
        whole = fits_a_page(card, room)
        named = x.ruled(1, self.width - 400, keep=True) if not card.name else []
        named = named or [x.text(card.name, "CardName", keep=True)]
        named += [x.text(card.tagline, "Quiet", keep=True)] if card.tagline else []
        fill = "E8E8E8" if card.quiet else SHADE
        under = (("bottom", 12, QUIET if card.quiet else ACCENT),)
        cells = [x.cell(named, sum(widths), span=3, sides=under, fill=fill)]
        if card.picture:
            picture = x.paragraph(self.drawn(card.picture, left - 250), keep=True)
            cells = [
                x.cell([picture], left, sides=under, fill=fill),
                x.cell(named, middle + right, span=2, sides=under, fill=fill, centred=True),
            ]
        rows = [x.row(*cells)]
        couples = pairs(card.facts)
        for number, couple in enumerate(couples):
            keep = whole and number < len(couples) - 1
            rows.append(self._facts_beside(couple, widths, room, keep=keep, whole=whole))
        return x.table(widths, rows, sides=THIN, told=card.name, padding=110)

    def _facts_beside(
        self,
        couple: tuple[values.Fact, values.Fact | None],
        widths: list[int],
        room: int,
        *,
        keep: bool,
        whole: bool,
    ) -> Element:
        first, second = couple
        half = widths[2]
        if second is None:
            content = _fact(first, sum(widths), room, keep=keep)
            return x.row(x.cell(content, sum(widths), span=3), whole=whole)
        return x.row(
            x.cell(_fact(first, half, room, keep=keep), half, span=2),
            x.cell(_fact(second, half, room, keep=keep), half),
            whole=whole,
        )

    def grid(self, part: values.Grid) -> list[Element]:
        half = self.width // 2
        cells = [x.cell(_box(box, part.room, half), half) for box in part.boxes]
        rows = []
        for place in range(0, len(cells), 2):
            couple = cells[place : place + 2]
            couple += [x.cell([], half)] * (2 - len(couple))
            boxes = part.boxes[place : place + 2]
            short = all(lines_of("\n".join(box.items), 50) < SHORT for box in boxes)
            rows.append(x.row(*couple, whole=short))
        sides = (*THIN, ("insideH", 4, LINE), ("insideV", 4, LINE))
        told = ", ".join(box.title for box in part.boxes)
        return [x.table([half, half], rows, sides=sides, told=told, padding=130), x.gap()]

    def facts(self, part: values.Facts) -> list[Element]:
        left = int(self.width * 0.28)
        widths = [left, self.width - left]
        rows = [
            x.row(
                x.cell([x.text(fact.label, "Label")], widths[0]),
                x.cell(_value(fact.value, widths[1], part.room), widths[1]),
                whole=lines_of(fact.value, 90) < SHORT,
            )
            for fact in part.facts
        ]
        return [x.table(widths, rows, sides=ROWS, padding=70), x.gap()] if rows else []

    def table(self, part: values.Table) -> list[Element]:
        size = look.STYLES["Small Cell"][0] * 20  # twips, as all widths here
        widths = [int(each) for each in columns(part, self.width, size, CELL)]
        cells = [
            x.cell([_in_column(words, part, place, bold=True)], widths[place], fill=SHADE)
            for place, words in enumerate(part.headings)
        ]
        rows = [x.row(*cells, header=True)]
        for number, line in enumerate(part.rows):
            group = number in part.groups
            cells = [
                x.cell([_in_column(words, part, place, bold=group)], widths[place])
                for place, words in enumerate(line)
            ]
            rows.append(x.row(*cells, whole=max(map(len, line), default=0) < 1000))
        return [x.table(widths, rows, sides=ROWS, padding=60), x.gap()]

    def cards(self, part: values.Cards) -> list[Element]:
        most = min(4, max(1, len(part.cards)))
        width = self.width // most
        rows = []
        for place in range(0, len(part.cards), most):
            cells = [x.cell(_card(card), width) for card in part.cards[place : place + most]]
            cells += [x.cell([], width) for _ in range(most - len(cells))]
            rows.append(x.row(*cells))
        sides = (*THIN, ("insideH", 4, LINE), ("insideV", 4, LINE))
        return [x.table([width] * most, rows, sides=sides, padding=120), x.gap()] if rows else []

    def journey(self, part: values.Journey) -> list[Element]:
        widths = [560, self.width - 560]
        rows = []
        for number, step in enumerate(part.steps, part.first):
            words = [x.run(step.title, bold=True)]
            words += [x.run(" ✓", colour=QUIET)] if step.tested else []
            told = [x.paragraph(*words, style="Cell", keep=True)]
            whole = lines_of(step.text, 90) < SHORT
            told += _value(step.text, widths[1], part.room, keep=whole)
            badge = x.cell([_centred(str(number), "StepNumber")], widths[0], fill=ACCENT)
            rows.append(x.row(badge, x.cell(told, widths[1]), whole=whole))
            if step is not part.steps[-1]:
                arrow = x.cell([_centred("▼", "Gap", ACCENT)], widths[0])
                rows.append(x.row(arrow, x.cell([x.gap()], widths[1])))
        return [x.table(widths, rows, padding=60), x.gap()] if rows else []

    def callout(self, part: values.Callout) -> list[Element]:
        made = [
            x.paragraph(x.run(part.title, bold=True, colour=ACCENT), style="Callout", keep=True)
        ]
        made += [x.text(each, "Callout", number=look.ARROWS) for each in part.items]
        box = x.cell(made, self.width, fill=SHADE, sides=(("left", 24, ACCENT),))
        short = lines_of("\n".join(part.items), 90) < SHORT
        return [x.table([self.width], [x.row(box, whole=short)], padding=130), x.gap()]

    def lines(self, part: values.Lines) -> list[Element]:
        return x.ruled(part.number, self.width)


def _new_page(part: Any = None) -> Element:
    return x.w("p", x.w("pPr", x.w("pStyle", val="Gap")), x.w("r", x.w("br", type="page")))


def _paragraphs(part: values.Paragraph) -> list[Element]:
    # A quiet paragraph leads to what comes next.
    return x.texts(part.text, "Quiet" if part.quiet else "", keep=part.quiet)


def _tick(part: values.Tick) -> Element:
    words = [x.run(f"{'☒' if part.done else '☐'}\t{part.text}")]
    words += [x.run(f"\n{part.note}", colour=QUIET, size=18)] if part.note else []
    return x.paragraph(*words, style="Tick")


def _value(words: str, width: int, room: int, *, keep: bool = False) -> list[Element]:
    """What stands in a cell; empty, it is room to write, and a cell must hold something."""
    made = x.texts(words, "Cell", keep=keep) or x.ruled(room, width - 300, keep=keep)
    return made or [x.paragraph(style="Cell", keep=keep)]


def _fact(fact: values.Fact, width: int, room: int, *, keep: bool) -> list[Element]:
    label = x.text(fact.label, "Label", keep=True)
    return [label, *_value(fact.value, width, room, keep=keep)]


def _box(box: values.Box, room: int, width: int) -> list[Element]:
    made = [x.paragraph(x.run(box.title, bold=True, colour=ACCENT), style="Cell", keep=True)]
    made += [x.text(box.note, "Label", keep=True)] if box.note else []
    made += [x.text(each, "Cell", number=look.BULLETS) for each in box.items]
    return made if box.items else made + x.ruled(room, width - 300)


def _card(card: values.Card) -> list[Element]:
    size = 0 if len(card.value) < LONG_VALUE else 24  # half points
    value = x.paragraph(x.run(card.value, size=size), style="CardValue")
    made = [x.text(card.word, "Label"), value]
    return [*made, x.text(card.note, "Label")] if card.note else made


def _in_column(words: str, part: values.Table, place: int, *, bold: bool) -> Element:
    right = x.w("jc", val="right") if place in part.numbers else None
    properties = x.w("pPr", x.w("pStyle", val="SmallCell"), right)
    return x.w("p", properties, x.run(words, bold=bold))


def _centred(words: str, style: str, colour: str = "") -> Element:
    properties = x.w("pPr", x.w("pStyle", val=style), x.w("jc", val="center"))
    return x.w("p", properties, x.run(words, colour=colour, size=14 if colour else 0))


def _columns(fitted: Fitted, page: OnePage, width: int) -> list[Element]:
    half = width // 2
    columns = [
        x.cell(
            [made for each in column for made in _asked(*each, fitted, half)],
            half,
        )
        for column in fitted.columns
    ]
    made = [x.table([half] * 2, [x.row(*columns)], padding=110), x.gap()]
    if fitted.is_shortened and page.shortened:
        made[-1] = x.paragraph(x.run(page.shortened, size=15, colour=QUIET), style="Gap")
    return made


def _asked(number: int, asked: values.Question, fitted: Fitted, width: int) -> list[Element]:
    size = round(fitted.size * 2)
    head = x.run(f"{number}. {asked.text}", bold=True, colour=ACCENT, size=max(15, size - 1))
    made = [x.paragraph(head, style="SmallCell", keep=True)]
    if fitted.room and asked.tip:
        made.append(x.paragraph(x.run(asked.tip, colour=QUIET, size=15), style="SmallCell"))
    if asked.answer:
        made.append(x.paragraph(x.run(asked.answer, size=size), style="SmallCell"))
    made += x.ruled(0 if asked.answer else fitted.room, width - 300)
    return [*made, x.gap()]


Maker = Callable[[_Writer, Any], list[Element]]
MAKERS: Mapping[type, Maker] = MappingProxyType(
    {
        values.Heading: _Writer.heading,
        values.Paragraph: lambda _writer, part: _paragraphs(part),
        values.Table: _Writer.table,
        values.Cards: _Writer.cards,
        values.Image: _Writer.image,
        values.Cover: _Writer.cover,
        values.Contents: _Writer.contents,
        values.PageBreak: lambda _writer, _part: [_new_page()],
        values.Question: _Writer.question,
        values.Items: _Writer.items,
        values.Ticks: lambda _writer, part: [_tick(each) for each in part.ticks],
        values.Lines: _Writer.lines,
        values.Grid: _Writer.grid,
        values.Facts: _Writer.facts,
        values.Profiles: _Writer.profiles,
        values.Journey: _Writer.journey,
        values.Callout: _Writer.callout,
    }
)
