"""Pieces of WordprocessingML, built directly: the library's own tables take seconds.

Measures are twips (a twentieth of a point) unless said otherwise. The order of the children
of ``pPr``, ``rPr``, ``tblPr`` and ``tcPr`` is the one that the standard prescribes.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from lxml import etree

from waypost.documents.letters import clean, paragraphs

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
INK, ACCENT, QUIET, LINE, SHADE = "24211D", "0F5F5F", "635D55", "C9C2B8", "F3F0EB"

Element = Any  # lxml's own; it brings no types
Side = tuple[str, int, str]  # which side, eighths of a point, colour


def w(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """``<w:tag w:name="value">``; ``None`` among the children is left out."""
    made = etree.Element(_named(tag))
    for name, value in attributes.items():
        made.set(_named(name), str(value))
    for child in children:
        if child is not None:
            made.append(child)
    return made


@cache
def _named(word: str) -> str:
    """A long document asks for the same thirty words fifty thousand times."""
    return f"{{{NAMESPACE}}}{word}"


def run(text: str, *, bold: bool = False, colour: str = "", size: int = 0) -> Element:
    """``text`` on one or more lines; ``size`` counts half points."""
    look = []
    if bold:
        look.append(w("b"))
    if colour:
        look.append(w("color", val=colour))
    if size:
        look.append(w("sz", val=size))
    made = w("r", w("rPr", *look) if look else None)
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            made.append(w("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                made.append(w("tab"))
            made.append(_letters(piece))
    return made


def _letters(piece: str) -> Element:
    made = w("t")
    made.text = piece
    made.set(SPACE, "preserve")
    return made


def paragraph(
    *children: Element, style: str = "", keep: bool = False, number: int = 0, tabs: int = 0
) -> Element:
    """``keep`` with the next one; ``number``: which list; ``tabs``: a ruled line this long."""
    properties = [w("pStyle", val=style)] if style else []
    if keep:
        properties.append(w("keepNext"))
    if number:
        properties.append(w("numPr", w("ilvl", val=0), w("numId", val=number)))
    if tabs:
        properties.append(w("tabs", w("tab", val="right", leader="underscore", pos=tabs)))
    return w("p", w("pPr", *properties) if properties else None, *children)


def text(words: str, style: str = "", *, keep: bool = False, number: int = 0) -> Element:
    return paragraph(run(words), style=style, keep=keep, number=number)


def texts(words: str, style: str = "", *, keep: bool = False) -> list[Element]:
    """A paragraph for each that ``words`` hold."""
    return [text(each, style, keep=keep) for each in paragraphs(words)]


def ruled(number: int, width: int, *, keep: bool = False) -> list[Element]:
    """Empty lines to write on."""
    return [
        paragraph(
            w("r", w("rPr", w("color", val=LINE)), w("tab")),
            style="WritingLine",
            tabs=width,
            keep=keep,
        )
        for _ in range(number)
    ]


def field(instruction: str, shown: str) -> list[Element]:
    """A field of one paragraph with its result, so that nothing must be updated."""
    return [*field_begin(instruction), run(shown), field_mark("end")]


def field_begin(instruction: str) -> list[Element]:
    told = w("instrText")
    told.text = f" {instruction} "
    told.set(SPACE, "preserve")
    return [field_mark("begin"), w("r", told), field_mark("separate")]


def field_mark(kind: str) -> Element:
    return w("r", w("fldChar", fldCharType=kind))


def bookmarked(children: Iterable[Element], name: str, number: int) -> list[Element]:
    start = w("bookmarkStart", id=number, name=name)
    return [start, *children, w("bookmarkEnd", id=number)]


def borders(tag: str, *sides: Side) -> Element:
    return w(
        tag,
        *[w(side, val="single", sz=size, space=0, color=colour) for side, size, colour in sides],
    )


def cell(
    content: list[Element],
    width: int,
    *,
    span: int = 1,
    fill: str = "",
    sides: tuple[Side, ...] = (),
    centred: bool = False,
) -> Element:
    properties = [w("tcW", w=width, type="dxa")]
    if span > 1:
        properties.append(w("gridSpan", val=span))
    if sides:
        properties.append(borders("tcBorders", *sides))
    if fill:
        properties.append(w("shd", val="clear", color="auto", fill=fill))
    if centred:
        properties.append(w("vAlign", val="center"))
    return w("tc", w("tcPr", *properties), *(content or [w("p")]))


def row(*cells: Element, header: bool = False, whole: bool = True) -> Element:
    """``whole`` rows are not broken over pages; a ``header`` is repeated on each."""
    properties = [w("cantSplit")] if whole else []
    if header:
        properties.append(w("tblHeader"))
    return w("tr", w("trPr", *properties) if properties else None, *cells)


def table(
    widths: list[int],
    rows: Iterable[Element],
    *,
    sides: tuple[Side, ...] = (),
    told: str = "",
    padding: int = 90,
) -> Element:
    """``told`` says what the table holds to people who cannot see it."""
    properties = w(
        "tblPr",
        w("tblW", w=sum(widths), type="dxa"),
        borders("tblBorders", *sides) if sides else None,
        w("tblLayout", type="fixed"),
        w(
            "tblCellMar",
            *[w(side, w=padding, type="dxa") for side in ("top", "left", "bottom", "right")],
        ),
        w("tblLook", val="0020", firstRow=1, noVBand=1),
        w("tblCaption", val=clean(told)) if told else None,
    )
    grid = w("tblGrid", *[w("gridCol", w=width) for width in widths])
    return w("tbl", properties, grid, *rows)


def gap() -> Element:
    """Word would join two tables that touch."""
    return paragraph(style="Gap")
