"""From the clock on the wall to the moment, where the clock is turned twice a year."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _


class NoSuchTime(ValueError):
    """The clock jumps over this time; ``next_time`` is as late after the jump."""

    def __init__(self, wall: datetime, next_time: datetime) -> None:
        super().__init__(f"{wall} does not exist, {next_time} does")
        self.next_time = next_time


@dataclass(frozen=True)
class Moment:
    """One moment as the person typed it and as it is stored."""

    at: datetime  # UTC
    is_first_of_two: bool = False  # the clock shows this time twice; this is the earlier


def moment(wall: datetime, zone: ZoneInfo) -> Moment:
    """The moment when clocks in ``zone`` show ``wall`` (naive).

    Of a time that comes twice the earlier is taken. Raises ``NoSuchTime`` for one that is
    jumped over.
    """
    first = wall.replace(tzinfo=zone, fold=0)
    back = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0)
    if back != wall:
        raise NoSuchTime(wall, back)
    return Moment(first.astimezone(UTC), is_first_of_two=comes_twice(wall, zone))


def comes_twice(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks in ``zone`` show ``wall`` (naive, not jumped over) a second time."""
    offsets = [wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1)]
    return offsets[0] != offsets[1]


def on_the_wall(at: datetime, zone: ZoneInfo) -> datetime:
    """What clocks in ``zone`` show at ``at`` (aware), as a naive time."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def twice(wall: datetime, zone: ZoneInfo) -> str:
    """The sentence for a time that the clock shows two times."""
    return _(
        "On %(day)s the clocks in %(zone)s are turned back, so %(time)s comes twice."
        " Waypost takes the first."
    ) % {"day": date_format(wall), "time": time_format(wall.time(), "H:i"), "zone": zone.key}


def skipped(wall: datetime, instead: datetime) -> str:
    """The sentence for a time that the clock jumps over; ``instead`` comes after the jump."""
    return _(
        "On %(day)s the clocks are put forward, so %(time)s does not exist."
        " Choose %(instead)s instead."
    ) % {
        "day": date_format(wall),
        "time": time_format(wall.time(), "H:i"),
        "instead": time_format(instead.time(), "H:i"),
    }
