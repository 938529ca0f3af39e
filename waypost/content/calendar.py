"""One month of items as a grid of days, drawn fast enough for a thousand of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from html import escape
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import MOVABLE, Status, Variant
from waypost.kit.screen import STATES, icon, mark

DAYS_OF_A_WEEK = 7
_ANY = 987654321  # stands for an item's number where an address is made once for all


@dataclass(frozen=True)
class Month:
    """A month of the Gregorian calendar."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def read(cls, typed: str, otherwise: "Month") -> "Month":
        """``"2026-10"``; anything else is ``otherwise``."""
        try:
            return cls.of(datetime.strptime(typed, "%Y-%m").replace(tzinfo=UTC).date())
        except ValueError:
            return otherwise

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    def plus(self, months: int) -> "Month":
        """The month so many months later; it stays within the years 1 to 9999."""
        count = self.year * 12 + self.number - 1 + months
        count = max(12, min(count, 9999 * 12 + 11))
        return Month(count // 12, count % 12 + 1)

    def days(self) -> list[date]:
        """Whole weeks from Monday on that hold the month."""
        start = self.first.toordinal() - self.first.weekday()
        end = self.plus(1).first.toordinal()
        weeks = -(-(end - start) // DAYS_OF_A_WEEK)
        numbers = range(max(start, 1), min(start + weeks * DAYS_OF_A_WEEK, date.max.toordinal()))
        return [date.fromordinal(number) for number in numbers]

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The first moment of its grid and the first one after it (UTC)."""
        days = self.days()
        return _midnight(days[0], zone), _midnight(days[-1] + timedelta(days=1), zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    try:
        return datetime.combine(day, time.min, zone).astimezone(UTC)
    except OverflowError:  # the first and last day there are
        return datetime.combine(day, time.min, UTC)


class Entry(NamedTuple):
    """What the calendar reads of an item."""

    pk: int
    title: str
    status: str
    due_at: datetime


@dataclass(frozen=True)
class Day:
    """One cell of the grid."""

    date: date
    in_month: bool
    is_today: bool
    count: int
    entries: SafeString


def read(business: Business, month: Month, filters: dict[str, Any]) -> list[Entry]:
    """The items of the month's grid in the order of their time; one query."""
    rows = business.items.due_between(*month.bounds(business.zone)).matching(**filters)
    return [Entry(*row) for row in rows.values_list(*Entry._fields)]


def days(
    business: Business, month: Month, entries: Iterable[Entry], *, today: date, may_move: bool
) -> list[Day]:
    """The grid with its drawn entries; one query for the channels."""
    zone = business.zone
    draw = _Pen(business, month, may_move=may_move)
    by_day: dict[date, list[str]] = defaultdict(list)
    for entry in entries:
        wall = entry.due_at.astimezone(zone)
        by_day[wall.date()].append(draw.entry(entry, f"{wall:%H:%M}"))
    return [
        Day(
            date=day,
            in_month=Month.of(day) == month,
            is_today=day == today,
            count=len(by_day[day]),
            entries=SafeString("".join(by_day[day])),
        )
        for day in month.days()
    ]


class _Pen:
    """Draws entries; whatever many of them share is made once.

    A template with components would spend more on one entry than this on a hundred.
    Everything that is put together here was escaped before.
    """

    def __init__(self, business: Business, month: Month, *, may_move: bool) -> None:
        self._channels = _channels(business, month)
        self._before, self._after = _address("publishing:item", business)
        states = [name for name in STATES if name in Status.values]
        self._heads = {name: _head(name) for name in states}
        self._moves = {
            name: _move_link(business, month) if may_move and name in MOVABLE else None
            for name in states
        }

    def entry(self, entry: Entry, clock: str) -> str:
        title = escape(entry.title)
        start, icon_of_state = self._heads[entry.status]
        move = self._moves[entry.status]
        return (
            f'{start}{self._before}{entry.pk}{self._after}"><time>{clock}</time> {icon_of_state}'
            f'{self._channels.get(entry.pk, "")} <span class="cal-title">{title}</span></a>'
            f"{_filled(move, entry.pk, title) if move else ''}</li>"
        )


def _address(name: str, business: Business) -> tuple[str, str]:
    """The address of any item, cut where its number stands."""
    before, after = reverse(name, args=[business.slug, _ANY]).split(str(_ANY))
    return before, after


def _head(status: str) -> tuple[str, str]:
    look = STATES[status]
    return (
        format_html('<li class="cal-entry tone-{}"><a class="cal-link" href="', look.tone),
        icon(look.icon, str(look.word)),
    )


def _move_link(business: Business, month: Month) -> tuple[str, str, str]:
    """The link in three pieces: the item's number and its title come between them."""
    before, after = _address("content:move", business)
    return (
        format_html('<a class="cal-move" href="{}', before),
        format_html('{}?month={}" aria-label="{}: ', after, month, _("Move")),
        format_html('">{}</a>', icon("calendar-clock")),
    )


def _filled(pieces: tuple[str, str, str], pk: int, title: str) -> str:
    return f"{pieces[0]}{pk}{pieces[1]}{title}{pieces[2]}"


def _channels(business: Business, month: Month) -> dict[int, str]:
    """By item, the marks of the channels that it goes to; two queries."""
    marks = {each.pk: channel_mark(each) for each in business.connections.all()}
    start, end = month.bounds(business.zone)
    pairs = Variant.objects.filter(
        item__business=business, item__due_at__gte=start, item__due_at__lt=end
    ).order_by("item__due_at", "connection_id")
    drawn: dict[int, str] = defaultdict(str)
    for item, connection in pairs.values_list("item_id", "connection_id"):
        drawn[item] += marks[connection]
    return drawn


def channel_mark(connection: Connection) -> SafeString:
    """The network's mark; the account's name is for those who hear the page."""
    display = connection.display
    name = f"{display.name} {connection.handle}"
    return mark(name, display.icon, display.colour, quiet=True)


def weekdays() -> Iterator[str]:
    """Short names of the days from Monday on."""
    for number in range(DAYS_OF_A_WEEK):
        yield date_format(date(2024, 1, 1) + timedelta(days=number), "D")


def title(month: Month) -> str:
    """``October 2026`` in the person's language."""
    return date_format(month.first, "F Y")


def clock_of(at: datetime, zone: ZoneInfo) -> str:
    """Day and time on the wall, for a sentence."""
    wall = at.astimezone(zone)
    return f"{date_format(wall)}, {time_format(wall, 'H:i')}"
