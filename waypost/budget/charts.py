"""The pictures of a budget as coordinates: bars by month and category, lines to year end.

The templates only draw what is computed here. Units are those of the SVG's view box; the
y axis grows downwards. Nothing here knows colours, words or the database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from waypost.goals.chart import Size, Tick
from waypost.kit.numbers import shown
from waypost.kit.scales import scale

Amount = Decimal | None
ZERO = Decimal(0)
LEFT, RIGHT, TOP, BOTTOM = 64, 8, 12, 28
ROW = 48  # height of one category: its name and its bar
BAR = 18
OUTLINE, FILLED = 0.72, 0.4  # of the room of a month: the plan's bar and the one inside it


@dataclass(frozen=True)
class Box(Size):
    """A view box whose drawing reaches nearly to its right edge."""

    @property
    def right(self) -> int:
        return self.width - RIGHT

    @property
    def bottom(self) -> int:
        return self.height - BOTTOM


WIDE, NARROW = Box(640, 260), Box(340, 220)


@dataclass(frozen=True)
class Bar:
    """A rectangle; ``value`` is what it stands for."""

    x: float
    y: float
    width: float
    height: float
    value: Decimal
    word: str


@dataclass(frozen=True)
class Bars:
    plan: tuple[Bar, ...]  # outlines
    actual: tuple[Bar, ...]  # filled, inside the outlines
    y_ticks: tuple[Tick, ...]  # none when the bars lie
    x_ticks: tuple[Tick, ...]
    size: Size
    left: int = LEFT


@dataclass(frozen=True)
class Lines:
    """Sums over the year as points of polylines."""

    plan: str
    actual: str
    forecast: str  # from the last known sum to the year's end; blank without one
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    size: Size
    left: int = LEFT


@dataclass(frozen=True)
class _Heights:
    """Turns amounts into y."""

    levels: Sequence[Decimal]
    size: Size

    def y(self, value: Decimal) -> float:
        low, high = self.levels[0], self.levels[-1]
        part = float((value - low) / (high - low))
        return round(self.size.bottom - part * (self.size.bottom - TOP), 1)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        return tuple(Tick(self.y(level), shown(level), "end") for level in self.levels)


def month_bars(
    plan: Sequence[Amount], actual: Sequence[Amount], names: Sequence[str], *, size: Size = WIDE
) -> Bars:
    """Twelve months beside each other; an empty amount has no bar."""
    frame = _frame([*plan, *actual], size)
    room = (size.right - LEFT) / len(names)
    return Bars(
        plan=_standing(plan, names, frame, room, OUTLINE),
        actual=_standing(actual, names, frame, room, FILLED),
        y_ticks=frame.ticks,
        x_ticks=tuple(
            Tick(round(LEFT + (at + 0.5) * room, 1), name) for at, name in enumerate(names)
        ),
        size=size,
    )


def _frame(amounts: Iterable[Amount], size: Size) -> _Heights:
    known = [amount for amount in amounts if amount is not None]
    return _Heights(scale(min([ZERO, *known]), max([ZERO, *known])), size)


def _standing(
    amounts: Sequence[Amount], names: Sequence[str], frame: _Heights, room: float, part: float
) -> tuple[Bar, ...]:
    ground = frame.y(ZERO)
    width = round(room * part, 1)
    bars = []
    for at, (amount, name) in enumerate(zip(amounts, names, strict=True)):
        if amount is None:
            continue
        top = frame.y(amount)
        x = round(LEFT + at * room + (room - width) / 2, 1)
        bars.append(Bar(x, min(top, ground), width, round(abs(ground - top), 1), amount, name))
    return tuple(bars)


def category_bars(rows: Sequence[tuple[str, Amount, Amount]], *, width: int = 640) -> Bars:
    """One lying bar per (name, plan, actual), longest amount = the full width.

    An amount below zero (more came back than was paid) has no length.
    """
    most = max([amount for _name, *both in rows for amount in both if amount], default=ZERO)
    size = Box(width, len(rows) * ROW + 4)
    return Bars(
        plan=_lying([(name, plan) for name, plan, _actual in rows], most, size, BAR),
        actual=_lying([(name, actual) for name, _plan, actual in rows], most, size, BAR - 8),
        y_ticks=(),
        x_ticks=tuple(Tick(at * ROW + 16, name, "start") for at, (name, *_) in enumerate(rows)),
        size=size,
        left=1,
    )


def _lying(
    rows: Sequence[tuple[str, Amount]], most: Decimal, size: Size, height: int
) -> tuple[Bar, ...]:
    inset = (BAR - height) / 2
    return tuple(
        Bar(
            1 + inset,
            at * ROW + 24 + inset,
            _length(amount, most, size.width - 2 - 2 * inset),
            height,
            amount,
            name,
        )
        for at, (name, amount) in enumerate(rows)
        if amount is not None
    )


def _length(amount: Decimal, most: Decimal, room: float) -> float:
    return round(float(max(amount, ZERO) / most) * room, 1) if most > 0 else 0.0


def year_lines(
    plan: Sequence[Amount],
    actual: Sequence[Amount],
    through: int,
    forecast: Amount,
    names: Sequence[str],
    *,
    size: Size = WIDE,
) -> Lines:
    """Sums from January on: the plan to December, what was spent to month ``through``."""
    planned, spent = running(plan), running(actual[:through])
    frame = _frame([*planned, *spent, forecast], size)
    step = (size.right - LEFT) / len(names)

    def point(month: int, value: Decimal) -> str:
        return f"{round(LEFT + month * step, 1)},{frame.y(value)}"

    ahead = ""
    if forecast is not None and through < len(names):
        ahead = f"{point(through, spent[-1])} {point(len(names), forecast)}"
    return Lines(
        plan=" ".join(point(month, value) for month, value in enumerate(planned)),
        actual=" ".join(point(month, value) for month, value in enumerate(spent)),
        forecast=ahead,
        y_ticks=frame.ticks,
        x_ticks=tuple(
            Tick(round(LEFT + (at + 0.5) * step, 1), name) for at, name in enumerate(names)
        ),
        size=size,
    )


def running(amounts: Sequence[Amount]) -> list[Decimal]:
    """0 and the sum after each amount; an empty one adds nothing."""
    sums = [ZERO]
    for amount in amounts:
        sums.append(sums[-1] + (amount or ZERO))
    return sums
