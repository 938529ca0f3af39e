"""A month of the calendar on paper: a grid to pin on a wall, and a list."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.content.calendar import Month
from waypost.content.calendar.spans import DAYS_OF_A_WEEK
from waypost.content.exchange.rows import Row
from waypost.content.models import Item, Status
from waypost.documents.values import Letterhead
from waypost.documents.wall import ListDay, WallDay, WallEntry, WallMonth
from waypost.kit.screen import status_word
from waypost.market.days import days_between

SETTLED = {Status.SCHEDULED, Status.PUBLISHING, Status.PUBLISHED}
READY = {Status.APPROVED, Status.IN_REVIEW}
COPY = 180  # letters of the text in the list


def wall_month(business: Business | None, month: Month, rows: Sequence[Row]) -> WallMonth:
    """``rows`` of ``month``; what is cancelled does not hang on a wall."""
    posts = _by_day(rows)
    days = month.days()
    notes = _holidays(business, days) if business else {}
    first = dt.date(2024, 1, 1)  # a Monday
    names = [first + dt.timedelta(days=number) for number in range(DAYS_OF_A_WEEK)]
    today = timezone.localdate(timezone=business.zone) if business else timezone.localdate()
    name = business.name if business else ""
    return WallMonth(
        head=Letterhead(_("Calendar"), name, today, month.title.capitalize()),
        weekdays=tuple(date_format(day, "l") for day in names),
        days=tuple(
            WallDay(
                str(day.day),
                Month.of(day) == month,
                tuple(notes.get(day, ())),
                tuple(_entry(post) for post in posts.get(day, ())),
            )
            for day in days
        ),
        legend=(_("Scheduled or published"), _("In review or approved"), _("Idea or draft")),
        more=_("and %(n)s more, see the list"),
        list_title=_("%(month)s, day by day") % {"month": month.title.capitalize()},
        listed=tuple(_listed(day, found) for day, found in sorted(posts.items())),
    )


def _by_day(rows: Sequence[Row]) -> dict[dt.date, list[list[Row]]]:
    """By day, the posts in order of their time; a post is its rows, one for each channel."""
    posts: dict[int, list[Row]] = {}
    for row in rows:
        if row.wall and row.item.status != Status.CANCELLED:
            posts.setdefault(row.item.pk, []).append(row)
    found: dict[dt.date, list[list[Row]]] = defaultdict(list)
    for post in posts.values():
        assert post[0].wall
        found[post[0].wall.date()].append(post)
    return found


def _entry(post: Sequence[Row]) -> WallEntry:
    item = post[0].item
    where = ", ".join(dict.fromkeys(_network(row) for row in post if row.variant))
    words = f"{where}: {item.title}" if where else item.title
    return WallEntry(post[0].clock[:5], words, _mark(item))


def _network(row: Row) -> str:
    assert row.variant
    return str(row.variant.connection.display.name)


def _mark(item: Item) -> int:
    return 2 if item.status in SETTLED else 1 if item.status in READY else 0


def _listed(day: dt.date, posts: Sequence[Sequence[Row]]) -> ListDay:
    return ListDay(date_format(day, "l, j. F" if _is_slovenian() else "l, j F"), _lines(posts))


def _is_slovenian() -> bool:
    return (get_language() or "").startswith("sl")


def _lines(posts: Sequence[Sequence[Row]]) -> tuple[tuple[str, str, str, int], ...]:
    lines: list[Any] = []
    for post in posts:
        item = post[0].item
        channels = ", ".join(row.channel for row in post if row.variant) or _("no channel yet")
        facts = [channels, status_word(item.status), str(item.owner) if item.owner else ""]
        copy = " ".join(item.text.split())
        text = Truncator(copy).chars(COPY) if copy != item.title else ""
        note = "\n".join(filter(None, [" · ".join(filter(None, facts)), text]))
        lines.append((post[0].clock[:5], item.title, note, _mark(item)))
    return tuple(lines)


def _holidays(business: Business, days: Sequence[dt.date]) -> dict[dt.date, list[str]]:
    found: dict[dt.date, list[str]] = defaultdict(list)
    for each in days_between(business, days[0], days[-1], (get_language() or "en")[:2]):
        found[each.day].append(each.words)
    return found
