"""Calculators about customers, followers and what social networks earn."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.budget import calculators as calc
from waypost.budget.tools.base import Answer, Formula, Input, Result, Tool, Unit, Values
from waypost.kit.figures import Figure

SPENDINGS = (
    Input(
        "adverts",
        gettext_lazy("Adverts"),
        Unit.MONEY,
        gettext_lazy("What was paid to networks to win customers."),
        "300",
    ),
    Input(
        "tools",
        gettext_lazy("Software and tools"),
        Unit.MONEY,
        gettext_lazy("Their share for the same time."),
        "60",
    ),
    Input(
        "services",
        gettext_lazy("Hired services"),
        Unit.MONEY,
        gettext_lazy("Photographers, copywriters, ads managers."),
        "150",
    ),
    Input(
        "influencers",
        gettext_lazy("Influencers"),
        Unit.MONEY,
        gettext_lazy("Fees and the cost of gifts."),
        "112.40",
    ),
)


def _acquisition(given: Values) -> Answer:
    costs = [given[each.name] for each in SPENDINGS]
    return Answer(
        [
            Result(
                _("Cost of a new customer (CAC)"),
                Unit.MONEY,
                calc.acquisition_cost(costs, given["customers"]),
            )
        ]
    )


def _lifetime(given: Values) -> Answer:
    stay = calc.years_of_custom(given["years"], given["churn"])
    ltv = calc.lifetime_value(
        given["order"], given["orders"], given["years"], given["churn"], given["margin"]
    )
    return Answer(
        [
            Result(_("Years that a customer stays"), Unit.YEARS, stay),
            Result(_("Value of a customer (LTV)"), Unit.MONEY, Figure(ltv.value, ltv.reason)),
            Result(_("LTV : CAC"), Unit.TIMES, calc.value_to_cost(ltv.value, given["cac"])),
        ]
    )


def _follower(given: Values) -> Answer:
    cost = calc.cost_per_follower(given["spend"], given["before"], given["after"])
    return Answer([Result(_("Cost of a new follower"), Unit.MONEY, cost)])


def _social(given: Values) -> Answer:
    gained = calc.social_return(given["profit"], given["cost"])
    return Answer([Result(_("Social ROI, from gross profit"), Unit.PERCENT, gained)])


TOOLS = (
    Tool(
        "customer-cost",
        gettext_lazy("Cost of a new customer (CAC)"),
        gettext_lazy("Everything spent on winning customers, for each new one."),
        (
            *SPENDINGS,
            Input(
                "customers",
                gettext_lazy("New customers"),
                Unit.COUNT,
                gettext_lazy("People who bought for the first time in this time."),
                "40",
            ),
        ),
        (Formula(gettext_lazy("CAC = all spending ÷ new customers"), "CAC = ΣS / n"),),
        _acquisition,
    ),
    Tool(
        "customer-value",
        gettext_lazy("Value of a customer (LTV)"),
        gettext_lazy("What a customer leaves over the years, and how often that pays the cost."),
        (
            Input(
                "order",
                gettext_lazy("Average order value without VAT"),
                Unit.MONEY,
                gettext_lazy("Revenue without VAT ÷ orders."),
                "37.7",
            ),
            Input(
                "orders",
                gettext_lazy("Orders of a customer in a year"),
                Unit.COUNT,
                gettext_lazy("Orders of a year ÷ customers of that year."),
                "2.1",
            ),
            Input(
                "years",
                gettext_lazy("Years that a customer stays"),
                Unit.YEARS,
                gettext_lazy("Leave it empty if you do not know; then 1.5 years are counted."),
                "2.5",
            ),
            Input(
                "churn",
                gettext_lazy("Customers who leave in a year"),
                Unit.PERCENT,
                gettext_lazy("Counts when the years are empty: years = 1 ÷ this share, at most 5."),
            ),
            Input(
                "margin",
                gettext_lazy("Margin"),
                Unit.PERCENT,
                gettext_lazy("The part of the price without VAT that is profit."),
                "60",
            ),
            Input(
                "cac",
                gettext_lazy("Cost of a new customer (CAC)"),
                Unit.MONEY,
                gettext_lazy("From the calculator of the same name."),
                "15.56",
            ),
        ),
        (
            Formula(
                gettext_lazy("LTV = order value × orders a year × years × margin"),
                "LTV = AOV × f × t × m",
            ),
            Formula(gettext_lazy("years = 1 ÷ share that leaves in a year"), "t = 1 / q"),
        ),
        _lifetime,
    ),
    Tool(
        "follower-cost",
        gettext_lazy("Cost of a new follower"),
        gettext_lazy("What was spent on followers, for each one gained."),
        (
            Input(
                "spend",
                gettext_lazy("Spent on followers"),
                Unit.MONEY,
                gettext_lazy("Adverts, gifts and fees that were meant to bring followers."),
                "300",
            ),
            Input(
                "before",
                gettext_lazy("Followers before"),
                Unit.COUNT,
                gettext_lazy("On the day it began."),
                "610",
            ),
            Input(
                "after",
                gettext_lazy("Followers after"),
                Unit.COUNT,
                gettext_lazy("On the day it ended."),
                "1480",
            ),
        ),
        (
            Formula(
                gettext_lazy("cost of a follower = spend ÷ (followers after − before)"),
                "S / (F₂ − F₁)",
            ),
        ),
        _follower,
    ),
    Tool(
        "social-roi",
        gettext_lazy("Social ROI"),
        gettext_lazy("What social networks earned beyond what they cost."),
        (
            Input(
                "profit",
                gettext_lazy("Gross profit from social networks"),
                Unit.MONEY,
                gettext_lazy("Profit of those orders, not their revenue. It may be below zero."),
                "1500",
                low=None,
            ),
            Input(
                "cost",
                gettext_lazy("Cost of social networks"),
                Unit.MONEY,
                gettext_lazy("Adverts, tools, services and your time, if you pay for it."),
                "1000",
            ),
        ),
        (Formula(gettext_lazy("social ROI = (gross profit − cost) ÷ cost"), "ROI = (P − C) / C"),),
        _social,
    ),
)
