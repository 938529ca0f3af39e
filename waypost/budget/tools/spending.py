"""Calculators about how much may be spent on adverts."""

from dataclasses import replace
from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.budget import calculators as calc
from waypost.budget.calculators import AdPlan
from waypost.budget.tools.adverts import RATE
from waypost.budget.tools.base import (
    TOO_LARGE,
    Answer,
    Formula,
    Grid,
    Input,
    Result,
    Tool,
    Unit,
    Values,
)
from waypost.kit.figures import Number
from waypost.market.prices import reinvestment

MONTH_WEIGHTS = tuple(
    Input(
        f"m{month}",
        name,
        Unit.COUNT,
        gettext_lazy("How much of the year falls into this month: 2 counts twice as much as 1."),
        extra=True,
    )
    for month, name in MONTHS.items()
)


def _plan(given: Values) -> AdPlan:
    return AdPlan(
        goal=given["goal"],
        organic=given["organic"],
        order_value=given["order"],
        conversion_rate=given["rate"],
        cpc=given["cpc"],
        cpm=given["cpm"],
        click_rate=given["ctr"],
        contribution=given["left"],
    )


def _budget(given: Values) -> Answer:
    plan = _plan(given)
    highest = calc.most_per_click(plan.contribution, plan.conversion_rate)
    results = [
        Result(_("Ad budget, by clicks"), Unit.MONEY, plan.budget, usable=True),
        Result(_("Ad budget, by impressions"), Unit.MONEY, plan.budget_by_views, usable=True),
        Result(_("Orders needed"), Unit.COUNT, plan.orders),
        Result(_("Clicks needed"), Unit.COUNT, plan.clicks),
        Result(_("Impressions needed"), Unit.COUNT, plan.impressions),
        Result(_("Cost of an order (CPA)"), Unit.MONEY, plan.cpa),
        Result(_("Return on adverts (ROAS)"), Unit.TIMES, plan.roas),
        Result(_("Break-even ROAS"), Unit.TIMES, calc.break_even_roas(plan.ratio.value)),
        Result(_("Highest CPC"), Unit.MONEY, highest),
        Result(_("Left after adverts"), Unit.MONEY, plan.profit),
    ]
    return Answer(results, [*_levers(plan), *_months(plan.budget.value, given)])


def _levers(plan: AdPlan) -> list[Grid]:
    """How the budget moves when one number changes by a tenth."""
    if plan.budget.value is None:
        return []
    pulls = (
        (_("Average order value"), "order_value"),
        (_("Conversion rate"), "conversion_rate"),
        (_("Cost of a click (CPC)"), "cpc"),
    )
    rows = [(word, [_pulled(plan, name, -1), _pulled(plan, name, 1)]) for word, name in pulls]
    return [Grid(_("The three levers: the ad budget when one changes"), ["−10 %", "+10 %"], rows)]


def _pulled(plan: AdPlan, name: str, way: int) -> Number:
    value = calc.changed(getattr(plan, name), way * calc.LEVER)
    return replace(plan, **{name: value}).budget.value


def _months(budget: Number, given: Values) -> list[Grid]:
    weights = [given[each.name] or Decimal(0) for each in MONTH_WEIGHTS]
    if budget is None or budget >= TOO_LARGE or not any(weights):
        return []
    parts = calc.spread(budget, weights)
    rows: list[tuple[str, list[Number]]] = [
        (str(each.label), [part]) for each, part in zip(MONTH_WEIGHTS, parts, strict=True)
    ]
    return [Grid(_("The budget over the year"), [_("Amount")], rows)]


def _cap(given: Values) -> Answer:
    numbers = (given["sales"], given["markup"], given["place"])
    low = calc.budget_cap(*numbers, calc.LOW_EXPOSURE)
    high = calc.budget_cap(*numbers, calc.HIGH_EXPOSURE)
    return Answer(
        [
            Result(_("Lowest cap for the year (10 %)"), Unit.MONEY, low, usable=True),
            Result(_("Highest cap for the year (12 %)"), Unit.MONEY, high, usable=True),
        ]
    )


def _reinvest(given: Values) -> Answer:
    most = reinvestment(given["profit"], given["share"])
    return Answer([Result(_("Reinvestment ceiling"), Unit.MONEY, most, usable=True)])


TOOLS = (
    Tool(
        "ad-budget",
        gettext_lazy("Ad budget for a goal"),
        gettext_lazy("From the revenue you want to orders, clicks and money."),
        (
            Input(
                "goal",
                gettext_lazy("Revenue goal"),
                Unit.MONEY,
                gettext_lazy("What you want to sell in the time you plan, for example a month."),
                "1600",
            ),
            Input(
                "organic",
                gettext_lazy("Revenue without adverts"),
                Unit.MONEY,
                gettext_lazy("What would come anyway. Adverts only have to bring the rest."),
                "0",
            ),
            Input(
                "order",
                gettext_lazy("Average order value"),
                Unit.MONEY,
                gettext_lazy("Revenue ÷ orders, with VAT or without as in the goal."),
                "46",
            ),
            RATE,
            Input(
                "cpc",
                gettext_lazy("Cost of a click (CPC)"),
                Unit.MONEY,
                gettext_lazy("Look at your last adverts: spend ÷ clicks."),
                "0.28",
            ),
            Input(
                "ctr",
                gettext_lazy("Click rate (CTR)"),
                Unit.PERCENT,
                gettext_lazy("How many of a hundred views become a click."),
                "2.32",
            ),
            Input(
                "cpm",
                gettext_lazy("Cost of a thousand impressions (CPM)"),
                Unit.MONEY,
                gettext_lazy("What the network charges for a thousand views."),
                "6.50",
            ),
            Input(
                "left",
                gettext_lazy("Left of an order before adverts"),
                Unit.MONEY,
                gettext_lazy("Order value − goods, packing, shipping, fees and discounts."),
                "18.50",
            ),
            *MONTH_WEIGHTS,
        ),
        (
            Formula(
                gettext_lazy("orders = (goal − revenue without adverts) ÷ order value, rounded up"),
                "n = ⌈(G − O) / AOV⌉",
            ),
            Formula(gettext_lazy("clicks = orders ÷ conversion rate, rounded up"), "k = ⌈n / CR⌉"),
            Formula(gettext_lazy("budget by clicks = clicks × cost of a click"), "B = k × CPC"),
            Formula(
                gettext_lazy("budget by impressions = clicks ÷ click rate ÷ 1000 × CPM"),
                "B = ⌈k / CTR⌉ / 1000 × CPM",
            ),
        ),
        _budget,
    ),
    Tool(
        "ad-cap",
        gettext_lazy("Cap of the ad budget"),
        gettext_lazy("The most that a year of advertising should cost, from sales and markup."),
        (
            Input(
                "sales",
                gettext_lazy("Sales you expect this year"),
                Unit.MONEY,
                gettext_lazy("Without VAT, for the entire shop."),
                "98000",
            ),
            Input(
                "markup",
                gettext_lazy("Average markup"),
                Unit.PERCENT,
                gettext_lazy("Profit as a share of the cost; not the margin."),
                "112",
            ),
            Input(
                "place",
                gettext_lazy("Cost of the place in a year"),
                Unit.MONEY,
                gettext_lazy("Rent of the shop; online the shop system and the hosting."),
                "2950",
            ),
        ),
        (
            Formula(
                gettext_lazy("cap = 10–12 % × sales × markup − cost of the place"),
                "C = 0.10…0.12 × S × k − F",
            ),
        ),
        _cap,
    ),
    Tool(
        "reinvestment",
        gettext_lazy("Reinvestment ceiling"),
        gettext_lazy("How much of the profit may go back into advertising."),
        (
            Input(
                "profit",
                gettext_lazy("Gross profit of the time"),
                Unit.MONEY,
                gettext_lazy("Sales without VAT − cost of what was sold. It may be below zero."),
                "5200",
                low=None,
            ),
            Input(
                "share",
                gettext_lazy("Share to reinvest"),
                Unit.PERCENT,
                gettext_lazy("How much of the profit you can do without."),
                "20",
            ),
        ),
        (Formula(gettext_lazy("ceiling = gross profit × share to reinvest"), "C = P × r"),),
        _reinvest,
    ),
)
