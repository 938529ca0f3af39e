"""Target market, step 4: who else they could buy from."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.market.models import ChannelReading, Competitor, SwotPoint
from waypost.strategy.questions import Question, Rows, Section, filled, one_by_one

_THEIRS = Q(competitor__isnull=False)

SECTION = Section(
    key="competitors",
    title=_("Target market 4: competitors"),
    lead=_("Who else your customers could choose, and what you can learn from them."),
    tip=_("Three are enough: the leader, one like you, and one that does it differently."),
    tool=_("SEMrush and the public pages of their profiles"),
    records="market:competitors",
    records_label=_("Add competitors"),
    screens=one_by_one(
        Question(
            key="name",
            ask=_("Who is it?"),
            example=_("Drava Pottery, dravapottery.example"),
            rows=filled(Competitor, "name"),
            minutes=1,
        ),
        Question(
            key="summary",
            ask=_("Where are they, how do they sell, what do they want?"),
            example=_("Graz, since 1990, forty shops; wants to be the gift everybody knows"),
            rows=filled(
                Competitor,
                "summary",
                "location",
                "milestones",
                "distribution",
                "communication",
                "mission",
                "goals",
            ),
            minutes=5,
        ),
        Question(
            key="stats",
            ask=_("How many followers, likes, shares and comments do their channels have?"),
            example=_("12,000 followers; a post gets 150 likes and 6 comments"),
            rows=Rows(
                ChannelReading,
                _THEIRS,
                ("date", "followers", "avg_likes", "avg_shares", "avg_comments"),
                named=False,
            ),
            minutes=5,
        ),
        Question(
            key="swot",
            ask=_("What are their strengths and weaknesses beside yours?"),
            example=_("Known to everybody, but answers no comments"),
            rows=Rows(SwotPoint, _THEIRS, ("competitor", "quadrant", "text"), named=False),
            minutes=4,
        ),
    ),
)
