"""Target market, step 1: where the customers live."""

from django.utils.translation import gettext_lazy as _

from waypost.market.models import Place
from waypost.strategy.questions import Question, Section, filled, one_by_one

SECTION = Section(
    key="geo",
    title=_("Target market 1: places"),
    lead=_("Where your best customers live, and which days matter there."),
    tip=_(
        "Begin with the place you know best, then add one that resembles it. The narrower the "
        "target, the less an advertisement costs."
    ),
    tool=_("Google Analytics and the audience pages of the networks: where visitors come from"),
    records="market:places",
    records_label=_("Add places"),
    screens=one_by_one(
        Question(
            key="where",
            ask=_("Where do your best customers live?"),
            example=_("Maribor and its surroundings: half of all orders"),
            rows=filled(Place, "name"),
        ),
        Question(
            key="language",
            ask=_("Which language do they prefer?"),
            example=_("Slovenian; in Graz German"),
            rows=filled(Place, "language"),
            minutes=1,
        ),
        Question(
            key="holidays",
            ask=_("Do they have holidays or shopping days of their own?"),
            tip=_("Public holidays of each country are filled in by themselves."),
            example=_("St Martin's Day in Maribor; the Advent fair in Graz"),
            rows=filled(Place, "country", "shopping"),
        ),
    ),
)
