"""The columns of a time grid: weeks, or months where weeks would be too many."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from waypost.goals.planned import Plan

MOST_WEEKS = 80
SPARE = 4  # columns behind the last day, so that a bar has room to move
MOST_MONTHS = 240


@dataclass(frozen=True)
class Timeline:
    """First days of the columns, in order; ``months`` or weeks from Monday."""

    months: bool
    starts: tuple[dt.date, ...]

    @classmethod
    def over(cls, plan: Plan) -> Self:
        first, last = plan.span
        months = (last - first).days // 7 + 1 > MOST_WEEKS
        days = [_first_of(first, months=months)]
        while days[-1] <= last and len(days) < MOST_MONTHS:
            days.append(_next(days[-1], months=months))
        for _place in range(SPARE):
            days.append(_next(days[-1], months=months))
        return cls(months, tuple(days))

    @property
    def cells(self) -> list[tuple[dt.date, dt.date]]:
        """(first day, first day of the next) of every column."""
        ends = (*self.starts[1:], _next(self.starts[-1], months=self.months))
        return list(zip(self.starts, ends, strict=True))

    def first_formula(self, day: str) -> str:
        """The first day of the column that holds ``day``."""
        return f"DATE(YEAR({day}),MONTH({day}),1)" if self.months else f"{day}-WEEKDAY({day},3)"

    def next_formula(self, cell: str) -> str:
        return f"EDATE({cell},1)" if self.months else f"{cell}+7"

    def last_day_formula(self, cell: str) -> str:
        return f"(EDATE({cell},1)-1)" if self.months else f"({cell}+6)"


def _first_of(day: dt.date, *, months: bool) -> dt.date:
    return day.replace(day=1) if months else day - dt.timedelta(days=day.weekday())


def _next(day: dt.date, *, months: bool) -> dt.date:
    if not months:
        return day + dt.timedelta(days=7)
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
