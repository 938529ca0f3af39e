"""Tables out of files that people send: XLSX and CSV, with limits and in plain words.

Nothing here knows what the columns mean. A row keeps its number in the file, so that a
fault can be named by the line that the person sees in the spreadsheet.
"""

import csv
import datetime as dt
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from waypost.documents.csv_file import unguarded
from waypost.documents.decoding import decoded, is_text
from waypost.documents.kinds import BadFile

LARGEST = 5 * 1024 * 1024  # bytes of the file
LARGEST_INSIDE = 40 * 1024 * 1024  # bytes of an XLSX when unpacked
MOST_PARTS = 500  # files inside an XLSX
MOST_ROWS = 5_000
MOST_COLUMNS = 400
LONGEST = 20_000  # letters of one cell
LOOKED_AT = 20_000  # letters, to find the sign between cells
DELIMITERS = ";,\t|"
STUMBLES = (KeyError, ValueError, TypeError, SyntaxError, AttributeError, IndexError, OSError)
"""How openpyxl meets a broken file: with whatever its parts stumble over."""

Cell = str | Decimal | dt.date | dt.time | bool | None
"""A ``dt.time`` only comes out of a workbook, and only for who asks ``with_times``."""


@dataclass(frozen=True)
class Line:
    """``number`` is counted from 1 as spreadsheets do; trailing empty cells are left out."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    name: str  # empty for a CSV
    lines: tuple[Line, ...]  # empty ones are left out


def read_sheets(content: bytes, name: str, *, with_times: bool = False) -> list[Sheet]:
    """The tables in a file called ``name``; raises ``BadFile`` with a sentence.

    ``with_times``: what a workbook holds as day and time comes as ``dt.datetime``, and a
    time as ``dt.time``. Otherwise the first is its day and the second a text.
    """
    if len(content) > LARGEST:
        limit = filesizeformat(LARGEST)
        raise BadFile(_("The file is too large. At most %(limit)s are read.") % {"limit": limit})
    if not content.strip():
        raise BadFile(_("The file is empty."))
    if content.startswith(b"PK\x03\x04"):
        return _read_xlsx(content, with_times=with_times)
    if name.lower().endswith((".xls", ".xlsx", ".ods", ".numbers")) or not is_text(content):
        raise BadFile(_("This is no XLSX file. Save it as Excel workbook (.xlsx) or as CSV."))
    return [_read_csv(content)]


def _read_xlsx(content: bytes, *, with_times: bool) -> list[Sheet]:
    _refuse_bomb(content)
    load: Any = import_string("openpyxl.load_workbook")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks that openpyxl does not know
            book = load(io.BytesIO(content), read_only=True, data_only=True)
            return [
                Sheet(page.title, tuple(_lines(_xlsx_rows(page, with_times))))
                for page in book.worksheets
            ]
    except (*STUMBLES, zipfile.BadZipFile) as error:
        raise BadFile(_no_workbook()) from error


def _refuse_bomb(content: bytes) -> None:
    """A few kilobytes can unpack to gigabytes; the directory of the archive says how much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
                raise BadFile(_("The file holds far too much when it is unpacked."))
            # The directory may lie, so no part is unpacked further than it says.
            if archive.testzip() is not None:
                raise BadFile(_no_workbook())
            if "xl/workbook.xml" not in archive.namelist() or _has_entities(archive):
                raise BadFile(_no_workbook())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise BadFile(_no_workbook()) from error


def _has_entities(archive: zipfile.ZipFile) -> bool:
    """No workbook defines words of its own; who does wants them to grow."""
    for part in archive.infolist():
        with archive.open(part) as stream:
            # Every second byte is zero in UTF-16.
            if b"<!DOCTYPE" in stream.read(2048).replace(b"\x00", b"").upper():
                return True
    return False


def _no_workbook() -> str:
    return _("The file is damaged, or it is no Excel workbook. Save it again as .xlsx or CSV.")


def _xlsx_rows(page: Any, with_times: bool) -> Iterator[tuple[int, list[Cell]]]:
    rows = page.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
    for number, row in enumerate(rows, 1):
        yield number, [_xlsx_cell(cell, with_times) for cell in row]


def _xlsx_cell(cell: Any, with_times: bool) -> Cell:
    value = cell.value
    if with_times and isinstance(value, dt.time):
        return value
    if isinstance(value, dt.datetime):
        return value if with_times and value.time() != dt.time() else value.date()
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(str(value))
        return number * 100 if _is_percent(str(cell.number_format)) else number
    return value if isinstance(value, dt.date | bool) else _clean(value)


def _is_percent(shape: str) -> bool:
    # Inside quotes the sign is only shown.
    return "%" in re.sub(r'"[^"]*"|\\.', "", shape)


def _read_csv(content: bytes) -> Sheet:
    text = decoded(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        lines = tuple(_lines(_csv_rows(rows)))
    except csv.Error as error:
        raise BadFile(
            _("Line %(number)s cannot be read: a quotation mark may be missing.")
            % {"number": rows.line_num}
        ) from error
    return Sheet("", lines)


def _delimiter(text: str) -> str:
    """The sign that most lines have, and most often; what stands in quotes is text."""
    lines = re.sub(r'"[^"]*"', "", text[:LOOKED_AT]).splitlines()
    counts = {sign: [line.count(sign) for line in lines] for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: (sum(map(bool, counts[sign])), sum(counts[sign])))


def _csv_rows(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[Cell]]]:
    for number, row in enumerate(rows, 1):
        yield number, [_clean(unguarded(text.strip())) for text in row[:MOST_COLUMNS]]


def _clean(value: object) -> str | None:
    text = "" if value is None else str(value).replace("_x000D_\n", "\n").strip()
    if len(text) > LONGEST:
        raise BadFile(_("A cell holds more than %(n)s letters.") % {"n": LONGEST})
    return text or None


def _lines(rows: Iterable[tuple[int, list[Cell]]]) -> Iterator[Line]:
    for number, cells in rows:
        if number > MOST_ROWS:
            raise BadFile(_("The file has more than %(n)s rows.") % {"n": MOST_ROWS})
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            yield Line(number, tuple(cells))
