"""How a Word document looks: its styles, lists, page, head and foot."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips

from waypost.documents import docx_xml as x
from waypost.documents.docx_xml import ACCENT, INK, LINE, QUIET, w
from waypost.documents.letters import clean
from waypost.documents.values import Letterhead

FONT = "Arial"  # every system has it, or one with letters as wide
LANGUAGES = {"sl": "sl-SI", "en": "en-GB"}
A4 = (11906, 16838)
MARGIN = 1020
BULLETS, ARROWS, NUMBERS = 1, 2, 3  # kinds of lists; counted lists begin behind them
_LEVELS = ((BULLETS, "bullet", "•"), (ARROWS, "bullet", "→"), (NUMBERS, "decimal", "%1."))

# name: (size in points, colour, bold, italic, space before, space after)
STYLES: dict[str, tuple[float, str, bool, bool, float, float]] = {
    "Normal": (10, INK, False, False, 0, 6),
    "Heading 1": (18, ACCENT, True, False, 24, 8),
    "Heading 2": (13, INK, True, False, 16, 6),
    "Heading 3": (11, INK, True, False, 12, 4),
    "Title": (30, ACCENT, True, False, 6, 6),
    "Subtitle": (16, INK, False, False, 0, 18),
    "Header": (8.5, QUIET, False, False, 0, 0),
    "Footer": (8.5, QUIET, False, False, 0, 0),
    "toc 1": (10, INK, True, False, 6, 2),
    "toc 2": (10, INK, False, False, 0, 2),
    "Contents Title": (18, ACCENT, True, False, 0, 8),
    "Quiet": (9, QUIET, False, False, 0, 6),
    "Question": (9, QUIET, False, True, 10, 3),
    "Tip": (8.5, QUIET, False, False, 2, 8),
    "Label": (8, QUIET, True, False, 0, 1),
    "Cell": (9, INK, False, False, 0, 2),
    "Small Cell": (8.5, INK, False, False, 0, 0),
    "Card Name": (13, ACCENT, True, False, 0, 0),
    "Card Value": (15, INK, True, False, 0, 0),
    "Step Number": (11, "FFFFFF", True, False, 0, 0),
    "Gap": (4, INK, False, False, 0, 4),
    "Writing Line": (10, QUIET, False, False, 8, 0),
    "Tick": (10, INK, False, False, 0, 4),
    "Callout": (10, INK, False, False, 0, 4),
}


def dress(document: Any, head: Letterhead, *, language: str, landscape: bool) -> None:
    """Everything of a document but its text."""
    known = {style.name for style in document.styles}
    for name, look in STYLES.items():
        _style(document.styles, name, *look, known=name in known)
    _shape(document.styles)
    _speak(document, LANGUAGES.get(language, language))
    _number(document)
    _set_page(document.sections[0], landscape=landscape)
    _head_and_foot(document.sections[0], head)
    _describe(document, head, LANGUAGES.get(language, language))


def inner_width(*, landscape: bool) -> int:
    """Between the margins, in twips."""
    return A4[landscape] - 2 * MARGIN


def _style(
    styles: Any,
    name: str,
    size: float,
    colour: str,
    bold: bool,
    italic: bool,
    before: float,
    after: float,
    *,
    known: bool,
) -> None:
    style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if not known:
        style.base_style = styles["Normal"]
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    font, shape = style.font, style.paragraph_format
    font.name, font.size, font.color.rgb = FONT, Pt(size), RGBColor.from_string(colour)
    font.bold, font.italic = bold, italic
    properties.rFonts.set(qn("w:cs"), FONT)
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.line_spacing = 1.0 if name in ("Gap", "Small Cell", "Title") else 1.12


def _shape(styles: Any) -> None:
    """What a style has besides letters: lines at its side, indents, what stays together."""
    for name, unwanted in (("Title", "w:pBdr"), ("Header", "w:tabs"), ("Footer", "w:tabs")):
        properties = styles[name].element.pPr
        for child in properties.findall(qn(unwanted)):
            properties.remove(child)
    for name in ("Question", "Label", "Card Name"):
        styles[name].paragraph_format.keep_with_next = True
    styles["Label"].paragraph_format.keep_with_next = None
    styles["toc 2"].paragraph_format.left_indent = Twips(340)
    styles["Tip"].paragraph_format.left_indent = Twips(140)
    styles["Tick"].paragraph_format.left_indent = Twips(400)
    styles["Tick"].paragraph_format.first_line_indent = Twips(-400)
    styles["Callout"].paragraph_format.left_indent = Twips(160)
    _side_line(styles["Tip"], 8, LINE)


def _side_line(style: Any, size: int, colour: str) -> None:
    properties = style.element.get_or_add_pPr()
    line = w("pBdr", w("left", val="single", sz=size, space=6, color=colour))
    # The order of what a paragraph has is prescribed: borders come before spacing.
    properties.find(qn("w:spacing")).addprevious(line)


def _speak(document: Any, language: str) -> None:
    """The language of the words, for spelling and for reading aloud."""
    for each in document.styles.element.iter(qn("w:lang")):
        each.set(qn("w:val"), language)
    settings = document.settings.element
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), language)
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")  # else Word calls the file an old one


def _number(document: Any) -> None:
    """Our lists in place of those that the library's empty document brings."""
    part = document.part.numbering_part.element
    for child in list(part):
        part.remove(child)
    for number, kind, sign in _LEVELS:
        part.append(_list(number, kind, sign))
    for number, _kind, _sign in _LEVELS:
        part.append(w("num", w("abstractNumId", val=number), numId=number))


def _list(number: int, kind: str, sign: str) -> Any:
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=kind),
        w("lvlText", val=sign),
        w("lvlJc", val="left"),
        w("pPr", w("ind", left=340, hanging=255)),
        w("rPr", w("color", val=ACCENT)),
        ilvl=0,
    )
    return w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=number)


def counted_list(document: Any, number: int) -> None:
    """One more list that begins at 1."""
    again = w("lvlOverride", w("startOverride", val=1), ilvl=0)
    document.part.numbering_part.element.append(
        w("num", w("abstractNumId", val=NUMBERS), again, numId=number)
    )


def _set_page(section: Any, *, landscape: bool) -> None:
    width, height = A4[::-1] if landscape else A4
    section.page_width, section.page_height = Twips(width), Twips(height)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Twips(MARGIN)
    section.top_margin, section.bottom_margin = Twips(1250), Twips(1130)
    section.header_distance = section.footer_distance = Twips(560)


def _head_and_foot(section: Any, head: Letterhead) -> None:
    width = (section.page_width - 2 * section.left_margin) // 635
    line = w("pBdr", w("bottom", val="single", sz=4, space=4, color=LINE))
    above = _two_sides([x.run(head.business)], [x.run(head.title)], width, "Header")
    above[0].insert(1, line)
    _put(section.header, above)
    day = date_format(head.date, "DATE_FORMAT")
    _put(section.footer, _two_sides([x.run(day)], _page_of_pages(), width, "Footer"))


def _put(block: Any, content: Any) -> None:
    block.is_linked_to_previous = False
    for child in list(block._element):
        block._element.remove(child)
    block._element.append(content)


def _two_sides(left: list[Any], right: list[Any], width: int, style: str) -> Any:
    tabs = w("tabs", w("tab", val="right", pos=width))
    return w("p", w("pPr", w("pStyle", val=style), tabs), *left, w("r", w("tab")), *right)


def _page_of_pages() -> list[Any]:
    words = _("Page %(page)s of %(pages)s") % {"page": "\0p\0", "pages": "\0n\0"}
    fields = {"p": ("PAGE", "1"), "n": ("NUMPAGES", "1")}
    found: list[Any] = []
    for piece in filter(None, words.split("\0")):
        found += x.field(*fields[piece]) if piece in fields else [x.run(piece)]
    return found


def _describe(document: Any, head: Letterhead, language: str) -> None:
    about = document.core_properties
    about.title, about.author = clean(head.title)[:255], clean(head.business)[:255]
    about.last_modified_by, about.comments, about.language = about.author, "", language
    about.created = about.modified = dt.datetime.combine(head.date, dt.time(12))
    package = document.part.package
    for name, link in list(package.rels.items()):
        if link.reltype.endswith("/thumbnail"):  # a picture of the library's empty page
            del package.rels[name]
