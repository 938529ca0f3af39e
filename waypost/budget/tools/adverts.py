"""Calculators about a shop's numbers and what adverts bring."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.budget import calculators as calc
from waypost.budget.tools.base import Answer, Formula, Input, Result, Tool, Unit, Values

REVENUE = Input(
    "revenue",
    gettext_lazy("Revenue"),
    Unit.MONEY,
    gettext_lazy("What the orders of this time brought. Use prices with VAT, or without, always."),
    "1610",
)
ORDERS = Input(
    "orders",
    gettext_lazy("Orders"),
    Unit.COUNT,
    gettext_lazy("How many orders came in the same time."),
    "35",
)
SPEND = Input(
    "spend",
    gettext_lazy("Spent on adverts"),
    Unit.MONEY,
    gettext_lazy("What the network charged in the same time."),
    "544.60",
)
CLICKS = Input(
    "clicks",
    gettext_lazy("Clicks"),
    Unit.COUNT,
    gettext_lazy("How often somebody followed the link."),
    "1945",
)
VIEWS = Input(
    "impressions",
    gettext_lazy("Impressions"),
    Unit.COUNT,
    gettext_lazy("How often it was shown, also to the same person again."),
    "83837",
)
RATE = Input(
    "rate",
    gettext_lazy("Conversion rate"),
    Unit.PERCENT,
    gettext_lazy("How many of a hundred visits end in an order."),
    "1.8",
)


def _shop(given: Values) -> Answer:
    return Answer(
        [
            Result(
                _("Average order value"),
                Unit.MONEY,
                calc.order_value(given["revenue"], given["orders"]),
            ),
            Result(
                _("Conversion rate"),
                Unit.PERCENT,
                calc.conversion_rate(given["orders"], given["visits"]),
            ),
        ]
    )


def _clicks(given: Values) -> Answer:
    spend, clicks, views = given["spend"], given["clicks"], given["impressions"]
    return Answer(
        [
            Result(_("Click rate (CTR)"), Unit.PERCENT, calc.click_rate(clicks, views)),
            Result(_("Cost of a click (CPC)"), Unit.MONEY, calc.cost_per_click(spend, clicks)),
            Result(
                _("Cost of a thousand impressions (CPM)"),
                Unit.MONEY,
                calc.cost_per_thousand(spend, views),
            ),
        ]
    )


def _return(given: Values) -> Answer:
    return Answer(
        [
            Result(
                _("Return on adverts (ROAS)"),
                Unit.TIMES,
                calc.roas(given["revenue"], given["spend"]),
            ),
            Result(
                _("Cost of an order (CPA)"),
                Unit.MONEY,
                calc.cost_per_order(given["spend"], given["orders"]),
            ),
        ]
    )


COSTS = (
    Input(
        "product",
        gettext_lazy("Product"),
        Unit.MONEY,
        gettext_lazy("What the goods of an average order cost you."),
        "15",
    ),
    Input(
        "packing",
        gettext_lazy("Packing"),
        Unit.MONEY,
        gettext_lazy("Box, paper, label and tape."),
        "1.5",
    ),
    Input(
        "shipping",
        gettext_lazy("Shipping that you pay"),
        Unit.MONEY,
        gettext_lazy("Postage that the customer does not pay for."),
        "4",
    ),
    Input(
        "fees",
        gettext_lazy("Fees"),
        Unit.MONEY,
        gettext_lazy("What the bank, the card and the shop system take."),
        "2",
    ),
    Input(
        "discounts",
        gettext_lazy("Discounts"),
        Unit.MONEY,
        gettext_lazy("What you give off an average order."),
        "5",
    ),
)


def _break_even(given: Values) -> Answer:
    costs = [given[each.name] for each in COSTS]
    left = calc.contribution(given["price"], costs)
    ratio = calc.contribution_ratio(given["price"], costs)
    return Answer(
        [
            Result(_("Left of an order before adverts (highest CPA)"), Unit.MONEY, left),
            Result(_("Contribution ratio"), Unit.PERCENT, ratio),
            Result(_("Break-even ROAS"), Unit.TIMES, calc.break_even_roas(ratio.value)),
            Result(
                _("ROAS for the profit you want"),
                Unit.TIMES,
                calc.target_roas(ratio.value, given["profit"]),
            ),
            Result(_("Highest CPC"), Unit.MONEY, calc.most_per_click(left.value, given["rate"])),
        ]
    )


TOOLS = (
    Tool(
        "orders",
        gettext_lazy("Order value and conversion rate"),
        gettext_lazy("What an average order brings, and how many visits it takes."),
        (
            REVENUE,
            ORDERS,
            Input(
                "visits",
                gettext_lazy("Visits"),
                Unit.COUNT,
                gettext_lazy("Sessions of your shop, or clicks, in the same time."),
                "1945",
            ),
        ),
        (
            Formula(gettext_lazy("average order value = revenue ÷ orders"), "AOV = R / n"),
            Formula(gettext_lazy("conversion rate = orders ÷ visits"), "CR = n / s"),
        ),
        _shop,
    ),
    Tool(
        "clicks",
        gettext_lazy("Clicks and impressions"),
        gettext_lazy("How often a view becomes a click, and what each of them costs."),
        (SPEND, CLICKS, VIEWS),
        (
            Formula(gettext_lazy("click rate = clicks ÷ impressions"), "CTR = k / i"),
            Formula(gettext_lazy("cost of a click = spend ÷ clicks"), "CPC = S / k"),
            Formula(
                gettext_lazy("cost of a thousand impressions = spend ÷ impressions × 1000"),
                "CPM = S / i × 1000",
            ),
        ),
        _clicks,
    ),
    Tool(
        "return",
        gettext_lazy("Return on adverts (ROAS) and cost of an order (CPA)"),
        gettext_lazy("What comes back for each coin spent, and what an order costs."),
        (REVENUE, SPEND, ORDERS),
        (
            Formula(gettext_lazy("ROAS = revenue from adverts ÷ spend"), "ROAS = R / S"),
            Formula(gettext_lazy("CPA = spend ÷ orders"), "CPA = S / n"),
        ),
        _return,
    ),
    Tool(
        "break-even",
        gettext_lazy("Break-even and target ROAS"),
        gettext_lazy("The return at which adverts pay for themselves, and the most to pay."),
        (
            Input(
                "price",
                gettext_lazy("Average order value"),
                Unit.MONEY,
                gettext_lazy("With VAT or without, but the same way as your revenue."),
                "46",
            ),
            *COSTS,
            Input(
                "profit",
                gettext_lazy("Profit you want"),
                Unit.PERCENT,
                gettext_lazy("The share of the order value that shall be left after adverts."),
                "15",
            ),
            RATE,
        ),
        (
            Formula(
                gettext_lazy("contribution ratio = (order value − all its costs) ÷ order value"),
                "d = (p − Σc) / p",
            ),
            Formula(gettext_lazy("break-even ROAS = 1 ÷ contribution ratio"), "B = 1 / d"),
            Formula(
                gettext_lazy("target ROAS = 1 ÷ (contribution ratio − profit)"), "T = 1 / (d − z)"
            ),
            Formula(
                gettext_lazy("highest CPC = left of an order × conversion rate"),
                "CPC = (p − Σc) × CR",
            ),
        ),
        _break_even,
    ),
)
