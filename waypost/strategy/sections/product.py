"""Positioning, step 1: the product."""

from django.utils.translation import gettext_lazy as _

from waypost.market.models import Product
from waypost.strategy.questions import Question, Section, filled, one_by_one

SECTION = Section(
    key="product",
    title=_("Positioning 1: product"),
    lead=_("What you sell, and what it feels like to own it."),
    tip=_("See how the best of your competitors describes theirs. Then do it better."),
    records="market:products",
    records_label=_("Add products"),
    screens=one_by_one(
        Question(
            key="description",
            ask=_("What is it, which values does it carry, how does it feel to own it?"),
            example=_("A cup that lies in both hands and makes you sit down"),
            rows=filled(Product, "description"),
            minutes=4,
        ),
        Question(
            key="materials",
            ask=_("What is it made of?"),
            example=_("Stoneware clay, lead-free glaze"),
            rows=filled(Product, "materials"),
            minutes=1,
        ),
        Question(
            key="quality",
            ask=_("How can you prove its quality?"),
            example=_("Dishwasher test of 500 rounds, 230 reviews"),
            rows=filled(Product, "quality"),
        ),
        Question(
            key="unique",
            ask=_("Is it unique? In what?"),
            example=_("Yes: each one is numbered"),
            rows=filled(Product, "unique"),
            minutes=1,
        ),
        Question(
            key="handmade",
            ask=_("Is it made by hand?"),
            rows=filled(Product, "handmade"),
            minutes=1,
        ),
        Question(
            key="made_in",
            ask=_("Where is it made?"),
            example=_("Kamnica, Slovenia"),
            rows=filled(Product, "made_in"),
            minutes=1,
        ),
    ),
)
