"""Calculators about what a product should cost."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.budget.tools.base import Answer, Formula, Input, Result, Tool, Unit, Values
from waypost.kit.figures import Figure
from waypost.market import prices as calc

VAT = Input(
    "vat",
    gettext_lazy("VAT"),
    Unit.PERCENT,
    gettext_lazy("The rate in the price. Write 0 if you do not charge VAT."),
    "22",
)
COST = Input(
    "cost",
    gettext_lazy("Cost of one piece"),
    Unit.MONEY,
    gettext_lazy("What one piece costs you without VAT: material, making, packing."),
    "15",
)


def _margin(given: Values) -> Answer:
    net = calc.net_price(given["price"], given["vat"])
    cost = given["cost"]
    return Answer(
        [
            Result(_("Price without VAT"), Unit.MONEY, net),
            Result(_("Gross profit of one piece"), Unit.MONEY, calc.gross_profit(net.value, cost)),
            Result(_("Margin"), Unit.PERCENT, calc.margin(net.value, cost)),
            Result(_("Markup"), Unit.PERCENT, calc.markup(net.value, cost)),
        ]
    )


def _price(given: Values) -> Answer:
    by_margin = calc.price_for_margin(given["cost"], given["margin"])
    by_markup = calc.price_for_markup(given["cost"], given["markup"])
    vat = given["vat"]
    return Answer(
        [
            Result(_("Price for the margin, without VAT"), Unit.MONEY, by_margin),
            Result(
                _("Price for the margin, with VAT"),
                Unit.MONEY,
                _passed_on(by_margin, calc.gross_price(by_margin.value, vat)),
            ),
            Result(_("Price for the markup, without VAT"), Unit.MONEY, by_markup),
            Result(
                _("Price for the markup, with VAT"),
                Unit.MONEY,
                calc.gross_price(by_markup.value, vat),
            ),
        ]
    )


def _passed_on(first: Figure, then: Figure) -> Figure:
    """The reason of the first step, when it already failed."""
    return first if first.value is None else then


def _turn(given: Values) -> Answer:
    return Answer(
        [
            Result(
                _("Markup that gives this margin"),
                Unit.PERCENT,
                calc.markup_of_margin(given["margin"]),
            ),
            Result(
                _("Margin that this markup gives"),
                Unit.PERCENT,
                calc.margin_of_markup(given["markup"]),
            ),
        ]
    )


MARGIN_INPUT = Input(
    "margin",
    gettext_lazy("Margin"),
    Unit.PERCENT,
    gettext_lazy("The part of the price without VAT that is profit. It is always below 100 %."),
    "60",
)
MARKUP_INPUT = Input(
    "markup",
    gettext_lazy("Markup"),
    Unit.PERCENT,
    gettext_lazy("What you add to the cost. It may be above 100 %."),
    "150",
)

MARGIN_WORDS = Formula(
    gettext_lazy("margin = (price without VAT − cost) ÷ price without VAT"), "m = (p − c) / p"
)
MARKUP_WORDS = Formula(
    gettext_lazy("markup = (price without VAT − cost) ÷ cost"), "k = (p − c) / c"
)

TOOLS = (
    Tool(
        "margin",
        gettext_lazy("Margin and markup"),
        gettext_lazy("What is left of a price, as a share of the price and of the cost."),
        (
            Input(
                "price",
                gettext_lazy("Price with VAT"),
                Unit.MONEY,
                gettext_lazy("What the customer pays for one piece."),
                "46",
            ),
            VAT,
            COST,
        ),
        (
            Formula(
                gettext_lazy("price without VAT = price with VAT ÷ (1 + VAT)"), "p = g / (1 + v)"
            ),
            MARGIN_WORDS,
            MARKUP_WORDS,
        ),
        _margin,
    ),
    Tool(
        "price",
        gettext_lazy("Price for a target"),
        gettext_lazy("The price that reaches the margin or the markup you want."),
        (COST, MARGIN_INPUT, MARKUP_INPUT, VAT),
        (
            Formula(gettext_lazy("price for a margin = cost ÷ (1 − margin)"), "p = c / (1 − m)"),
            Formula(gettext_lazy("price for a markup = cost × (1 + markup)"), "p = c × (1 + k)"),
            Formula(
                gettext_lazy("price with VAT = price without VAT × (1 + VAT)"), "g = p × (1 + v)"
            ),
        ),
        _price,
    ),
    Tool(
        "margin-or-markup",
        gettext_lazy("Margin into markup and back"),
        gettext_lazy("The same profit, said in two ways."),
        (MARGIN_INPUT, MARKUP_INPUT),
        (
            Formula(gettext_lazy("markup = margin ÷ (1 − margin)"), "k = m / (1 − m)"),
            Formula(gettext_lazy("margin = markup ÷ (1 + markup)"), "m = k / (1 + k)"),
        ),
        _turn,
    ),
)
