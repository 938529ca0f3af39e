"""Giving an item another day as one drags it: the time of the day stays."""

from datetime import date, datetime, time

from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.content.actions.deciding import move
from waypost.content.clock import NoSuchTime, moment, on_the_wall, skipped, twice
from waypost.content.models import Item
from waypost.kit.errors import Refusal

USUAL = time(10)
"""Of an item that had no time yet."""


def place(item: Item, *, day: date, hour: int | None = None, by: User) -> list[str]:
    """Move the item to ``day`` on the clock of the business; ``hour`` (0 to 23) is the new one.

    Answers sentences about the time. Raises ``Refusal`` with the reason in words, also for
    a time that the clock jumps over that day.
    """
    zone = item.business.zone
    clock = on_the_wall(item.due_at, zone).time() if item.due_at else USUAL
    wall = datetime.combine(day, clock if hour is None else clock.replace(hour=hour))
    if item.due_at and on_the_wall(item.due_at, zone) == wall:
        return []
    try:
        found = moment(wall, zone)
    except NoSuchTime as gap:
        raise Refusal(skipped(wall, gap.next_time)) from gap
    except OverflowError as error:
        raise Refusal(_("There is no such day in the calendar.")) from error
    move(item, due_at=found.at, by=by)
    return [twice(wall, zone)] if found.is_first_of_two else []
