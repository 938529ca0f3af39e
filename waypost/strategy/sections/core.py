"""Ten core questions: the strategy on one page. Each is filled from the sections behind it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Member
from waypost.strategy.questions import Kind, Part, Question, Rows, Section, one_by_one, text

SECTION = Section(
    key="core",
    title=_("Strategy on one page"),
    lead=_("Ten questions that every plan must answer. Print the page and hang it up."),
    tip=_(
        "Two sentences are enough for each. What you answer in the other sections is filled in "
        "here by itself; write your own words where they are better."
    ),
    may_be_hidden=False,
    screens=one_by_one(
        Question(
            key="who",
            ask=_("Who are you? What does the brand stand for, and who is behind it?"),
            example=_("Two siblings who make cups by hand so that coffee becomes a real break."),
            sources=("company.name", "mission.statement", "roles.lead"),
            parts=text(600),
        ),
        Question(
            key="audience",
            ask=_("Who buys from you, and what drives them?"),
            example=_("Women of 30 to 50 who furnish with care and look for gifts with a story."),
            sources=("persona.name",),
            parts=text(1_000),
        ),
        Question(
            key="offer",
            ask=_("What do you sell, and what is it worth?"),
            example=_("Hand-thrown cups that last for years"),
            sources=("product.description",),
            parts=(
                Part("you", Kind.TEXT, _("To you"), limit=400),
                Part("market", Kind.TEXT, _("To the market"), limit=400),
                Part("user", Kind.TEXT, _("To the person who uses it"), limit=400),
            ),
            minutes=3,
        ),
        Question(
            key="why_exist",
            ask=_("Why do you exist? What would customers miss without you?"),
            example=_("They would drink from mass-produced cups and know nobody who made one."),
            sources=("mission.effect_on_customers",),
            parts=text(600),
        ),
        Question(
            key="where",
            ask=_("Where do you sell? Which market, which niche?"),
            example=_(
                "Online in Slovenia and Austria; handmade tableware between 20 and 60 euros."
            ),
            sources=("geo.where", "occupation.industry", "occupation.occupation"),
            parts=text(600),
        ),
        Question(
            key="competitors",
            ask=_("Who leads your market, who is at its edge, and what are they good and bad at?"),
            example=_("A large pottery leads: known everywhere, but slow and impersonal."),
            sources=("competitors.name",),
            parts=text(1_000),
            minutes=3,
        ),
        Question(
            key="advantage",
            ask=_("Why you? The one advantage that nobody else can offer"),
            example=_("Each cup carries the day it was made and the hand that made it."),
            sources=("product.unique", "persona.usp"),
            parts=text(200),
            minutes=4,
        ),
        Question(
            key="limits",
            ask=_("What limits you: money and people?"),
            example=_("200 euros and twelve hours a week; nobody speaks German yet."),
            rows=Rows(Member, Q(hours_a_week__isnull=False)),
            parts=text(600),
        ),
        Question(
            key="goals",
            ask=_("Which milestones mean success?"),
            example=_("1,000 followers in Austria by June; 40 online orders a month"),
            sources=("goals.specific", "goals.measurable"),
            parts=text(1_000),
            minutes=3,
        ),
        Question(
            key="how",
            ask=_("Which actions take you there?"),
            example=_("A short video from the workshop every Tuesday; two fairs a year"),
            sources=("initiatives.action",),
            parts=text(1_000),
            minutes=3,
        ),
    ),
)
