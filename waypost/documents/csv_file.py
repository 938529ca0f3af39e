"""The first sheet of a workbook as text, the way the reader's spreadsheet opens it.

UTF-8 with a byte order mark (Excel needs it for č, š, ž); semicolons and decimal commas
where the decimal sign is a comma, else commas and dots. A text that a spreadsheet would
run as a formula gets an apostrophe in front, which reading takes off again.
"""

import csv
import datetime as dt
import io
from decimal import Decimal

from django.utils.formats import date_format, get_format

from waypost.documents.values import Cell, Kind, Workbook, computed

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
"""How a text begins that is guarded; the apostrophe itself, so that it can be taken off."""


def render(workbook: Workbook, delimiter: str = "") -> bytes:
    """Headings and rows with what the formulas show today; no grid, no lines above.

    ``delimiter`` stands between cells instead of the usual sign of the language.
    """
    sheet = workbook.sheets[0]
    shown = [place for place, column in enumerate(sheet.columns) if not column.grid]
    stream = io.StringIO(newline="")
    usual = ";" if get_format("DECIMAL_SEPARATOR") == "," else ","
    writer = csv.writer(stream, delimiter=delimiter or usual)
    writer.writerow([_text(sheet.columns[place].heading, Kind.TEXT) for place in shown])
    for row in filter(lambda row: row.cells, sheet.rows):
        cells = (*row.cells, *[None] * (len(sheet.columns) - len(row.cells)))
        writer.writerow([_text(cells[place], sheet.columns[place].kind) for place in shown])
    return stream.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """``text`` that no spreadsheet runs."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def unguarded(text: str) -> str:
    """What :func:`guarded` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def _text(cell: Cell, kind: Kind) -> str:
    value = computed(cell)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, int | Decimal):
        return _percent(value) if kind is Kind.PERCENT else _number(value)
    return guarded(value or "")


def day(value: dt.date) -> str:
    """12. 10. 2026 where people write it so, else 2026-10-12, which nobody misreads."""
    pattern = str(get_format("SHORT_DATE_FORMAT"))
    return date_format(value, pattern) if "n" in pattern else value.isoformat()


def _number(value: int | Decimal) -> str:
    text = f"{Decimal(value):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", str(get_format("DECIMAL_SEPARATOR")))


def _percent(value: int | Decimal) -> str:
    return f"{_number((Decimal(value) * 100).quantize(Decimal('0.1'), 'ROUND_HALF_UP'))} %"
