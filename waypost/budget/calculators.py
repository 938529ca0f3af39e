"""What an advert and a customer earn: formulas over Decimal, without any database.

Every function answers a :class:`waypost.kit.figures.Figure`; prices and margins are in
``waypost.market.prices``. Money is not rounded here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from waypost.kit.figures import CENT, ONE, ZERO, Figure, Number, divided, missing

THOUSAND = Decimal(1000)
USUAL_YEARS = Decimal("1.5")  # how long a customer stays when nobody knows
MOST_YEARS = Decimal(5)  # a customer who never leaves is not counted for longer
LOW_EXPOSURE, HIGH_EXPOSURE = Decimal("0.10"), Decimal("0.12")  # of sales, before the place
LEVER = Decimal("0.1")
GOOD_RATIO = Decimal(3)


def no_orders() -> str:
    return _("There are no orders to share it among.")


# Shop and adverts


def order_value(revenue: Number, orders: Number) -> Figure:
    """Average order value."""
    return divided(revenue, orders, no_orders())


def conversion_rate(orders: Number, visits: Number) -> Figure:
    rate = divided(orders, visits, _("There were no visits, so nobody could buy."))
    if rate.value is None or rate.value <= 1:
        return rate
    return Figure(
        rate.value,
        note=_("There are more orders than visits. The two were probably counted differently."),
    )


def click_rate(clicks: Number, impressions: Number) -> Figure:
    return divided(clicks, impressions, _("Nobody saw it, so nobody could click."))


def cost_per_click(spend: Number, clicks: Number) -> Figure:
    return divided(spend, clicks, _("Nobody clicked."))


def cost_per_thousand(spend: Number, impressions: Number) -> Figure:
    cost = divided(spend, impressions, _("It was never shown."))
    return cost if cost.value is None else Figure(cost.value * THOUSAND)


def roas(revenue: Number, spend: Number) -> Figure:
    """Revenue from adverts for each unit of money spent on them."""
    return divided(revenue, spend, _("Nothing was spent on adverts."))


def contribution(price: Number, costs: Sequence[Number]) -> Figure:
    """What an order leaves before adverts; an empty cost is left out, an empty price is not."""
    if price is None:
        return missing()
    return Figure(price - sum((cost for cost in costs if cost is not None), ZERO))


def contribution_ratio(price: Number, costs: Sequence[Number]) -> Figure:
    return divided(
        contribution(price, costs).value, price, _("A price of 0 or less leaves nothing.")
    )


def break_even_roas(ratio: Number) -> Figure:
    """The ROAS at which an order pays for its own advert and no more."""
    return divided(
        ONE, ratio, _("An order costs as much as it brings, so adverts cannot break even.")
    )


def target_roas(ratio: Number, profit: Number) -> Figure:
    """The ROAS that leaves the share ``profit`` of the revenue."""
    if ratio is None or profit is None:
        return missing()
    return divided(ONE, ratio - profit, _("An order leaves less than the profit you want from it."))


def cost_per_order(spend: Number, orders: Number) -> Figure:
    """CPA."""
    return divided(spend, orders, _("The money was spent without a sale."))


def most_per_click(per_order: Number, rate: Number) -> Figure:
    """The highest CPC: what an order may cost (``per_order``, the highest CPA) × ``rate``."""
    if per_order is None or rate is None:
        return missing()
    return Figure(per_order * rate)


# Customers


def acquisition_cost(costs: Sequence[Number], customers: Number) -> Figure:
    """CAC: everything spent on winning customers, for each new one."""
    known = [cost for cost in costs if cost is not None]
    return divided(
        sum(known, ZERO) if known else None, customers, _("There are no new customers yet.")
    )


def years_of_custom(years: Number, churn: Number) -> Figure:
    """How long a customer stays: as told, else 1 / ``churn`` (share that leaves in a year)."""
    if years is not None:
        return Figure(years)
    if churn is None:
        return Figure(USUAL_YEARS, note=_("Nobody knows yet; 1.5 years is a careful guess."))
    if churn <= ONE / MOST_YEARS:
        return Figure(MOST_YEARS, note=_("Counted for 5 years at most."))
    return Figure(ONE / churn)


def lifetime_value(
    order: Number, orders_a_year: Number, years: Number, churn: Number, share: Number
) -> Figure:
    """LTV: net ``order`` value × orders a year × years × margin ``share``."""
    if order is None or orders_a_year is None or share is None:
        return missing()
    stay = years_of_custom(years, churn)
    assert stay.value is not None
    return Figure(order * orders_a_year * stay.value * share, note=stay.note)


def value_to_cost(ltv: Number, cac: Number) -> Figure:
    """LTV : CAC."""
    ratio = divided(ltv, cac, _("A customer who costs nothing has no ratio."))
    if ratio.value is None or ratio.value >= GOOD_RATIO:
        return ratio
    return Figure(ratio.value, note=_("Three or more is the usual aim."))


# How much to spend


@dataclass(frozen=True)
class AdPlan:
    """What a revenue goal needs. ``revenue`` is the part that adverts must bring."""

    goal: Number
    organic: Number
    order_value: Number
    conversion_rate: Number
    cpc: Number
    cpm: Number = None
    click_rate: Number = None
    contribution: Number = None  # per order, before adverts

    @property
    def revenue(self) -> Figure:
        if self.goal is None:
            return missing()
        return Figure(max(ZERO, self.goal - (self.organic or ZERO)))

    @property
    def orders(self) -> Figure:
        return _whole(
            divided(self.revenue.value, self.order_value, _("An order must be worth something."))
        )

    @property
    def clicks(self) -> Figure:
        return _whole(
            divided(self.orders.value, self.conversion_rate, _("At a rate of 0 nobody buys."))
        )

    @property
    def budget(self) -> Figure:
        """By the price of a click."""
        return _times(self.clicks, self.cpc)

    @property
    def impressions(self) -> Figure:
        return _whole(
            divided(self.clicks.value, self.click_rate, _("At a rate of 0 nobody clicks."))
        )

    @property
    def budget_by_views(self) -> Figure:
        """By the price of a thousand views."""
        cost = _times(self.impressions, self.cpm)
        return cost if cost.value is None else Figure(cost.value / THOUSAND)

    @property
    def cpa(self) -> Figure:
        return cost_per_order(self.budget.value, self.orders.value)

    @property
    def roas(self) -> Figure:
        return roas(self.revenue.value, self.budget.value)

    @property
    def profit(self) -> Figure:
        """What the orders leave after the adverts."""
        if self.orders.value is None or self.contribution is None or self.budget.value is None:
            return missing()
        return Figure(self.orders.value * self.contribution - self.budget.value)

    @property
    def ratio(self) -> Figure:
        return divided(self.contribution, self.order_value, _("An order must be worth something."))


def _whole(figure: Figure) -> Figure:
    """Half an order does not exist: rounded up."""
    if figure.value is None:
        return figure
    return Figure(figure.value.to_integral_value("ROUND_CEILING"))


def _times(count: Figure, price: Number) -> Figure:
    if count.value is None:
        return count
    return missing() if price is None else Figure(count.value * price)


def changed(value: Number, share: Decimal) -> Number:
    """``value`` grown by ``share``; the way a lever is pulled."""
    return None if value is None else value * (ONE + share)


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """``amount`` (to the cent) over months in proportion to ``weights``; adds up exactly.

    Raises ``ValueError`` when a weight is negative or all are zero.
    """
    whole = sum(weights, ZERO)
    if whole <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights must not be negative, and one must be above zero")
    total = amount.quantize(CENT, "ROUND_HALF_UP")
    parts, given, weighed = [], ZERO, ZERO
    for weight in weights:
        weighed += weight
        reached = (total * weighed / whole).quantize(CENT, "ROUND_HALF_UP")
        parts.append(reached - given)
        given = reached
    return parts


def budget_cap(sales: Number, markup_share: Number, place: Number, exposure: Decimal) -> Figure:
    """Top-down: ``exposure`` of the year's sales × average markup − cost of the place."""
    if sales is None or markup_share is None or place is None:
        return missing()
    cap = sales * exposure * markup_share - place
    if cap > 0:
        return Figure(cap)
    return Figure(None, _("The place costs more than being seen may cost, so nothing is left."))


# Results


def cost_per_follower(spend: Number, before: Number, after: Number) -> Figure:
    if before is None or after is None:
        return missing()
    return divided(spend, after - before, _("No followers were gained."))


def social_return(profit: Number, cost: Number) -> Figure:
    """Social ROI, from gross profit (not from revenue)."""
    if profit is None or cost is None:
        return missing()
    return divided(profit - cost, cost, _("Nothing was spent."))
