"""The demo's budget as rows, for tests that need one with everything in it."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from waypost.accounts.models import Business
from waypost.budget.models import (
    ActualAmount,
    Budget,
    Category,
    Line,
    MonthClose,
    PlannedAmount,
)

STORY = Path(__file__).parents[2] / "home" / "demo" / "svit-in-sat.yaml"
CLOSED = range(1, 10)


def tell(business: Business, *, year: int = 2026, closed: range = CLOSED) -> Budget:
    """Thirteen lines, planned for the year and spent through September."""
    told: dict[str, Any] = yaml.safe_load(STORY.read_text())["budget"]
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
