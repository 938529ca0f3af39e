"""A board as Trello writes it (menu, "Print, export and share", JSON), in both directions.

The shape is that of Trello's own export: lists, cards, checklists, members, labels and the
newest thousand actions beside each other, tied by ids. What we do not know is passed over.
"""

import datetime as dt
import html
import io
import json
import re
from collections import defaultdict
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.board.incoming import InCard, Incoming
from waypost.board.models import Label
from waypost.board.streaming import NoJson, parts
from waypost.documents.kinds import BadFile

LARGEST = 60 * 1024 * 1024  # bytes
MOST_CARDS = 5_000
MOST_COMMENTS = 100  # of one card
NO_LIST = "–"
COLOURS = {
    "green": Label.Colour.GREEN,
    "lime": Label.Colour.GREEN,
    "yellow": Label.Colour.AMBER,
    "orange": Label.Colour.AMBER,
    "red": Label.Colour.RED,
    "pink": Label.Colour.RED,
    "purple": Label.Colour.VIOLET,
    "blue": Label.Colour.BLUE,
    "sky": Label.Colour.BLUE,
}
TO_TRELLO = {
    Label.Colour.GREEN: "green",
    Label.Colour.AMBER: "orange",
    Label.Colour.RED: "red",
    Label.Colour.VIOLET: "purple",
    Label.Colour.BLUE: "blue",
    Label.Colour.TEAL: "sky",
    Label.Colour.GREY: "black",
}


def looks_like(name: str, start: bytes) -> bool:
    return name.lower().endswith(".json") or start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{"


def read_trello(stream: IO[bytes]) -> Incoming:
    """Raises ``BadFile`` for what is no board."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace")
    try:
        return _Trello().read(text)
    finally:
        text.detach()  # whoever opened the file closes it


class _Trello:
    def __init__(self) -> None:
        self.name = ""
        self.lists: dict[str, dict[str, Any]] = {}
        self.cards: list[dict[str, Any]] = []
        self.steps: dict[str, list[tuple[float, str, bool]]] = defaultdict(list)
        self.members: dict[str, str] = {}
        self.labels: dict[str, tuple[str, str]] = {}
        self.comments: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        self.odd = 0

    def read(self, text: IO[str]) -> Incoming:
        try:
            for name, value in parts(text):
                self._take(name, value)
        except NoJson as error:
            raise BadFile(
                _(
                    "This file cannot be read as a Trello board. It was cut off on the way, or"
                    " changed by a program. Export the board anew."
                )
            ) from error
        if not self.lists and not self.cards:
            raise BadFile(
                _("There is no Trello board in this file: it has neither lists nor cards.")
            )
        return self._incoming()

    def _take(self, name: str, value: Any) -> None:
        if name == "name" and isinstance(value, str):
            self.name = plain(value)
        elif name in {"lists", "cards", "checklists", "members", "labels", "actions"}:
            if isinstance(value, dict):
                getattr(self, f"_take_{name}")(value)
            else:
                self.odd += 1

    def _take_lists(self, row: dict[str, Any]) -> None:
        self.lists[str(row.get("id"))] = {**row, "name": plain(row.get("name"))}

    def _take_cards(self, row: dict[str, Any]) -> None:
        if len(self.cards) >= MOST_CARDS:
            raise BadFile(
                _(
                    "This board has more than %(n)s cards. Archive and delete old ones in Trello,"
                    " or export it in parts."
                )
                % {"n": MOST_CARDS}
            )
        kept = ("id", "name", "desc", "idList", "closed", "pos", "due", "dueComplete")
        more = ("idMembers", "idLabels", "labels", "attachments")
        self.cards.append({name: row.get(name) for name in (*kept, *more)})

    def _take_checklists(self, row: dict[str, Any]) -> None:
        for item in _dicts(row.get("checkItems")):
            place = number(row.get("pos")) * 1e6 + number(item.get("pos"))
            done = item.get("state") == "complete"
            self.steps[str(row.get("idCard"))].append((place, plain(item.get("name")), done))

    def _take_members(self, row: dict[str, Any]) -> None:
        name = plain(row.get("fullName")) or plain(row.get("username"))
        self.members[str(row.get("id"))] = name

    def _take_labels(self, row: dict[str, Any]) -> None:
        colour = str(row.get("color") or "").partition("_")[0]
        name = plain(row.get("name")) or colour
        self.labels[str(row.get("id"))] = (name, COLOURS.get(colour, Label.Colour.GREY))

    def _take_actions(self, row: dict[str, Any]) -> None:
        data = row.get("data")
        if row.get("type") != "commentCard" or not isinstance(data, dict):
            return
        card = data.get("card")
        who = row.get("memberCreator")
        name = plain(who.get("fullName")) if isinstance(who, dict) else ""
        name = name or self.members.get(str(row.get("idMemberCreator")), "")
        if isinstance(card, dict) and isinstance(data.get("text"), str):
            told = (name, str(row.get("date") or ""), data["text"])
            self.comments[str(card.get("id"))].append(told)

    def _incoming(self) -> Incoming:
        found = Incoming(self.name or _("Trello board"))
        for _id, (name, colour) in self.labels.items():
            if name:
                found.labels[name] = colour
        order = {key: number(row.get("pos")) for key, row in self.lists.items()}
        self.cards.sort(
            key=lambda row: (order.get(str(row["idList"]), 1e18), number(row.get("pos")))
        )
        nameless = homeless = 0
        for place, row in enumerate(self.cards, 1):
            card = self._card(row, place)
            nameless += not card.title
            homeless += card.stood_in == NO_LIST
            if card.title:
                found.cards.append(card)
        self._tell(found, nameless, homeless)
        return found

    def _tell(self, found: Incoming, nameless: int, homeless: int) -> None:
        if nameless:
            text = ngettext(
                "%(n)s card has no name and is left out.",
                "%(n)s cards have no name and are left out.",
                nameless,
            )
            found.notes.append(text % {"n": nameless})
        if homeless:
            text = ngettext(
                "%(n)s card stands in no list.", "%(n)s cards stand in no list.", homeless
            )
            found.notes.append(text % {"n": homeless})
        if self.odd:
            text = ngettext(
                "%(n)s part of the file could not be understood and is left out.",
                "%(n)s parts of the file could not be understood and are left out.",
                self.odd,
            )
            found.notes.append(text % {"n": self.odd})

    def _card(self, row: dict[str, Any], place: int) -> InCard:
        key = str(row["id"])
        there = self.lists.get(str(row["idList"]))
        closed_list = bool(there and there.get("closed"))
        labels = [self.labels.get(str(each), ("", ""))[0] for each in row.get("idLabels") or ()]
        labels += [plain(each.get("name")) for each in _dicts(row.get("labels"))]
        return InCard(
            title=plain(row.get("name"))[:200],
            stood_in=(there or {}).get("name") or NO_LIST,
            source=f"trello:{key}"[:80],
            description=str(row.get("desc") or "")[:20_000],
            people=[n for each in row.get("idMembers") or () if (n := self.members.get(str(each)))],
            labels=list(dict.fromkeys(filter(None, labels))),
            due=day(row.get("due")),
            is_done=bool(row.get("dueComplete")),
            is_closed=bool(row.get("closed")) or closed_list,
            steps=[(text[:300], done) for _p, text, done in sorted(self.steps[key]) if text][:100],
            links=[
                (plain(each.get("name"))[:200], url)
                for each in _dicts(row.get("attachments"))
                if (url := web_address(each.get("url")))
            ],
            comments=sorted(self.comments[key], key=lambda told: told[1])[:MOST_COMMENTS],
            row=place,
        )


def _dicts(rows: Any) -> list[dict[str, Any]]:
    return [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []


def plain(text: Any) -> str:
    """A name on one line. HTML in it was text in Trello, and is text here."""
    return " ".join(html.unescape(text).split()) if isinstance(text, str) else ""


def number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def day(value: Any) -> str:
    """The day of a moment, as ISO; empty where there is none that can be read."""
    try:
        return dt.datetime.fromisoformat(str(value).replace("Z", "+00:00")).date().isoformat()
    except ValueError:
        return ""


def web_address(value: Any) -> str:
    found = value if isinstance(value, str) and re.match(r"https?://", value) else ""
    return found if len(found) <= 1000 else ""


def write_trello(name: str, told: dict[str, Any]) -> bytes:
    """``told`` is what ``export.trello_values`` gathers, in the shape of Trello's own export."""
    return json.dumps({"name": name, **told}, ensure_ascii=False, indent=1).encode()
