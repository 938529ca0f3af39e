"""What the results of each channel cost: spending of the budget beside its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.insights.costs import per, spent_by_channel
from waypost.insights.numbers import ChannelNumbers
from waypost.insights.periods import Period
from waypost.insights.store import Holder
from waypost.kit.figures import Figure


@dataclass(frozen=True)
class ChannelCost:
    """Spending on one channel, and for one of each thing that came of it."""

    holder: Holder
    spent: Decimal
    from_budget: bool
    interaction: Figure
    click: Figure
    follower: Figure
    order: Figure


def channel_costs(
    business: Business, rows: Sequence[ChannelNumbers], period: Period
) -> list[ChannelCost]:
    """Channels on which something was spent, dearest first; two queries.

    The budget counts in whole months. Where it links nothing to a channel, what was typed or
    imported as spent on ads stands in.
    """
    budget = spent_by_channel(business, period) if period.is_months else {}
    found = [_cost(row, budget) for row in rows]
    known = [cost for cost in found if cost is not None]
    return sorted(known, key=lambda cost: -cost.spent)


def _cost(row: ChannelNumbers, budget: dict[int | None, Decimal]) -> ChannelCost | None:
    connection = row.holder.connection
    planned = budget.get(connection.pk) if connection else None
    spent = planned if planned is not None else row.numbers["ad_spend"].now.value
    if not spent:
        return None

    def of(key: str, why: str) -> Figure:
        return per(spent, row.numbers[key].now.value, why)

    gained = row.numbers["followers"].change
    return ChannelCost(
        row.holder,
        spent,
        planned is not None,
        interaction=of("engagement", _("No interactions are known.")),
        click=of(_clicks(row), _("No clicks are known.")),
        follower=per(spent, gained, _("No followers were gained.")),
        order=of("orders", _("No orders are known.")),
    )


def _clicks(row: ChannelNumbers) -> str:
    """Those that the network tells; else those that our own short links have counted."""
    told = row.numbers["link_clicks"].now.value is not None
    return "link_clicks" if told else "own_clicks"
