"""What the sheet of a budget says, computed from plain values; it touches no database.

A month that is closed hands what a line has left to the next month (row 39 of the formulas):
available of January = base; available of a month = base + (available − actual of the month
before) when that one is closed and its actual is known, else the base. The plan of a year is
the sum of the base and never of what is available, which would count a surplus twice.
Amounts are ``Decimal`` or None: an empty cell is not zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

Amount = Decimal | None
ZERO = Decimal(0)
MONTHS = range(1, 13)


@dataclass(frozen=True)
class LineData:
    """One line as it was entered; ``plan`` and ``actual`` hold twelve amounts each."""

    pk: int
    name: str
    carry_over: bool
    plan: Sequence[Amount]
    actual: Sequence[Amount]


@dataclass(frozen=True)
class GroupData:
    """A category with its lines in order."""

    pk: int
    name: str
    lines: Sequence[LineData]


@dataclass(frozen=True)
class Cell:
    """One month of a line, a category or the whole."""

    plan: Amount
    available: Amount
    actual: Amount
    difference: Amount
    """What is left of the available amount; None while nothing was entered as spent."""


@dataclass(frozen=True)
class Row:
    """Twelve months and what they add up to; ``through`` is the last month of "to date"."""

    pk: int
    name: str
    cells: tuple[Cell, ...]
    through: int

    @cached_property
    def year_plan(self) -> Amount:
        return total(cell.plan for cell in self.cells)

    @cached_property
    def year_actual(self) -> Amount:
        return total(cell.actual for cell in self.cells)

    @cached_property
    def plan_to_date(self) -> Amount:
        return total(cell.plan for cell in self.cells[: self.through])

    @cached_property
    def actual_to_date(self) -> Amount:
        return total(cell.actual for cell in self.cells[: self.through])

    @property
    def difference_to_date(self) -> Amount:
        """Plan − actual (row 38): above zero is under the plan; None while nothing was spent."""
        return variance(self.plan_to_date, self.actual_to_date)

    @property
    def used(self) -> Amount:
        """Share of the plan to date that was spent; None without a plan."""
        return share(self.actual_to_date, self.plan_to_date)

    @property
    def is_unplanned(self) -> bool:
        """Money went out to date where none was planned."""
        return not self.plan_to_date and bool(self.actual_to_date)


@dataclass(frozen=True)
class LineRow(Row):
    of_category: Amount
    """Share of the year plan of its category."""
    of_total: Amount
    carry_over: bool


@dataclass(frozen=True)
class GroupRow(Row):
    of_total: Amount
    lines: tuple[LineRow, ...]


@dataclass(frozen=True)
class Sheet:
    """The whole sheet; ``total`` is its last row."""

    groups: tuple[GroupRow, ...]
    total: Row
    closed: frozenset[int]
    through: int
    """"To date" ends with this month (0: it has not begun)."""


def compute(
    groups: Iterable[GroupData], *, closed: Iterable[int], surplus_only: bool = False
) -> Sheet:
    """The sheet of ``groups`` with the months ``closed`` (1–12)."""
    shut, given = frozenset(closed), list(groups)
    through = to_date([line for group in given for line in group.lines], shut)
    drawn = [
        (group, [line_cells(line, shut, surplus_only=surplus_only) for line in group.lines])
        for group in given
    ]
    sums = [_sum_cells(rows) for _group, rows in drawn]
    whole = Row(0, "", _sum_cells(sums), through)
    rows = tuple(
        _group_row(group, cells, summed, whole)
        for (group, cells), summed in zip(drawn, sums, strict=True)
    )
    return Sheet(rows, whole, shut, through)


def to_date(lines: Iterable[LineData], closed: frozenset[int]) -> int:
    """The last closed month; while none is closed, the last month with an actual; else 0."""
    if closed:
        return max(closed)
    spent = [
        month
        for line in lines
        for month, amount in zip(MONTHS, line.actual, strict=True)
        if amount is not None
    ]
    return max(spent, default=0)


def line_cells(
    line: LineData, closed: frozenset[int], *, surplus_only: bool = False
) -> tuple[Cell, ...]:
    """The twelve cells of a line, with what carries over."""
    cells: list[Cell] = []
    carry = ZERO
    for month, plan, actual in zip(MONTHS, line.plan, line.actual, strict=True):
        available = plan if not carry else (plan or ZERO) + carry
        cell = Cell(plan, available, actual, variance(available, actual))
        cells.append(cell)
        carries = line.carry_over and month in closed
        carry = carried(cell, surplus_only=surplus_only) if carries else ZERO
    return tuple(cells)


def carried(cell: Cell, *, surplus_only: bool) -> Decimal:
    """What a closed month hands on; nothing when its actual is empty."""
    left = cell.difference or ZERO
    return max(left, ZERO) if surplus_only else left


def variance(plan: Amount, actual: Amount) -> Amount:
    """Row 38: plan − actual; None while there is no actual."""
    return None if actual is None else (plan or ZERO) - actual


def share(part: Amount, whole: Amount) -> Amount:
    """``part`` / ``whole`` unrounded; None when either is missing or the whole is zero."""
    return part / whole if part is not None and whole else None


def total(amounts: Iterable[Amount]) -> Amount:
    """The sum of those that are there; None when none is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if known else None


def _sum_cells(rows: Sequence[Sequence[Cell]]) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            total(row[at].plan for row in rows),
            total(row[at].available for row in rows),
            total(row[at].actual for row in rows),
            total(row[at].difference for row in rows),
        )
        for at in range(12)
    )


def _group_row(
    group: GroupData, rows: list[tuple[Cell, ...]], summed: tuple[Cell, ...], whole: Row
) -> GroupRow:
    plan = total(cell.plan for cell in summed)
    lines = tuple(
        _line_row(line, cells, plan, whole) for line, cells in zip(group.lines, rows, strict=True)
    )
    of_total = share(plan, whole.year_plan)
    return GroupRow(group.pk, group.name, summed, whole.through, of_total, lines)


def _line_row(
    line: LineData, cells: tuple[Cell, ...], category_plan: Amount, whole: Row
) -> LineRow:
    plan = total(cell.plan for cell in cells)
    return LineRow(
        line.pk,
        line.name,
        cells,
        whole.through,
        share(plan, category_plan),
        share(plan, whole.year_plan),
        line.carry_over,
    )
