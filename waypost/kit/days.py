"""Days as people write them in a cell."""

import datetime as dt
import re
from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
_DOTS = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\.?")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class NotADay(ValueError):
    """The text cannot be read; the message is a sentence for the person."""


DAY_FIRST, MONTH_FIRST = "dmy", "mdy"


def order_of(texts: Iterable[str]) -> str:
    """In which order all ``texts`` with slashes are written: ``DAY_FIRST`` or ``MONTH_FIRST``.

    Empty when none of them tells, or when they contradict each other.
    """
    found: set[str] = set()
    for text in texts:
        if match := _SLASHES.match(text.strip()):
            first, second = int(match[1]), int(match[2])
            found |= {DAY_FIRST} if first > 12 else {MONTH_FIRST} if second > 12 else set()
    return found.pop() if len(found) == 1 else ""


def is_ambiguous(text: str) -> bool:
    """Whether ``text`` begins with a day that two readers read differently."""
    match = _SLASHES.match(text.strip())
    return bool(match and match[1] != match[2] and max(int(match[1]), int(match[2])) <= 12)


def parse_day(text: str, *, order: str = "") -> dt.date:
    """``"12. 10. 2026"``, ``"2026-10-12"`` or ``"25/10/2026"`` as a day.

    Raises ``NotADay``, without an ``order`` also for ``"12/10/2026"``: it is October to one
    reader and December to another.
    """
    written = text.strip()
    if found := _ISO.fullmatch(written):
        year, month, day = map(int, found.groups())
    elif found := _DOTS.fullmatch(written):
        day, month, year = map(int, found.groups())
    elif found := _SLASHES.fullmatch(written):
        day, month, year = _by_slashes(written, *map(int, found.groups()), order=order)
    else:
        raise NotADay(_no_day(written))
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise NotADay(_no_day(written)) from error


def _by_slashes(
    written: str, first: int, second: int, year: int, *, order: str
) -> tuple[int, int, int]:
    if order and max(first, second) <= 12:
        return (first, second, year) if order == DAY_FIRST else (second, first, year)
    if max(first, second) > 12 or first == second:
        return (first, second, year) if second <= 12 else (second, first, year)
    try:
        readings = [dt.date(year, second, first), dt.date(year, first, second)]
    except ValueError as error:
        raise NotADay(_no_day(written)) from error
    raise NotADay(
        _("“%(text)s” can be read as %(one)s or as %(other)s. Write %(iso)s or %(other_iso)s.")
        % {
            "text": written,
            "one": date_format(readings[0], "DATE_FORMAT"),
            "other": date_format(readings[1], "DATE_FORMAT"),
            "iso": readings[0].isoformat(),
            "other_iso": readings[1].isoformat(),
        }
    )


def _no_day(written: str) -> str:
    return _("“%(text)s” is not a day. Write it like this: 2026-10-12") % {"text": written[:40]}
