"""SWOT: what is inside and outside, good and bad."""

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.market.models import SwotPoint
from waypost.strategy.questions import Question, Rows, Section, one_by_one


def _quadrant(key: str, ask: Promise, example: Promise) -> Question:
    ours = Q(competitor=None, quadrant=key)
    rows = Rows(SwotPoint, ours, ("text",), named=False)
    return Question(key=key, ask=ask, example=example, rows=rows, minutes=3)


SECTION = Section(
    key="swot",
    title=_("SWOT analysis"),
    lead=_("What helps and what hinders you, inside the business and around it."),
    tip=_(
        "Strengths and weaknesses are yours; opportunities and threats come from outside. End each "
        "finding with what you will do about it."
    ),
    tool=_("SEMrush: who competes with you for the same searches"),
    records="strategy:swot",
    records_label=_("Fill in the SWOT"),
    screens=one_by_one(
        _quadrant(
            "strengths", _("What do you do best?"), _("Every cup is thrown by hand, on camera")
        ),
        _quadrant(
            "weaknesses",
            _("What do you want to strengthen?"),
            _("Replies to messages take a day"),
        ),
        _quadrant(
            "opportunities",
            _("What can you offer your trade that is not there yet?"),
            _("Cafés look for local tableware"),
        ),
        _quadrant(
            "threats",
            _("What could bring you down or stop your growth?"),
            _("Energy for the kiln becomes dearer"),
        ),
    ),
)
