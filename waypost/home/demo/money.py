"""The budget of the demo: thirteen lines, nine closed months."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from waypost.accounts.models import Business, User
from waypost.budget.models import ActualAmount, Budget, Category, Line, MonthClose, PlannedAmount
from waypost.connections.models import Connection
from waypost.goals.models import Initiative
from waypost.home.demo.story import Story


@dataclass(frozen=True)
class Links:
    """What lines of the budget may be spent on, by the ids of the story."""

    channels: Mapping[str, Connection]
    initiatives: Mapping[str, Initiative]


def load_budget(story: Story, business: Business, links: Links, *, by: User) -> Budget:
    """The story's budget in the year its anchor was moved to."""
    told = story["budget"]
    budget = Budget.objects.create(
        business=business,
        year=story.day(story["about"]["anchor"]).year,
        currency=told["currency"],
        vat=told["vat"],
    )
    categories = {
        one["key"]: Category.objects.create(
            budget=budget, key=one["key"], name=story.told(one["name"]), position=at
        )
        for at, one in enumerate(told["categories"], start=1)
    }
    for at, one in enumerate(told["lines"], start=1):
        line = _line(story, budget, categories[one["category"]], at, one)
        line.connection = links.channels.get(one.get("channel", ""))
        line.initiative = links.initiatives.get(one.get("initiative", ""))
        line.save(update_fields=["connection", "initiative"])
    last = told["months"].index(told["closed_through"]) + 1
    MonthClose.objects.bulk_create(
        MonthClose(budget=budget, month=month, closed_by=by) for month in range(1, last + 1)
    )
    return budget


def _line(
    story: Story, budget: Budget, category: Category, position: int, told: dict[str, Any]
) -> Line:
    line = Line.objects.create(
        budget=budget,
        category=category,
        name=story.told(told["line"]),
        position=position,
        carry_over=told["carry_over"],
    )
    PlannedAmount.objects.bulk_create(
        PlannedAmount(line=line, month=month, amount=Decimal(str(amount)))
        for month, amount in enumerate(told["base_plan"], start=1)
    )
    ActualAmount.objects.bulk_create(
        ActualAmount(line=line, month=month, amount=Decimal(str(amount)))
        for month, amount in enumerate(told["actual"], start=1)
        if amount is not None
    )
    return line
