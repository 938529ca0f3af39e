"""Days and times as files hold them, and the moment they mean on the wall of the business."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from waypost.content.clock import NoSuchTime, moment, skipped, twice
from waypost.documents.headings import NotUnderstood, as_text
from waypost.documents.reading import Cell
from waypost.kit.days import NotADay, is_ambiguous, order_of, parse_day

USUAL_TIME = dt.time(10)
MINUTES_OF_A_DAY = 24 * 60
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<offset>z|[+-]\d{2}:?\d{2})?"
)
CLOCK = re.compile(_CLOCK, re.IGNORECASE)
BOTH = re.compile(
    rf"(?P<day>.*\d\.?)\s*(?:[T ,]|\bob\b|\bat\b)+\s*(?=\d{{1,2}}[:.h]\d{{2}}|\d{{1,2}}\s*[ap]m)"
    rf"(?P<clock>{_CLOCK})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clock:
    """A time of the day; with its distance from UTC it names one moment alone."""

    time: dt.time
    offset: dt.timedelta | None = None


@dataclass(frozen=True)
class When:
    """What a file says about the time of a post; ``None`` where it says nothing."""

    day: dt.date | None = None
    clock: Clock | None = None


def read_when(day: Cell, clock: Cell, order: str) -> When:
    """From the cells of day and time; the day's may hold both. Raises ``NotUnderstood``."""
    if isinstance(day, dt.datetime):
        found = When(day.date(), Clock(day.time()))
    elif isinstance(day, dt.date):
        found = When(day)
    elif day is None:
        found = When()
    else:
        found = _read_text(as_text(day), order)
    return When(found.day, read_clock(clock) or found.clock)


def _read_text(text: str, order: str) -> When:
    both = BOTH.fullmatch(text.strip())
    try:
        day = parse_day(both["day"].rstrip(",") if both else text, order=order)
    except NotADay as error:
        raise NotUnderstood(str(error)) from error
    return When(day, read_clock(both["clock"]) if both else None)


def read_clock(cell: Cell) -> Clock | None:
    """``18:30``, ``18.30``, ``6:30 pm``, or a share of the day as spreadsheets keep it."""
    if cell is None:
        return None
    if isinstance(cell, dt.datetime):
        return Clock(cell.time())
    if isinstance(cell, dt.time):
        return Clock(cell)
    if isinstance(cell, Decimal) and 0 <= cell < 1:
        minutes = round(cell * MINUTES_OF_A_DAY) % MINUTES_OF_A_DAY
        return Clock(dt.time(minutes // 60, minutes % 60))
    text = as_text(cell).strip()
    match = CLOCK.fullmatch(text)
    try:
        if match:
            return Clock(_time(match), _offset(match["offset"]))
    except ValueError:
        pass
    raise NotUnderstood(_("“%(text)s” is no time. Write it like this: 18:30") % {"text": text[:40]})


def _time(match: re.Match[str]) -> dt.time:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return dt.time(hour, int(match["minute"] or 0), int(match["second"] or 0))


def _offset(text: str | None) -> dt.timedelta | None:
    if not text:
        return None
    if text.lower() == "z":
        return dt.timedelta()
    sign = -1 if text[0] == "-" else 1
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 14 or minutes > 59:
        raise ValueError(text)
    return sign * dt.timedelta(hours=hours, minutes=minutes)


def due(day: dt.date, clock: Clock, zone: ZoneInfo) -> tuple[dt.datetime, str]:
    """The moment (UTC), and a sentence where the clock is turned that night.

    Raises ``NotUnderstood`` for a time that the clock jumps over.
    """
    wall = dt.datetime.combine(day, clock.time)
    if clock.offset is not None:
        return (wall - clock.offset).replace(tzinfo=dt.UTC), ""
    try:
        found = moment(wall, zone)
    except NoSuchTime as gap:
        raise NotUnderstood(skipped(wall, gap.next_time)) from gap
    return found.at, twice(wall, zone) if found.is_first_of_two else ""


def looks_like_moment(text: str) -> bool:
    """Whether ``text`` is a day, perhaps with a time, in whichever order."""
    both = BOTH.fullmatch(text.strip())
    try:
        parse_day(both["day"].rstrip(",") if both else text, order="dmy")
    except NotADay:
        return False
    return True


@dataclass(frozen=True)
class Order:
    """How days with slashes are written in a file."""

    known: str  # as the days themselves tell; empty: they do not
    asked: bool  # somebody has to say it
    example: str = ""


def order_in(cells: Iterable[Cell]) -> Order:
    texts = [cell for cell in cells if isinstance(cell, str)]
    known = order_of(texts)
    unclear = [text for text in texts if is_ambiguous(text)]
    return Order(known, bool(unclear) and not known, unclear[0] if unclear else "")
