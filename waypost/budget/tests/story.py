"""The demo's budget as rows, for tests that need one with everything in it."""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from waypost.accounts.models import Business
from waypost.budget.models import (
    ActualAmount,
    Budget,
    Category,
    Line,
    MonthClose,
    PlannedAmount,
)
from waypost.home.demo.story import Story

ANCHOR = date(2026, 10, 12)
CLOSED = range(1, 10)


@cache
def of_the_story() -> dict[str, Any]:
    """What the demo says of money; for reading."""
    told: dict[str, Any] = Story.read(today=ANCHOR, language="en")["budget"]
    return told


def tell(business: Business, *, year: int = 2026, closed: range = CLOSED) -> Budget:
    """Thirteen lines, planned for the year and spent through September."""
    told = of_the_story()
    budget = Budget.objects.create(business=business, year=year, currency="EUR", vat="net")
    categories = {
        each["key"]: Category.objects.create(
            budget=budget, key=each["key"], name=each["name"]["en"], position=at
        )
        for at, each in enumerate(told["categories"], 1)
    }
    for at, row in enumerate(told["lines"], 1):
        line = Line.objects.create(
            budget=budget,
            category=categories[row["category"]],
            name=row["line"]["en"],
            position=at,
            carry_over=row["carry_over"],
        )
        PlannedAmount.objects.bulk_create(_amounts(PlannedAmount, line, row["base_plan"]))
        ActualAmount.objects.bulk_create(_amounts(ActualAmount, line, row["actual"]))
    MonthClose.objects.bulk_create(MonthClose(budget=budget, month=month) for month in closed)
    return budget


def _amounts(model: type[Any], line: Line, amounts: list[Any]) -> list[Any]:
    return [
        model(line=line, month=month, amount=Decimal(str(amount)))
        for month, amount in enumerate(amounts, 1)
        if amount is not None
    ]
