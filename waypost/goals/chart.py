"""The picture of a goal: values, the dashed plan line and the forecast, as coordinates.

The template only draws what is computed here. Units are those of the SVG's view box; the
y axis grows downwards. Nothing here knows colours.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format

from waypost.goals.formulas import Kind, Plan, Point, Standing
from waypost.kit.numbers import shown
from waypost.kit.scales import scale

LEFT, RIGHT, TOP, BOTTOM = 72, 84, 16, 32  # room for the words around the drawing


@dataclass(frozen=True)
class Size:
    """A view box. On a phone the same words need a smaller one, or they shrink."""

    width: int
    height: int

    @property
    def right(self) -> int:
        return self.width - RIGHT

    @property
    def bottom(self) -> int:
        return self.height - BOTTOM


WIDE, NARROW = Size(640, 280), Size(340, 240)


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    date: dt.date
    value: Decimal


@dataclass(frozen=True)
class Tick:
    at: float  # x or y
    word: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Label:
    """A word beside the end of a line."""

    x: float
    y: float
    value: Decimal


@dataclass(frozen=True)
class Chart:
    dots: tuple[Dot, ...]
    line: str  # points of the polyline through the dots
    plan: tuple[Dot, Dot]
    forecast: tuple[Dot, Dot] | None  # from the last value to the deadline
    today: float | None  # x; None: outside of the goal's time
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    target_label: Label
    forecast_label: Label | None
    size: Size
    left: int = LEFT
    top: int = TOP


@dataclass(frozen=True)
class _Frame:
    """Turns days and values into coordinates."""

    start: dt.date
    end: dt.date
    low: Decimal
    high: Decimal
    size: Size

    def x(self, day: dt.date) -> float:
        share = (day - self.start).days / max(1, (self.end - self.start).days)
        return round(LEFT + share * (self.size.right - LEFT), 1)

    def y(self, value: Decimal) -> float:
        share = float((value - self.low) / (self.high - self.low))
        return round(self.size.bottom - share * (self.size.bottom - TOP), 1)

    def dot(self, day: dt.date, value: Decimal) -> Dot:
        return Dot(self.x(day), self.y(value), day, value)


def chart(
    goal: Plan, values: Iterable[Point], state: Standing, today: dt.date, *, size: Size = WIDE
) -> Chart:
    """The drawing of ``goal``; ``state`` is its standing on ``today``."""
    points = sorted(
        (day, value) for day, value in values if goal.start_date <= day <= goal.deadline_date
    )
    heights = [goal.baseline, goal.target, *(value for _day, value in points)]
    heights += [] if state.forecast is None else [state.forecast]
    levels = scale(min(heights), max(heights))
    frame = _Frame(goal.start_date, goal.deadline_date, levels[0], levels[-1], size)
    dots = tuple(frame.dot(day, value) for day, value in points)
    ahead = _ahead(goal, state, frame)
    target, label = _labels(goal, ahead, frame)
    reach = goal.kind == Kind.REACH
    inside = goal.start_date <= today <= goal.deadline_date
    return Chart(
        dots=dots,
        line=" ".join(f"{dot.x},{dot.y}" for dot in dots),
        plan=(
            frame.dot(goal.start_date, goal.baseline if reach else goal.target),
            frame.dot(goal.deadline_date, goal.target),
        ),
        forecast=ahead,
        today=frame.x(today) if inside else None,
        y_ticks=tuple(Tick(frame.y(level), shown(level)) for level in levels),
        x_ticks=(
            Tick(frame.x(goal.start_date), _day(goal.start_date), "start"),
            Tick(frame.x(goal.deadline_date), _day(goal.deadline_date), "end"),
        ),
        target_label=target,
        forecast_label=label,
        size=size,
    )


def _ahead(goal: Plan, state: Standing, frame: _Frame) -> tuple[Dot, Dot] | None:
    if state.forecast is None or state.value is None or state.value_date is None:
        return None
    return (
        frame.dot(state.value_date, state.value),
        frame.dot(goal.deadline_date, state.forecast),
    )


def _labels(goal: Plan, ahead: tuple[Dot, Dot] | None, frame: _Frame) -> tuple[Label, Label | None]:
    """Words for the ends of the plan and the forecast, moved apart where they would meet."""
    room = 32.0
    x, target = frame.size.right + 8, frame.y(goal.target)
    if ahead is None:
        return Label(x, target, goal.target), None
    end = ahead[1]
    overlap = max(0.0, room - abs(target - end.y)) / 2
    above = target < end.y or (target == end.y and goal.target > goal.baseline)
    push = overlap if above else -overlap
    return (
        Label(x, round(target - push, 1), goal.target),
        Label(x, round(end.y + push, 1), end.value),
    )


def _day(day: dt.date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
