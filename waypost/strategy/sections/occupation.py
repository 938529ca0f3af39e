"""Target market, step 2: what the customers do for a living."""

from django.utils.translation import gettext_lazy as _

from waypost.market.models import Segment
from waypost.strategy.questions import Question, Section, filled, one_by_one

SECTION = Section(
    key="occupation",
    title=_("Target market 2: trade or occupation"),
    lead=_("What your customers, or the companies you sell to, do for a living."),
    tip=_("Look up on LinkedIn who follows your competitors and what they do: it saves weeks."),
    tool=_("LinkedIn: the occupations of your competitors' customers"),
    records="market:segments",
    records_label=_("Describe the customers"),
    screens=one_by_one(
        Question(
            key="industry",
            ask=_("Which trade are the companies in that buy from you?"),
            tip=_("Only if you sell to businesses; otherwise say that it is not relevant."),
            example=_("Small cafés and bed-and-breakfasts"),
            rows=filled(Segment, "industry"),
        ),
        Question(
            key="occupation",
            ask=_("What do the people who buy from you do for a living?"),
            example=_("Teachers, nurses, people who work from home"),
            rows=filled(Segment, "occupation"),
        ),
        Question(
            key="location",
            ask=_("Where are they, or their company?"),
            example=_("Towns within an hour's drive"),
            rows=filled(Segment, "location"),
            minutes=1,
        ),
        Question(
            key="business_goals",
            ask=_("What do they want to achieve at work?"),
            example=_("Guests who photograph their breakfast"),
            rows=filled(Segment, "business_goals"),
        ),
    ),
)
