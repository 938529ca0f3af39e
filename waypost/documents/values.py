"""What an app hands over to be made into a file: sheets, documents, pictures, calendars.

These are plain values that know neither a format nor a business. Texts are already in the
reader's language. An app builds one; :func:`waypost.documents.rendering.render` turns it
into the bytes of a file.
"""

import datetime as dt
from base64 import b64encode
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Value = str | int | Decimal | dt.date | None


@dataclass(frozen=True)
class Formula:
    """A live cell: ``text`` as Excel writes it in English (``=E5-D5+1``), and its result now."""

    text: str
    value: Value


Cell = Value | Formula


def computed(cell: Cell) -> Value:
    """What a cell shows today."""
    return cell.value if isinstance(cell, Formula) else cell


class Kind(StrEnum):
    """How the values of a column are written.

    Percent is a share where 1 is the whole; an estimate shows no decimals from 100 on.
    """

    TEXT = "text"
    NUMBER = "number"
    ESTIMATE = "estimate"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    heading: Cell
    kind: Kind = Kind.TEXT
    width: float = 12  # in digits of the normal font
    choices: tuple[str, ...] = ()  # a list to choose from
    choices_from: str = ""  # or where it stands: "='Goals'!$B$4:$B$20"
    between: tuple[int, int] | None = None  # whole numbers that may be typed
    note: str = ""  # shown beside the heading
    grid: bool = False  # a narrow column of a time grid: not part of a CSV
    typed: bool = False  # its cells are meant to be filled in
    loose: bool = False  # another word than the choices is only warned of


@dataclass(frozen=True)
class Row:
    cells: tuple[Cell, ...]  # as many as columns, or fewer
    group: bool = False  # a heading of the rows below it


class Look(StrEnum):
    """What a rule makes of a cell; dark and light differ also without colour."""

    STRONG = "strong"
    SOFT = "soft"
    QUIET = "quiet"
    MARK = "mark"
    BAD = "bad"


@dataclass(frozen=True)
class Rule:
    """A conditional format over whole columns; ``formula`` speaks of the first data row."""

    first: int  # column, counted from 0
    last: int
    formula: str
    look: Look
    from_heading: bool = False  # the heading is marked, too


@dataclass(frozen=True)
class Series:
    """Numbers of a chart and what they are called, as ranges: ``='Charts'!$B$4:$B$15``."""

    name: str
    labels: str
    values: str
    quiet: bool = False  # what the others are compared with


@dataclass(frozen=True)
class Chart:
    """A live chart of a spreadsheet; standing columns, or lying bars for long labels."""

    title: str
    series: tuple[Series, ...]
    at: str  # the cell of its upper left corner
    lying: bool = False
    size: tuple[int, int] = (720, 320)  # pixels


@dataclass(frozen=True)
class Sheet:
    """Lines above, one line of headings, rows. Excel counts its lines from 1."""

    name: str  # of the tab; Excel allows 31 characters
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = ()
    above: tuple[tuple[Cell, ...], ...] = ()  # the first one is the title
    frozen_columns: int = 0
    rules: tuple[Rule, ...] = ()
    landscape: bool = False
    pages_wide: int = 1  # over how many pages side by side it is printed
    charts: tuple[Chart, ...] = ()
    filtered: bool = False  # the headings offer to filter and sort

    @property
    def heading_line(self) -> int:
        return len(self.above) + 1

    @property
    def first_line(self) -> int:
        """Excel's number of the first data row."""
        return self.heading_line + 1


@dataclass(frozen=True)
class Letterhead:
    """What stands at the head and foot of every page."""

    title: str
    business: str
    date: dt.date
    period: str = ""
    version: str = ""


@dataclass(frozen=True)
class Workbook:
    head: Letterhead
    sheets: tuple[Sheet, ...]
    currency: str = "EUR"


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG, with the sentence that tells it to people who cannot see it."""

    svg: str
    alt: str = ""


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1  # 1 to 3


@dataclass(frozen=True)
class Paragraph:
    """An empty line in ``text`` begins a new paragraph, any other end of a line is kept."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Table:
    """Texts in columns. ``widths`` are shares of the page; ``numbers`` are set to the right."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()
    numbers: frozenset[int] = frozenset()  # columns
    groups: frozenset[int] = frozenset()  # rows that head the ones below


@dataclass(frozen=True)
class Card:
    word: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Cards:
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Image:
    """Bytes of an SVG, PNG or JPEG (``suffix``); ``share`` is its part of the page's width."""

    content: bytes
    suffix: str
    alt: str = ""
    share: float = 1.0

    @property
    def address(self) -> str:
        """The picture itself as an address, for a page that stands alone."""
        kind = {"svg": "svg+xml", "jpg": "jpeg"}.get(self.suffix, self.suffix)
        return f"data:image/{kind};base64,{b64encode(self.content).decode()}"


@dataclass(frozen=True)
class Cover:
    """A page of its own with what the letterhead says."""

    note: str = ""
    logo: Image | None = None


@dataclass(frozen=True)
class Contents:
    """The headings of the first two levels, each leading to its place."""

    title: str


@dataclass(frozen=True)
class PageBreak:
    pass


@dataclass(frozen=True)
class Question:
    """What is asked, in grey, and the answer below; ``room`` lines to write on without one."""

    text: str
    answer: str = ""
    tip: str = ""
    room: int = 0


@dataclass(frozen=True)
class Items:
    """A list, with bullets or counted from 1."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Tick:
    text: str
    done: bool = False
    note: str = ""


@dataclass(frozen=True)
class Ticks:
    """Boxes to tick."""

    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Lines:
    """Empty lines to write on."""

    number: int


@dataclass(frozen=True)
class Box:
    title: str
    items: tuple[str, ...] = ()
    note: str = ""  # small, below the title


@dataclass(frozen=True)
class Grid:
    """Boxes side by side in two columns, four of them for a SWOT."""

    boxes: tuple[Box, ...]
    room: int = 0  # lines to write on in an empty box


@dataclass(frozen=True)
class Fact:
    label: str
    value: str = ""


@dataclass(frozen=True)
class Facts:
    """What something is called beside what it is."""

    facts: tuple[Fact, ...]
    room: int = 0  # lines to write on beside an empty one


@dataclass(frozen=True)
class Profile:
    """A card about a person: who, in one line what, and what there is to know."""

    name: str
    tagline: str = ""
    facts: tuple[Fact, ...] = ()
    picture: Image | None = None
    quiet: bool = False  # somebody who is not meant


@dataclass(frozen=True)
class Profiles:
    """Cards below each other; one that fits on a page is not broken over two."""

    profiles: tuple[Profile, ...]
    room: int = 0  # lines to write on below an empty fact


@dataclass(frozen=True)
class Step:
    title: str
    text: str = ""
    tested: bool = False  # somebody tried whether it works


@dataclass(frozen=True)
class Journey:
    """Steps in their order, drawn as a way from one to the next."""

    steps: tuple[Step, ...]
    room: int = 0  # lines to write on beside an empty step
    first: int = 1  # the number of the first step


@dataclass(frozen=True)
class Callout:
    """Lines set apart from the rest because something follows from them."""

    title: str
    items: tuple[str, ...]


Part = (
    Heading
    | Paragraph
    | Table
    | Cards
    | Image
    | Cover
    | Contents
    | PageBreak
    | Question
    | Items
    | Ticks
    | Lines
    | Grid
    | Facts
    | Profiles
    | Journey
    | Callout
)


@dataclass(frozen=True)
class Document:
    head: Letterhead
    parts: tuple[Part, ...]
    landscape: bool = False


@dataclass(frozen=True)
class OnePage:
    """Questions and answers in two columns that never need a second sheet of A4.

    When they are too long, the letters shrink, and then the answers: ``shortened`` is the
    sentence which says so. ``room`` is how many lines an empty answer gets.
    """

    head: Letterhead
    questions: tuple[Question, ...]
    shortened: str = ""
    room: int = 0


@dataclass(frozen=True)
class Event:
    """A whole day in a calendar. A later file replaces an event of the same ``uid``."""

    uid: str
    day: dt.date
    summary: str
    stamp: dt.datetime  # when this was written, aware
    sequence: int = 0  # grows with every change
    description: str = ""
    url: str = ""


@dataclass(frozen=True)
class Appointment(Event):
    """An hour of a day: begins at ``start`` (aware, in the zone whose clock it follows)."""

    start: dt.datetime = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    minutes: int = 15
    status: str = "CONFIRMED"  # or TENTATIVE, CANCELLED
    categories: tuple[str, ...] = ()
    created: dt.datetime | None = None


@dataclass(frozen=True)
class Agenda:
    name: str
    events: tuple[Event, ...] = field(default=())
    zone: str = ""  # IANA name, for readers that want one for the whole calendar
    refresh_hours: int = 0  # how often a subscriber should ask again; 0: says nothing
