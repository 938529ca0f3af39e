"""Rules of RFC 5545 on the clock of the wall, and the moments that they mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from waypost.content.clock import NoSuchTime, moment, skipped, twice

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST = 1000  # occurrences that are looked at


class Frequency(TextChoices):
    DAILY = "DAILY", _("every day")
    WEEKLY = "WEEKLY", _("every week")
    MONTHLY = "MONTHLY", _("every month")
    YEARLY = "YEARLY", _("every year")


@dataclass(frozen=True)
class Occurrence:
    """``date`` names it in its rule; ``note`` says where the clock is turned."""

    date: date
    at: datetime  # UTC
    note: str = ""


def rule_of(
    frequency: str,
    *,
    interval: int = 1,
    weekdays: tuple[int, ...] = (),
    until: date | None = None,
    count: int | None = None,
) -> str:
    """An RRULE without its start."""
    parts = [f"FREQ={frequency}"]
    if interval != 1:
        parts.append(f"INTERVAL={interval}")
    if weekdays and frequency == Frequency.WEEKLY:
        parts.append(f"BYDAY={','.join(DAYS[n] for n in sorted(weekdays))}")
    if count:
        parts.append(f"COUNT={count}")
    elif until:
        parts.append(f"UNTIL={until:%Y%m%d}T235959")
    return ";".join(parts)


def occurrences(
    rule: str, first: date, clock: time, zone: ZoneInfo, *, after: date | None, until: date
) -> Iterator[Occurrence]:
    """Those after the day ``after`` (None: from the first on) until ``until``, in order.

    A time that the clock jumps over comes as much later; of one that comes twice the first.
    """
    for wall in islice(rrulestr(rule, dtstart=datetime.combine(first, clock)), MOST):
        if wall.date() > until:
            return
        if after is None or wall.date() > after:
            yield _occurrence(wall, zone)


def _occurrence(wall: datetime, zone: ZoneInfo) -> Occurrence:
    try:
        found = moment(wall, zone)
    except NoSuchTime as gap:
        return Occurrence(wall.date(), moment(gap.next_time, zone).at, skipped(wall, gap.next_time))
    return Occurrence(wall.date(), found.at, twice(wall, zone) if found.is_first_of_two else "")
