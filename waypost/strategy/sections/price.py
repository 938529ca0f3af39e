"""Positioning, step 2: the price."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.market.models import Product
from waypost.strategy.questions import Question, Rows, Section, filled, one_by_one

SECTION = Section(
    key="price",
    title=_("Positioning 2: price"),
    lead=_("What it costs, what remains, and what goes back into the business."),
    tip=_("A price that you cannot explain, nobody will want to pay."),
    tool=_("The price calculator of Waypost: margin, markup, price for a margin"),
    records="market:products",
    records_label=_("Set the prices"),
    screens=one_by_one(
        Question(
            key="price",
            ask=_("How much does it cost?"),
            example=_("34.00 euros with 22 % VAT"),
            rows=filled(Product, "price_gross"),
            minutes=1,
        ),
        Question(
            key="profit",
            ask=_("What do you earn on it?"),
            tip=_("Type what one piece costs you; margin and markup follow."),
            example=_("It costs us 9.50 euros: a margin of two thirds"),
            rows=Rows(
                Product, Q(price_gross__isnull=False, unit_cost__isnull=False), ("unit_cost",)
            ),
        ),
        Question(
            key="affordable",
            ask=_("Can your buyer afford it?"),
            example=_("As a present yes, a set of six only at Christmas"),
            rows=filled(Product, "affordable"),
            minutes=1,
        ),
        Question(
            key="frequency",
            ask=_("How often can one buyer buy from you?"),
            example=_("About 1.5 times a year"),
            rows=filled(Product, "orders_per_year"),
            minutes=1,
        ),
        Question(
            key="reinvest",
            ask=_("Which share of the margin goes back into the business?"),
            example=_("A fifth"),
            rows=filled(Product, "reinvest_share"),
            minutes=1,
        ),
    ),
)
