"""Entries of the calendar as HTML, drawn fast enough for a thousand of them on a page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from waypost.connections.models import Connection, Health
from waypost.content.calendar.reading import Entry, Page
from waypost.content.calendar.spans import DAYS_OF_A_WEEK
from waypost.content.models import MOVABLE, Status
from waypost.kit.screen import STATES, icon, mark
from waypost.market.days import Date, Kind

_ANY = 987654321  # stands for an item's number where an address is made once for all
_ICONS = {Kind.HOLIDAY: "flag", Kind.SHOPPING: "tag", Kind.OWN: "bookmark"}
HOURS = range(6, 23)
"""Of the day view; another hour is shown when something stands in it."""


@dataclass(frozen=True)
class Day:
    """One cell of the grid."""

    date: date
    in_month: bool
    is_today: bool
    count: int
    entries: SafeString
    key: SafeString  # holidays and the like


@dataclass(frozen=True)
class Hour:
    number: int
    count: int
    entries: SafeString

    @property
    def clock(self) -> str:
        return f"{self.number:02}:00"


@dataclass(frozen=True)
class Lane:
    """One line of the week by channel or by initiative."""

    key: int
    name: str
    mark: SafeString
    cells: list[Day]

    @property
    def count(self) -> int:
        return sum(cell.count for cell in self.cells)


class Pen:
    """Draws the entries of one page; whatever many of them share is made once.

    A template with components would spend more on one entry than this on a hundred.
    Everything that is put together here was escaped before.
    """

    def __init__(
        self, page: Page, *, may_move: bool, clashing: frozenset[int] = frozenset()
    ) -> None:
        self.page = page
        self._walls = page.walls
        self._channels = page.channels
        self._clashing = clashing
        self._warning = icon("triangle-alert", _("Same channel, same time"))
        self._marks = {pk: channel_mark(each) for pk, each in page.connections.items()}
        self._before, self._after = self._address("publishing:item")
        states = [name for name in STATES if name in Status.values]
        self._heads = {name: _head(name) for name in states}
        movable = [name for name in states if may_move and name in MOVABLE]
        link = self._move_link()
        self._moves = dict.fromkeys(movable, link)

    def entry(self, entry: Entry) -> str:
        title = escape(entry.title)
        head, icon_of_state = self._heads[entry.status]
        move = self._moves.get(entry.status)
        number = f' data-pk="{entry.pk}"' if move else ""
        clock = f"{self._walls[entry.pk]:%H:%M}"
        marks = "".join([self._marks[pk] for pk in self._channels.get(entry.pk, ())])
        warning = self._warning if entry.pk in self._clashing else ""
        return (
            f'<li class="{head}"{number}>'
            f'<a class="cal-link" href="{self._before}{entry.pk}{self._after}">'
            f"<time>{clock}</time> {icon_of_state}{warning}{marks}"
            f' <span class="cal-title">{title}</span></a>'
            f"{f'{move[0]}{entry.pk}{move[1]}{title}{move[2]}' if move else ''}</li>"
        )

    def picking(self, entry: Entry) -> str:
        """With a box in front, for a form that acts on many."""
        title = escape(entry.title)
        box = (
            f'<input type="checkbox" class="checkbox checkbox-primary checkbox-sm" name="pick"'
            f' value="{entry.pk}" aria-label="{title}">'
        )
        start, end = self.entry(entry).split("<a ", 1)
        return f"{start}{box}<a {end}"

    def _address(self, name: str) -> tuple[str, str]:
        """The address of any item, cut where its number stands."""
        address = reverse(name, args=[self.page.business.slug, _ANY])
        before, after = address.split(str(_ANY))
        return before, after

    def _move_link(self) -> tuple[str, str, str]:
        """The link in three pieces: the item's number and its title come between them."""
        before, after = self._address("content:move")
        return (
            format_html('<a class="cal-move" href="{}', before),
            format_html('{}" aria-label="{}: ', after, _("Move")),
            format_html('">{}</a>', icon("calendar-clock")),
        )


def _head(status: str) -> tuple[str, str]:
    look = STATES[status]
    return f"cal-entry tone-{look.tone}", icon(look.icon, str(look.word))


def days(
    pen: Pen,
    *,
    today: date,
    entries: Iterable[Entry] | None = None,
    draw: Callable[[Entry], str] | None = None,
) -> list[Day]:
    """The drawn days of the page with ``entries``, all of them unless told otherwise."""
    page = pen.page
    drawn: dict[date, list[str]] = defaultdict(list)
    for entry in page.entries if entries is None else entries:
        drawn[page.day_of(entry)].append((draw or pen.entry)(entry))
    return [
        Day(
            date=day,
            in_month=page.span.holds(day),
            is_today=day == today,
            count=len(drawn[day]),
            entries=SafeString("".join(drawn[day])),
            key=key_day(page.key_days[day]) if day in page.key_days else SafeString(),
        )
        for day in page.span.days()
    ]


def key_day(found: Date) -> SafeString:
    """A line for each thing that falls on the date."""
    lines = [
        format_html(
            '<p class="cal-key cal-key-{}">{}<span>{}</span></p>',
            each.kind,
            icon(_ICONS[each.kind], str(each.kind.label)),
            each.words,
        )
        for each in found.days
    ]
    return SafeString("".join(lines))


def hours(pen: Pen) -> list[Hour]:
    """The one day of the page by the hours on its clock."""
    drawn: dict[int, list[str]] = defaultdict(list)
    for entry in pen.page.entries:
        drawn[pen.page.walls[entry.pk].hour].append(pen.entry(entry))
    shown = sorted({*HOURS, *drawn})
    return [Hour(n, len(drawn[n]), SafeString("".join(drawn[n]))) for n in shown]


def by_channel(pen: Pen, *, today: date) -> list[Lane]:
    """A lane for each usable account, and one for posts that go nowhere yet."""
    page = pen.page
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in page.entries:
        for connection in page.channels.get(entry.pk, (0,)):
            found[connection].append(entry)
    lanes = [
        Lane(pk, str(each), channel_mark(each), days(pen, today=today, entries=found[pk]))
        for pk, each in page.connections.items()
        if found[pk] or each.health != Health.REMOVED
    ]
    return [*lanes, *_rest(pen, found[0], _("No channel yet"), today)]


def by_initiative(pen: Pen, names: dict[int, str], *, today: date) -> list[Lane]:
    """A lane for each initiative that has posts in the week; ``names`` by number."""
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in pen.page.entries:
        found[entry.initiative_id or 0].append(entry)
    lanes = [
        Lane(pk, name, SafeString(), days(pen, today=today, entries=found[pk]))
        for pk, name in names.items()
        if found[pk]
    ]
    return [*lanes, *_rest(pen, found[0], _("No initiative"), today)]


def _rest(pen: Pen, entries: list[Entry], name: str, today: date) -> Iterator[Lane]:
    if entries:
        yield Lane(0, name, SafeString(), days(pen, today=today, entries=entries))


def channel_mark(connection: Connection) -> SafeString:
    """The network's mark; the account's name is for those who hear the page."""
    display = connection.display
    name = f"{display.name} {connection.handle}"
    return mark(name, display.icon, display.colour, quiet=True)


def weekdays() -> Iterator[str]:
    """Short names of the days from Monday on."""
    for number in range(DAYS_OF_A_WEEK):
        yield date_format(date(2024, 1, 1) + timedelta(days=number), "D")


def clock_of(at: datetime, zone: ZoneInfo) -> str:
    """Day and time on the wall, for a sentence."""
    wall = at.astimezone(zone)
    return f"{date_format(wall)}, {time_format(wall, 'H:i')}"
