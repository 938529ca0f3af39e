"""People and roles: the seven hats."""

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.accounts.hats import Hat
from waypost.accounts.models import HatHolder
from waypost.strategy.questions import Question, Rows, Section, one_by_one


def _worn(hat: Hat, ask: Promise) -> Question:
    somebody = Q(holder__isnull=False) | ~Q(outside="")
    return Question(
        key=hat.value,
        ask=ask,
        rows=Rows(
            HatHolder,
            Q(hat=hat.value) & somebody,
            ("holder", "outside", "backup", "note"),
            named=False,
        ),
        minutes=1,
    )


SECTION = Section(
    key="roles",
    title=_("People and roles"),
    lead=_("Who wears which of the seven hats."),
    tip=_(
        "If you work alone, you wear all seven. Naming them still helps: you see which one you "
        "never put on. In a team, talk each role through with the person who holds it."
    ),
    records="accounts:hats",
    records_label=_("Assign the hats"),
    screens=one_by_one(
        _worn(Hat.LEAD, _("Who decides?")),
        _worn(Hat.COPY, _("Who writes the texts?")),
        _worn(Hat.CREATIVE, _("Who makes pictures and videos?")),
        _worn(Hat.ADS, _("Who runs the advertisements?")),
        _worn(Hat.DISTRIBUTION, _("Who publishes the posts?")),
        _worn(Hat.INFLUENCERS, _("Who talks with influencers?")),
        _worn(Hat.COMMUNITY, _("Who answers comments and messages?")),
    ),
)
