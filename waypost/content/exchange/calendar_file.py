"""A file that shall become posts: its table, and what the columns are likely to be."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from waypost.content.exchange.columns import words
from waypost.content.exchange.moments import looks_like_moment
from waypost.documents.headings import Part, find_part, guess_part, part_below, plain
from waypost.documents.kinds import BadFile
from waypost.documents.reading import LARGEST, Sheet, read_sheets

MOST_ROWS = 2_000
BUFFER = ("text", "image url", "posting time")
HOOTSUITE_WIDTH = (2, 5)
HOOTSUITE: dict[int, str] = {0: "date", 1: "text", 2: "link", 3: "pictures"}


@dataclass(frozen=True)
class CalendarFile:
    """``made_by`` names the program whose shape the file has; empty: a table."""

    part: Part
    made_by: str = ""

    @classmethod
    def read(cls, content: bytes, name: str) -> "CalendarFile":
        """Raises ``BadFile`` with a sentence."""
        sheets = read_sheets(content, name, with_times=True)
        file = _by_shape(sheets) or cls._by_headings(sheets)
        if len(file.part.lines) > MOST_ROWS:
            message = _("The file has more than %(n)s rows. Part it into several files.")
            raise BadFile(message % {"n": MOST_ROWS})
        if not file.part.lines:
            raise BadFile(_("There is no row below the headings, so there is nothing to import."))
        return file

    @classmethod
    def _by_headings(cls, sheets: Sequence[Sheet]) -> "CalendarFile":
        known = words()
        found = find_part(sheets, known, ("date", "text")) or find_part(sheets, known, ("title",))
        found = found or find_part(sheets, known, ("text",)) or guess_part(sheets)
        if found is None:
            raise BadFile(_("The file holds no table: a line of headings and rows below it."))
        part = part_below(*found, known)
        heads = [plain(heading) for heading in part.headings]
        return cls(part, "Buffer" if all(name in heads for name in BUFFER) else "")

    @property
    def fingerprint(self) -> str:
        """The same for files with the same headings."""
        heads = [plain(heading) for heading in self.part.headings]
        return hashlib.sha256("\n".join([self.made_by, *heads]).encode()).hexdigest()


def content_of(path: Path) -> bytes:
    """As much of a file as is needed to read it, or to know that it is too large."""
    with path.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _by_shape(sheets: Sequence[Sheet]) -> CalendarFile | None:
    """Hootsuite's bulk file has no headings: time, text, and perhaps link and picture."""
    sheet = sheets[0]
    least, most = HOOTSUITE_WIDTH
    start = sheet.lines[:20]
    for line in start:
        cells = line.cells
        if not least <= len(cells) <= most or not isinstance(cells[1], str):
            return None
        if not looks_like_moment(str(cells[0] or "")):
            return None
        if len(cells) > 2 and cells[2] and not str(cells[2]).startswith(("http://", "https://")):
            return None
    heads = (_("Time"), _("Text"), _("Link"), _("Pictures"))
    width = max(len(line.cells) for line in start)
    columns = {place: name for place, name in HOOTSUITE.items() if place < width}
    return CalendarFile(Part(heads[:width], sheet.lines, columns), "Hootsuite")
