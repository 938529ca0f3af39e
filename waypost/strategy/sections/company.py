"""Company summary: facts only."""

from django.utils.translation import gettext_lazy as _

from waypost.strategy.questions import Kind, Part, Question, Section, line, text

SECTION = Section(
    key="company",
    title=_("Company summary"),
    lead=_("The plain facts about the business, as somebody would look them up."),
    tip=_(
        "Keep to facts. An encyclopedia article about a company you know shows the tone: "
        "who, where, since when, with what."
    ),
    tool=_("Wikipedia: how articles about companies begin"),
    may_be_hidden=False,
    screens=(
        (
            Question(
                key="name",
                ask=_("What is your company called?"),
                example=_("Kamnica Ceramics"),
                parts=line(),
                minutes=1,
            ),
            Question(
                key="headquarters",
                ask=_("Where is it based?"),
                example=_("Kamnica near Maribor, Slovenia"),
                parts=line(),
                minutes=1,
            ),
            Question(
                key="founded",
                ask=_("When was it founded?"),
                tip=_("A day if you know it, otherwise only the year."),
                example="2016",
                parts=(Part("date", Kind.DATE),),
                minutes=1,
            ),
            Question(
                key="founder",
                ask=_("Who founded it?"),
                example=_("Ana Rozman and her brother Luka"),
                parts=line(),
                minutes=1,
            ),
        ),
        (
            Question(
                key="milestones",
                ask=_("What were the most important milestones so far?"),
                tip=_("One a line: a day, month or year, then what happened."),
                example=_(
                    "2016 First kiln, in the garage\n"
                    "2019 Shop in the old town opened\n"
                    "2023 One thousand online orders in a year"
                ),
                parts=(Part("list", Kind.TIMELINE),),
                minutes=4,
            ),
        ),
        (
            Question(
                key="production",
                ask=_("What do you produce with, and how much can you make?"),
                tip=_("It decides how much you may promise in a campaign."),
                example=_("Two kilns, one wheel, a helper three days a week"),
                parts=(
                    Part("text", Kind.TEXT),
                    Part("number", Kind.NUMBER, _("How much")),
                    Part("unit", Kind.LINE, _("Of what, in which time"), limit=80),
                ),
                minutes=3,
            ),
        ),
        (
            Question(
                key="story",
                ask=_("What is your story? How did you come to do this?"),
                tip=_(
                    "Above all if you work alone or do not produce anything: people follow people."
                ),
                example=_(
                    "After ten years as a nurse, Ana took a pottery course to sleep better. "
                    "Colleagues began to order her cups for every farewell, and one winter "
                    "the hobby paid the rent."
                ),
                parts=text(),
                minutes=8,
            ),
        ),
    ),
)
