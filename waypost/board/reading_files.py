"""A file of tasks that somebody sends: a Trello board, or a table with headings."""

import datetime as dt
from collections.abc import Mapping
from typing import IO

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from waypost.board import trello
from waypost.board.incoming import InCard, Incoming
from waypost.documents.kinds import BadFile
from waypost.documents.reading import Cell, Line, read_sheets
from waypost.kit.days import NotADay, parse_day

MOST_CARDS = trello.MOST_CARDS
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "title": ("task", "title", "card", "card name", "name", "naloga", "naslov", "kartica"),
    "list": ("column", "list", "list name", "status", "stolpec", "seznam", "stanje"),
    "description": ("description", "card description", "desc", "opis"),
    "people": ("who", "assignee", "members", "owner", "kdo", "izvajalec", "člani"),
    "reviewer": ("reviewer", "pregleda", "pregledovalec"),
    "due": ("due", "due date", "deadline", "rok", "rok izvedbe"),
    "priority": ("priority", "prednost", "prioriteta"),
    "role": ("role", "vloga"),
    "labels": ("labels", "tags", "oznake"),
    "hold_reason": ("why it waits", "hold reason", "zakaj čaka"),
    "steps": ("checklist", "kontrolni seznam"),
    "done": ("done", "done on", "končano"),
    "source": ("number", "card id", "id", "številka"),
}
"""Known headings of each field, lower case, in both languages and as Trello's CSV has them."""


def read_board_file(stream: IO[bytes], name: str, size: int) -> Incoming:
    """Raises ``BadFile`` with a sentence for the person."""
    if size > trello.LARGEST:
        raise BadFile(
            _(
                "The file is too large: %(size)s. At most %(limit)s are read; in Trello, delete old"
                " archived cards and export again."
            )
            % {"size": filesizeformat(size), "limit": filesizeformat(trello.LARGEST)}
        )
    start = stream.read(64)
    stream.seek(0)
    if not start.strip():
        raise BadFile(_("The file is empty."))
    if trello.looks_like(name, start):
        return trello.read_trello(stream)
    return read_table(stream.read(), name)


def read_table(content: bytes, name: str) -> Incoming:
    """CSV or XLSX; the first line with a known heading for the title says what is where."""
    lines = read_sheets(content, name)[0].lines
    for place, line in enumerate(lines):
        columns = columns_of(line)
        if "title" in columns:
            return _Table(name, columns).read(lines[place + 1 :])
    raise BadFile(
        _(
            "No line of this file has a heading “Task” or “Title”. Give each column a heading:"
            " task, column, who, due, priority, labels, description."
        )
    )


def columns_of(line: Line) -> dict[str, int]:
    """field → place in the row."""
    found: dict[str, int] = {}
    for place, cell in enumerate(line.cells):
        heading = str(cell or "").strip().casefold()
        for field, known in HEADINGS.items():
            if heading in known:
                found.setdefault(field, place)
    return found


class _Table:
    def __init__(self, name: str, columns: dict[str, int]) -> None:
        self.columns = columns
        self.found = Incoming(name[:120])

    def read(self, lines: tuple[Line, ...]) -> Incoming:
        for line in lines:
            if len(self.found.cards) >= MOST_CARDS:
                raise BadFile(_("The file has more than %(n)s rows.") % {"n": MOST_CARDS})
            card = self._card(line)
            if card.title:
                self.found.cards.append(card)
            else:
                self._note(line, _("there is no title, so it is left out"))
        return self.found

    def _note(self, line: Line, why: str) -> None:
        self.found.notes.append(_("Row %(row)s: %(why)s.") % {"row": line.number, "why": why})

    def _text(self, line: Line, field: str) -> str:
        place = self.columns.get(field)
        value: Cell = line.cells[place] if place is not None and place < len(line.cells) else None
        return value.isoformat() if isinstance(value, dt.date) else str(value or "").strip()

    def _card(self, line: Line) -> InCard:
        done = self._text(line, "done").casefold()
        key = self._text(line, "source")
        return InCard(
            title=" ".join(self._text(line, "title").split())[:200],
            stood_in=self._text(line, "list") or trello.NO_LIST,
            source=f"table:{key}"[:80] if key else "",
            description=self._text(line, "description")[:20_000],
            people=_split(self._text(line, "people")),
            reviewer=self._text(line, "reviewer"),
            labels=_split(self._text(line, "labels")),
            due=self._due(line),
            priority=self._text(line, "priority"),
            role=self._text(line, "role"),
            hold_reason=self._text(line, "hold_reason")[:300],
            is_done=bool(done) and done not in {"no", "ne", "0", "false"},
            steps=[_step(text) for text in self._text(line, "steps").splitlines() if text.strip()],
            row=line.number,
        )

    def _due(self, line: Line) -> str:
        text = self._text(line, "due")
        if not text:
            return ""
        if found := trello.day(text):
            return found
        try:
            return parse_day(text).isoformat()
        except NotADay as error:
            self._note(line, str(error).rstrip("."))
            return ""


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]


def _step(text: str) -> tuple[str, bool]:
    """``[x] Cut`` is ticked, ``[ ] Cut`` and ``Cut`` are not."""
    plain = text.strip().lstrip("-* ")
    for mark, done in (("[x]", True), ("[X]", True), ("✓", True), ("[ ]", False)):
        if plain.startswith(mark):
            return plain.removeprefix(mark).strip()[:300], done
    return plain[:300], False
