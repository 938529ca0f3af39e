"""Bars of before and now as a picture, for paper and pages; the table above says the same."""

from decimal import Decimal

from django.utils.translation import gettext as _

from waypost.documents.drawing import Drawing
from waypost.documents.slides import Bars
from waypost.documents.values import Image
from waypost.kit.numbers import shown

WIDTH, LABEL, ROOM = 640, 150, 70  # pixels: all, the words at the left, a number at the right
BAR, GAP, HEAD = 13, 12, 30
INK, QUIET, SOFT, NOW = "#2b2925", "#635d55", "#bdb6aa", "#0f5f5f"


def drawn(bars: Bars) -> Image:
    """Lying bars from zero, each with its number."""
    block = BAR * len(bars.series) + GAP
    sheet = Drawing(WIDTH, HEAD + block * len(bars.labels) + 4)
    known = [value for _name, row in bars.series for value in row if value is not None]
    most = max(known, default=Decimal(0))
    _keys(sheet, bars)
    for place, label in enumerate(bars.labels):
        top = HEAD + place * block
        sheet.text(0, top + BAR * len(bars.series) / 2 + 4, label, fill=INK)
        for number, (_name, row) in enumerate(bars.series):
            _bar(sheet, top + number * BAR, row[place], most, colour=_colour(bars, number))
    content = sheet.picture(_told(bars)).svg.encode()
    return Image(content, "svg", _told(bars), share=0.85)


def _colour(bars: Bars, number: int) -> str:
    return NOW if number == len(bars.series) - 1 else SOFT


def _keys(sheet: Drawing, bars: Bars) -> None:
    across = LABEL
    for number, (name, _row) in enumerate(bars.series):
        sheet.rect(across, 6, 11, 11, radius=2, fill=_colour(bars, number))
        sheet.text(across + 17, 16, name, fill=QUIET)
        across += 40 + 8 * len(name)


def _bar(sheet: Drawing, top: float, value: Decimal | None, most: Decimal, *, colour: str) -> None:
    if value is None:
        sheet.text(LABEL, top + BAR - 3, "–", fill=QUIET, size=11)
        return
    width = float(value / most) * (WIDTH - LABEL - ROOM) if most > 0 and value > 0 else 0
    sheet.rect(LABEL, top, max(width, 1), BAR - 2, fill=colour)
    sheet.text(LABEL + max(width, 1) + 6, top + BAR - 3, shown(value), fill=QUIET, size=11)


def _told(bars: Bars) -> str:
    return _("%(title)s: bars of the numbers in the table above") % {"title": bars.title}
