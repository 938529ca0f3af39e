"""One row of a file as values: what each cell means in this business."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.exchange.choices import Choices
from waypost.content.exchange.columns import COMPUTED, HEADINGS
from waypost.content.exchange.moments import When, read_when
from waypost.content.item_form import LANGUAGES
from waypost.content.models import Kind, Status
from waypost.content.tags import tidy
from waypost.documents.headings import Chooser, NotUnderstood, as_text, meanings, plain
from waypost.documents.reading import Cell
from waypost.kit.numbers import NotANumber, parse
from waypost.kit.screen import status_word
from waypost.library.models import Asset

LENGTHS = {"title": 200, "text": 20_000, "link": 1000, "cta": 120, "tags": 300}
KINDS: Mapping[str, str] = {
    "image": Kind.PHOTO, "picture": Kind.PHOTO, "slika": Kind.PHOTO, "foto": Kind.PHOTO,
    "text": Kind.POST, "link": Kind.POST, "text/link post": Kind.POST, "besedilo": Kind.POST,
    "album": Kind.CAROUSEL, "video": Kind.SHORT_VIDEO, "zgodba": Kind.STORY, "short": Kind.REEL,
    "contest": Kind.GIVEAWAY, "user content": Kind.UGC,
}  # fmt: skip
"""How others call what we post."""
CENT, MOST_MONEY = Decimal("0.01"), Decimal(10_000_000)
_URL = URLValidator(schemes=("http", "https"))


class Fault(Exception):
    """Something is wrong with one column of a row; a column may be empty."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message

    @property
    def told(self) -> str:
        heading = HEADINGS.get(self.column)
        return f"{heading}: {self.message}" if heading else self.message


@dataclass(frozen=True)
class Pictures:
    """Of the library, and addresses that must be fetched first."""

    assets: tuple[Asset, ...] = ()
    addresses: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """``values`` has only what the file has a column for."""

    line: int
    values: Mapping[str, Any]
    number: str = ""
    when: When | None = None  # None: the file has no column for it
    channels: tuple[Connection, ...] = ()
    pictures: Pictures | None = None
    hashtags: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        said = [value for name, value in self.values.items() if name not in {"kind", "status"}]
        return (
            not self.number
            and not any(said)
            and not (self.when and self.when.day)
            and not self.channels
        )


class Reader:
    """Reads rows for one business; asks the database once for what they may name."""

    def __init__(self, business: Business, choices: Choices, fetched: Mapping[str, Asset]) -> None:
        self.business, self.choices, self.fetched = business, choices, fetched
        self.connections = list(business.connections.usable())
        self.by_key = {each.pk: each for each in self.connections}
        self.channels = channel_words(self.connections)
        members = business.members.select_related("user")
        self.people = _named((member.user for member in members), str, lambda user: user.email)
        self.rows: dict[str, tuple[dict[str, Any], str]] = {
            "goal": (_named(business.goals.all(), str), _("There is no goal “%(name)s”.")),
            "initiative": (
                _named(business.initiatives.select_related("goal"), str),
                _("There is no initiative “%(name)s”."),
            ),
            "persona": (_named(business.personas.all(), str), _("There is no persona “%(name)s”.")),
            "product": (_named(business.products.all(), str), _("There is no product “%(name)s”.")),
            "owner": (self.people, _("Nobody called “%(name)s” is in this business.")),
            "reviewer": (self.people, _("Nobody called “%(name)s” is in this business.")),
        }
        self.languages: dict[str, str] = {}  # made when the first name of one is met
        self.fixed = self._fixed()
        self.assets = {asset.pk: asset for asset in business.assets.all()}
        self.asset_names = _named(self.assets.values(), str)

    def read(self, line: int, cells: Mapping[str, Cell]) -> Told:
        """Raises ``Fault``."""
        values: dict[str, Any] = {}
        for name, cell in cells.items():
            reader = self._reader(name)
            if reader:
                values[name] = _of(name, reader, cell)
        return Told(
            line=line,
            values=values,
            number=as_text(cells.get("number")).strip(),
            when=self._when(cells),
            channels=_of("channel", self._channels, cells.get("channel")),
            pictures=self._pictures(cells),
            hashtags=tuple(_hashtags(as_text(cells.get("hashtags")))),
        )

    def _reader(self, name: str) -> Callable[[Cell], Any] | None:
        if name in self.rows:
            return lambda cell: self._row(name, cell)
        return self.fixed.get(name)

    def _fixed(self) -> dict[str, Callable[[Cell], Any]]:
        return {
            "title": lambda cell: " ".join(as_text(cell, longest=LENGTHS["title"]).split()),
            "text": lambda cell: as_text(cell, longest=LENGTHS["text"]),
            "link": _link,
            "language": self._language,
            "cta": lambda cell: " ".join(as_text(cell, longest=LENGTHS["cta"]).split()),
            "boost": _money,
            "kind": _kinds(),
            "status": _states(),
            "tags": lambda cell: tidy(as_text(cell, longest=LENGTHS["tags"])),
        }

    def _when(self, cells: Mapping[str, Cell]) -> When | None:
        if "date" not in cells and "time" not in cells:
            return None
        try:
            return read_when(cells.get("date"), cells.get("time"), self.choices.order)
        except NotUnderstood as error:
            raise Fault("date" if "date" in cells else "time", str(error)) from error

    def _row(self, name: str, cell: Cell) -> Any:
        known, complaint = self.rows[name]
        text = as_text(cell).strip()
        if not text:
            return None
        if plain(text) not in known:
            hint = _("Write it as it is called here, or leave this column out.")
            raise NotUnderstood(f"{complaint % {'name': text[:80]}} {hint}")
        return known[plain(text)]

    def _language(self, cell: Cell) -> str:
        text = as_text(cell).strip()
        if not text:
            return ""
        code = re.split(r"[-_]", text.casefold())[0]
        if code in LANGUAGES:
            return code
        self.languages = self.languages or _languages()
        if plain(text) in self.languages:
            return self.languages[plain(text)]
        raise NotUnderstood(
            _("“%(text)s” is no language. Write it like this: sl, en, de") % {"text": text[:40]}
        )

    def _channels(self, cell: Cell) -> tuple[Connection, ...]:
        words = channel_parts(as_text(cell), self.channels)
        found: list[Connection] = []
        for word in words:
            key = self.choices.channels.get(plain(word))
            chosen = self.by_key.get(key) if key is not None else self.channels.get(plain(word))
            if chosen is None and key is None:
                message = _("There is no channel “%(name)s”. Say above which one it is.")
                raise NotUnderstood(message % {"name": word[:80]})
            if chosen and chosen not in found:
                found.append(chosen)
        if not words:
            found = [self.by_key[key] for key in self.choices.for_all if key in self.by_key]
        return tuple(found)

    def _pictures(self, cells: Mapping[str, Cell]) -> Pictures | None:
        if "pictures" not in cells:
            return None
        assets: list[Asset] = []
        addresses: list[str] = []
        notes: list[str] = []
        for word in _picture_words(as_text(cells["pictures"])):
            asset = self.asset_names.get(plain(word)) or self.fetched.get(word)
            asset = asset or self._own(word)
            if asset:
                assets.append(asset)
            elif word.startswith(("http://", "https://")):
                if not self.choices.skip_pictures:
                    addresses.append(word)
            else:
                said = _("“%(text)s” is no address of a picture, so it is left out.")
                notes.append(said % {"text": word[:80]})
        return Pictures(_once(assets), _once(addresses), tuple(notes))

    def _own(self, word: str) -> Asset | None:
        """The picture of the library that an address of ours names."""
        path = re.sub(r"^https?://[^/]+", "", word)
        if not path.startswith("/"):
            return None
        try:
            match = resolve(path.partition("?")[0])
        except Resolver404:
            return None
        if match.namespace != "library" or match.kwargs.get("slug") != self.business.slug:
            return None
        if (asset := self.assets.get(match.kwargs.get("pk", 0))) is None:
            raise Fault("pictures", _("This picture is not in your library any more."))
        return asset


def channel_words(connections: Iterable[Connection]) -> dict[str, Connection]:
    """Plain word → account: as we write it, by its name, and by its network if it is alone."""
    found: dict[str, Connection] = {}
    networks: dict[str, list[Connection]] = {}
    for each in connections:
        network = each.display.name
        networks.setdefault(plain(network), []).append(each)
        for word in (str(each), f"{network} @{each.handle}", each.url, f"{network} {each.name}"):
            found.setdefault(plain(word), each)
    alone = {name: rows[0] for name, rows in networks.items() if len(rows) == 1}
    by_name: dict[str, set[int]] = {}
    for each in connections:
        for word in {plain(each.handle), plain(each.name)}:
            by_name.setdefault(word, set()).add(each.pk)
    for each in connections:
        for word in {plain(each.handle), plain(each.name)}:
            if len(by_name[word]) == 1:
                alone.setdefault(word, each)
    for word, each in alone.items():
        found.setdefault(word, each)
    found.pop("", None)
    return found


def channel_parts(text: str, known: Mapping[str, Connection]) -> list[str]:
    """The channels named in one cell; a name may hold a comma."""
    if not text.strip():
        return []
    if plain(text) in known:
        return [text.strip()]
    return [part.strip() for part in re.split(r"[;\n,+]| & ", text) if part.strip()]


def _named(rows: Iterable[Any], *names: Callable[[Any], str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows:
        for name in names:
            found.setdefault(plain(name(row)), row)
    found.pop("", None)
    return found


def _of(name: str, reader: Callable[[Cell], Any], cell: Cell) -> Any:
    try:
        return reader(cell)
    except NotUnderstood as error:
        raise Fault(name, str(error)) from error


def _languages() -> dict[str, str]:
    def names() -> Iterable[tuple[str, object]]:
        for code in LANGUAGES:
            info = get_language_info(code)
            yield from ((code, info[key]) for key in ("name", "name_local", "name_translated"))

    return meanings(names)


def _kinds() -> Callable[[Cell], str]:
    complaint = _("“%(text)s” is no type of post. Write one of these: %(words)s.")
    choose = Chooser(lambda: {kind.value: kind.label for kind in Kind}, complaint)
    return lambda cell: KINDS.get(plain(as_text(cell)), "") or choose(cell)


def _states() -> Callable[[Cell], str]:
    complaint = _("“%(text)s” is no status. Write one of these: %(words)s.")
    return Chooser(lambda: {each: status_word(each) for each in Status.values}, complaint)


def _link(cell: Cell) -> str:
    text = as_text(cell, longest=LENGTHS["link"]).strip()
    if not text:
        return ""
    whole = text if "://" in text else f"https://{text}"
    try:
        _URL(whole)
    except ValidationError as error:
        message = _("“%(text)s” is no address of a page. Write it like this: https://shop.example")
        raise NotUnderstood(message % {"text": text[:80]}) from error
    return whole


def _money(cell: Cell) -> Decimal | None:
    """With two places; a sign of a currency around it says nothing new."""
    if isinstance(cell, Decimal):
        value = cell
    else:
        text = as_text(cell).strip(" €$£\u00a0").removesuffix("EUR").strip()
        if not text:
            return None
        try:
            value = parse(text)
        except NotANumber as error:
            raise NotUnderstood(str(error)) from error
    if not 0 <= value < MOST_MONEY:
        raise NotUnderstood(_("“%(text)s” is no amount to pay.") % {"text": str(value)[:40]})
    return value.quantize(CENT, "ROUND_HALF_UP")


def _hashtags(text: str) -> list[str]:
    words = re.split(r"[\s,;]+", text)
    return [f"#{word.lstrip('#')}" for word in words if word.lstrip("#")]


def _picture_words(text: str) -> list[str]:
    """Addresses are parted by spaces, commas or lines; a name may hold a space."""
    found: list[str] = []
    for line in re.split(r"[\n;]+", text):
        parts = re.split(r"[\s,]+(?=https?://)", line.strip())
        found += [part.strip(" ,") for part in parts if part.strip(" ,")]
    return found


def _once(things: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(things))


def unknown_channels(business: Business, cells: Iterable[Cell]) -> list[str]:
    """Words of a file that name no account of ours, each once."""
    known = channel_words(business.connections.usable())
    found: dict[str, str] = {}
    for cell in cells:
        for word in channel_parts(as_text(cell), known):
            if plain(word) not in known:
                found.setdefault(plain(word), word)
    return list(found.values())


ALWAYS_READ = frozenset(HEADINGS) - COMPUTED
"""Columns that may be chosen for a heading of the file."""
