"""The mission: four questions, and the statement that comes out of them."""

from django.utils.translation import gettext_lazy as _

from waypost.strategy.questions import Question, Section, one_by_one, text

STATEMENT = 280  # characters

SECTION = Section(
    key="mission",
    title=_("Mission"),
    lead=_("Why the business exists, and where it is going."),
    tip=_(
        "Customers remember the reason more than the product. Be bold, but write only what is true."
    ),
    may_be_hidden=False,
    screens=one_by_one(
        Question(
            key="business_now",
            ask=_("What business are you in now?"),
            example=_("We make stoneware cups and plates by hand and sell them online."),
            parts=text(),
        ),
        Question(
            key="destination",
            ask=_("Where do you want to arrive in the end?"),
            tip=_("Your vision: what is there in five or ten years that is not there today?"),
            example=_("Every café between Graz and Zagreb serves coffee in a cup we made."),
            parts=text(),
            minutes=3,
        ),
        Question(
            key="effect_on_customers",
            ask=_("How will that change the life of your customers?"),
            example=_("Their five minutes of coffee become a break that they notice."),
            parts=text(),
        ),
        Question(
            key="change_in_company",
            ask=_("And how will it change the company?"),
            example=_("From one wheel in a garage to a workshop that trains two apprentices."),
            parts=text(),
        ),
        Question(
            key="statement",
            ask=_("Your mission in one or two sentences"),
            tip=_("Waypost drafts it from the four answers above. Rewrite it until it is yours."),
            example=_("We make cups worth slowing down for, and show that a craft feeds a family."),
            parts=text(STATEMENT),
            minutes=4,
        ),
    ),
)
