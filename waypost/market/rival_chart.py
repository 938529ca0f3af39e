"""Followers of several on one network as lines, each with its name at the end.

The template only draws what is computed here. Units are those of the SVG's view box; the
y axis grows downwards and begins at 0. Colours are classes ``series-1`` to ``series-6``.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.text import Truncator

from waypost.kit.numbers import shown
from waypost.kit.scales import scale
from waypost.market.rivals import Line, Ranking

MOST = 6  # lines that an eye can tell apart
LEFT, TOP, BOTTOM = 64, 12, 28
ROOM = 15  # between two names


@dataclass(frozen=True)
class Size:
    """A view box; ``label`` is the room for names on the right."""

    width: int
    height: int
    label: int

    @property
    def right(self) -> int:
        return self.width - self.label

    @property
    def bottom(self) -> int:
        return self.height - BOTTOM


WIDE, NARROW = Size(640, 240, 168), Size(340, 220, 96)


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    date: dt.date
    value: int


@dataclass(frozen=True)
class Curve:
    name: str
    short: str
    number: int  # of its colour, 1 to 6
    is_ours: bool
    dots: tuple[Dot, ...]
    label_y: float

    @property
    def points(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


@dataclass(frozen=True)
class Tick:
    at: float
    word: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Chart:
    curves: tuple[Curve, ...]
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    size: Size
    left: int = LEFT


def chart(ranking: Ranking, *, size: Size = WIDE) -> Chart | None:
    """The largest and ourselves; None where there are no two days to draw a line between."""
    if len(ranking.days) < 2:
        return None
    lines = _chosen(ranking.lines)
    start, end = min(ranking.days), max(ranking.days)
    most = max(each.followers or 0 for line in lines for each in line.readings)
    levels = scale(Decimal(0), Decimal(most or 1))
    top = float(levels[-1])

    def x(day: dt.date) -> float:
        share = (day - start).days / max(1, (end - start).days)
        return round(LEFT + share * (size.right - LEFT), 1)

    def y(value: float) -> float:
        return round(size.bottom - value / top * (size.bottom - TOP), 1)

    drawn = [
        (
            line,
            tuple(
                Dot(x(each.date), y(each.followers), each.date, each.followers)
                for each in line.readings
                if each.followers is not None
            ),
        )
        for line in lines
    ]
    return Chart(
        curves=_curves(drawn, size),
        y_ticks=tuple(Tick(y(float(level)), shown(level)) for level in levels),
        x_ticks=(
            Tick(x(start), date_format(start, "SHORT_DATE_FORMAT"), "start"),
            Tick(x(end), date_format(end, "SHORT_DATE_FORMAT"), "end"),
        ),
        size=size,
    )


def _chosen(lines: Sequence[Line]) -> list[Line]:
    known = [line for line in lines if any(each.followers for each in line.readings)]
    ours = [line for line in known if line.is_ours]
    others = [line for line in known if not line.is_ours]
    return ours + others[: MOST - len(ours)]


def _curves(drawn: list[tuple[Line, tuple[Dot, ...]]], size: Size) -> tuple[Curve, ...]:
    places = apart([dots[-1].y for _line, dots in drawn], ROOM, TOP, size.bottom)
    letters = (size.label - 12) // 7
    return tuple(
        Curve(line.name, Truncator(line.name).chars(letters), number, line.is_ours, dots, place)
        for number, ((line, dots), place) in enumerate(zip(drawn, places, strict=True), start=1)
    )


def apart(wanted: Sequence[float], room: float, top: float, bottom: float) -> list[float]:
    """Places for names, near where they are ``wanted``, at least ``room`` from each other."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    found = [0.0] * len(wanted)
    last = top - room
    for number in order:
        last = found[number] = max(wanted[number], last + room)
    over = max(0.0, last - bottom)
    for number in reversed(order):  # push back up what fell below the bottom
        if over <= 0:
            break
        found[number] -= over
        above = order.index(number) - 1
        over = 0.0 if above < 0 else max(0.0, found[order[above]] + room - found[number])
    return [round(place, 1) for place in found]
