"""Followers over the last months, channel by channel: as lines, and as the table behind them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.text import Truncator

from waypost.accounts.models import Business
from waypost.insights.levels import Place, levels_by_month
from waypost.insights.store import Holder
from waypost.insights.stored import places
from waypost.kit.numbers import shown
from waypost.kit.scales import scale
from waypost.market.rival_chart import (
    LEFT,
    MOST,
    NARROW,
    ROOM,
    TOP,
    WIDE,
    Chart,
    Curve,
    Dot,
    Size,
    Tick,
    apart,
)

MONTHS = 12


@dataclass(frozen=True)
class Line:
    """The last known followers of each month; None where none were counted."""

    holder: Holder
    values: tuple[int | None, ...]

    @property
    def last(self) -> int:
        return next((value for value in reversed(self.values) if value is not None), 0)

    @property
    def known(self) -> int:
        return sum(value is not None for value in self.values)


@dataclass(frozen=True)
class Growth:
    months: tuple[dt.date, ...]  # first days
    lines: tuple[Line, ...]

    @property
    def charts(self) -> list[Chart]:
        """For a wide and for a narrow screen; none where no line has two points."""
        drawn = [line for line in self.lines if line.known > 1]
        largest = sorted(drawn, key=lambda line: -line.last)[:MOST]
        return [_chart(self.months, largest, size) for size in (WIDE, NARROW)] if largest else []


def growth(business: Business, holders: Sequence[Holder], until: dt.date) -> Growth:
    """The twelve months up to that of ``until``; one query."""
    last = until.year * 12 + until.month - 1
    numbers = range(last - MONTHS + 1, last + 1)
    told = levels_by_month(business, "followers", numbers, until)
    found = {place: int(value) for place, value in told.items()}
    lines = [Line(holder, tuple(_known(found, holder, n) for n in numbers)) for holder in holders]
    first = next(
        (at for at, n in enumerate(numbers) if any(line.values[at] is not None for line in lines)),
        0,
    )
    return Growth(
        tuple(dt.date(n // 12, n % 12 + 1, 1) for n in numbers[first:]),
        tuple(Line(each.holder, each.values[first:]) for each in lines if each.known),
    )


def _known(found: dict[tuple[Place, int], int], holder: Holder, month: int) -> int | None:
    values = (found.get((place, month)) for place in places(holder))
    return next((value for value in values if value is not None), None)


def _chart(months: Sequence[dt.date], lines: Sequence[Line], size: Size) -> Chart:
    most = max(value or 0 for line in lines for value in line.values)
    levels = scale(Decimal(0), Decimal(most or 1))
    top = float(levels[-1])

    def x(number: int) -> float:
        share = number / max(1, len(months) - 1)
        return round(LEFT + share * (size.right - LEFT), 1)

    def y(value: float) -> float:
        return round(size.bottom - value / top * (size.bottom - TOP), 1)

    dots = [
        tuple(
            Dot(x(number), y(value), months[number], value)
            for number, value in enumerate(line.values)
            if value is not None
        )
        for line in lines
    ]
    labels = apart([each[-1].y for each in dots], ROOM, TOP, size.bottom)
    return Chart(
        curves=tuple(
            Curve(
                line.holder.name,
                Truncator(line.holder.name).chars((size.label - 12) // 7),
                number,
                False,
                each,
                label,
            )
            for number, (line, each, label) in enumerate(zip(lines, dots, labels, strict=True), 1)
        ),
        y_ticks=tuple(Tick(y(float(level)), shown(level)) for level in levels),
        x_ticks=(
            Tick(x(0), date_format(months[0], "YEAR_MONTH_FORMAT"), "start"),
            Tick(x(len(months) - 1), date_format(months[-1], "YEAR_MONTH_FORMAT"), "end"),
        ),
        size=size,
    )
