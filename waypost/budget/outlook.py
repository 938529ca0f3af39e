"""Where the year and the month are heading, computed from plain values.

Year: what was spent, and the plan of the rest in the proportion that was used so far.
Month (adverts, which spend a little each day): how fast the money goes, and where it ends.
"""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from waypost.budget.sheet import Amount, Row, share

ZERO = Decimal(0)
SLOW, FAST = Decimal("0.9"), Decimal("1.1")  # between them the money goes as planned
LITTLE, MUCH = Decimal("0.5"), Decimal("1.1")  # share of an ad line's plan that needs a look
WEEK = 7
ENOUGH_DAYS = 3  # with fewer days of spending, the month is drawn on straight


def year_end(row: Row) -> Amount:
    """The year's spending, when the rest of the plan is used as much as the plan so far."""
    spent, used = row.actual_to_date, row.used
    if spent is None or used is None:
        return None
    rest = sum((cell.plan or ZERO for cell in row.cells[row.through :]), ZERO)
    return spent + rest * used


@dataclass(frozen=True)
class Pace:
    """The running month of one line; ``day`` of ``days`` has begun."""

    name: str
    available: Amount
    actual: Amount
    day: int
    days: int
    forecast: Amount

    @property
    def elapsed(self) -> Decimal:
        return Decimal(self.day) / self.days

    @property
    def used(self) -> Amount:
        """Share of what is available; None without any."""
        return share(self.actual, self.available) if (self.available or 0) > 0 else None

    @property
    def pace(self) -> Amount:
        """1: as fast as the days pass (row 40)."""
        return None if self.used is None else self.used / self.elapsed

    @property
    def word(self) -> str:
        """``unplanned``, ``empty``, ``slow``, ``good`` or ``fast``."""
        if not self.available or self.available <= 0:
            return "unplanned"
        if self.pace is None:
            return "empty"
        return "slow" if self.pace < SLOW else "fast" if self.pace > FAST else "good"


def pace(
    name: str, available: Amount, actual: Amount, spent: Mapping[dt.date, Decimal], today: dt.date
) -> Pace:
    """``spent`` holds what went out on each day of the month of ``today``."""
    days = calendar.monthrange(today.year, today.month)[1]
    forecast = month_end(actual, spent, today)
    return Pace(name, available, actual, today.day, days, forecast)


def month_end(actual: Amount, spent: Mapping[dt.date, Decimal], today: dt.date) -> Amount:
    """Spend to yesterday + remaining days × mean of the last 7 days (row 41)."""
    if actual is None:
        return None
    days = calendar.monthrange(today.year, today.month)[1]
    before = {day: amount for day, amount in spent.items() if day < today}
    if len(before) < ENOUGH_DAYS:
        return actual / today.day * days
    passed = min(WEEK, today.day - 1)
    recent = today - dt.timedelta(days=passed)
    mean = sum((amount for day, amount in before.items() if day >= recent), ZERO) / passed
    return sum(before.values(), ZERO) + (days - today.day + 1) * mean


@dataclass(frozen=True)
class Alarm:
    """An ad line that used too little or too much of its plan to date."""

    name: str
    kind: str  # little | much | unplanned
    spent: Decimal
    plan: Decimal
    used: Amount


def alarm(row: Row) -> Alarm | None:
    """None when all is well, or nothing was entered: an empty cell is not zero."""
    spent, plan, used = row.actual_to_date, row.plan_to_date or ZERO, row.used
    if spent is None:
        return None
    if used is None:
        return Alarm(row.name, "unplanned", spent, plan, None) if spent > 0 else None
    if used < LITTLE or used > MUCH:
        return Alarm(row.name, "little" if used < LITTLE else "much", spent, plan, used)
    return None
