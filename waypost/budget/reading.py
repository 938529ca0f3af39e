"""A budget read from the database as the values that :mod:`waypost.budget.sheet` computes with."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, QuerySet, Sum, Value
from django.utils.functional import cached_property

from waypost.budget.models import (
    MONTHS,
    ActualAmount,
    Budget,
    CarryRule,
    Category,
    Expense,
    Line,
    PlannedAmount,
)
from waypost.budget.sheet import Amount, GroupData, LineData, Sheet, compute

Place = tuple[int, int]  # line pk, month


@dataclass(frozen=True)
class Amounts:
    """Every amount of a budget by its cell."""

    plan: dict[Place, Amount] = field(default_factory=dict)
    typed: dict[Place, Amount] = field(default_factory=dict)
    spent: dict[Place, Decimal] = field(default_factory=dict)
    """Sums of expenses."""
    versions: dict[tuple[str, int, int], int] = field(default_factory=dict)
    """Version of a cell by ("plan" or "actual", line pk, month); missing: 0."""
    expenses: dict[Place, int] = field(default_factory=dict)
    """How many expenses a cell has."""

    def actual(self, place: Place) -> Amount:
        """The sum of the expenses when there are any, else what was typed, else None."""
        return self.spent.get(place, self.typed.get(place))


def amounts_of(budget: Budget) -> Amounts:
    """One query for all three kinds of amounts."""
    found = Amounts()
    lines: dict[str, Any] = {"line__budget": budget, "line__removed_at": None}
    spent = (
        Expense.objects.filter(**lines)
        .order_by()
        .values("line_id", "month")
        .annotate(sum=Sum("amount"), number=Count("pk"), kind=Value("spent", CharField()))
        .values_list("line_id", "month", "sum", "number", "kind")
    )
    rows = _stored(PlannedAmount, lines, "plan").union(
        _stored(ActualAmount, lines, "typed"), spent, all=True
    )
    for line, month, amount, number, kind in rows:
        place = (line, month)
        if kind == "plan":
            found.plan[place] = amount
            found.versions["plan", line, month] = number
        elif kind == "typed":
            found.typed[place] = amount
            found.versions["actual", line, month] = number
        else:
            found.spent[place] = Decimal(amount).quantize(Decimal("0.01"))
            found.expenses[place] = number
    return found


def _stored(
    model: type[PlannedAmount | ActualAmount], lines: dict[str, Any], kind: str
) -> QuerySet[Any, Any]:
    rows = model._default_manager.filter(**lines).order_by()
    named = rows.annotate(kind=Value(kind, CharField()))
    return named.values_list("line_id", "month", "amount", "version", "kind")


@dataclass(frozen=True)
class Book:
    """A budget with everything on its sheet, read in four queries."""

    budget: Budget
    categories: list[Category]
    lines: list[Line]
    closed: frozenset[int]
    amounts: Amounts

    @cached_property
    def by_category(self) -> dict[int, list[Line]]:
        found: defaultdict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.category_id].append(line)
        return found

    @cached_property
    def groups(self) -> list[GroupData]:
        return [
            GroupData(
                category.pk,
                category.name,
                [self._data(line) for line in self.by_category.get(category.pk, [])],
            )
            for category in self.categories
        ]

    @cached_property
    def sheet(self) -> Sheet:
        only = self.budget.carry_rule == CarryRule.SURPLUS_ONLY
        return compute(self.groups, closed=self.closed, surplus_only=only)

    def _data(self, line: Line) -> LineData:
        places = [(line.pk, month) for month in MONTHS]
        return LineData(
            line.pk,
            line.name,
            line.carry_over,
            [self.amounts.plan.get(place) for place in places],
            [self.amounts.actual(place) for place in places],
        )


def read(budget: Budget) -> Book:
    """The whole of ``budget``; hidden lines count, removed ones do not."""
    categories = list(budget.categories.all())
    by_pk = {category.pk: category for category in categories}
    lines = list(budget.lines.kept())
    for line in lines:
        line.category = by_pk[line.category_id]
    closed = frozenset(budget.closes.values_list("month", flat=True))
    return Book(budget, categories, lines, closed, amounts_of(budget))
