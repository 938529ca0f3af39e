"""Target market, step 3: invented people who stand for the real ones."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.market.models import Persona
from waypost.strategy.questions import Question, Rows, Section, filled, one_by_one

SECTION = Section(
    key="persona",
    title=_("Target market 3: buyer personas"),
    lead=_("Invented people who stand for the real ones. Write each post to one of them."),
    tip=_("It is a long run. Finish one persona, then make one that is entirely different."),
    tool=_("LinkedIn and Google Analytics: who really visits you"),
    records="market:personas",
    records_label=_("Create personas"),
    screens=one_by_one(
        Question(
            key="name",
            ask=_("An invented name and a picture"),
            example=_("Katja, the coffee lover"),
            rows=filled(Persona, "name"),
            minutes=1,
        ),
        Question(
            key="professional",
            ask=_("Work: role, experience, income"),
            example=_("Nurse for fifteen years, average income"),
            rows=filled(Persona, "professional", "income"),
        ),
        Question(
            key="personal",
            ask=_("Private life: partner, children"),
            example=_("Lives with her partner, two school children"),
            rows=filled(Persona, "personal"),
        ),
        Question(
            key="demographics",
            ask=_("Age, gender, place"),
            example=_("35 to 45, female, Maribor"),
            rows=filled(Persona, "age_from", "age_to", "gender", "location"),
        ),
        Question(
            key="communication",
            ask=_("Which channels and which content do they use?"),
            example=_("Instagram in the evening, newsletters at work"),
            rows=filled(Persona, "communication", "channels", "formats"),
        ),
        Question(
            key="business_goals",
            ask=_("What do they want at work?"),
            example=_("A calmer ward and a proper break"),
            rows=filled(Persona, "business_goals"),
        ),
        Question(
            key="personal_goals",
            ask=_("What do they want in private?"),
            example=_("A home where friends like to stay"),
            rows=filled(Persona, "personal_goals"),
        ),
        Question(
            key="challenges",
            ask=_("What is in their way: time, money, knowledge?"),
            example=_("Never has time to look for presents"),
            rows=filled(Persona, "challenges"),
        ),
        Question(
            key="impact",
            ask=_("What do you save them or give them?"),
            example=_("A present that is wrapped and on its way in a day"),
            rows=filled(Persona, "impact"),
        ),
        Question(
            key="objections",
            ask=_("What makes them hesitate: safety, price, an unknown name?"),
            example=_("Will it arrive in one piece?"),
            rows=filled(Persona, "objections"),
        ),
        Question(
            key="usp",
            ask=_("Why should they buy from you all the same?"),
            example=_("A broken cup is replaced without a question"),
            rows=filled(Persona, "usp"),
        ),
        Question(
            key="negative",
            ask=_("Who is not your customer, and should not see your advertisements?"),
            example=_("Bargain hunters who send half of it back"),
            rows=Rows(Persona, Q(negative=True), ("exclusion_rule",)),
        ),
    ),
)
