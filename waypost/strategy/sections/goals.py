"""Strategic goals: the five SMART questions, and the frame they stand in."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from waypost.goals.models import Goal
from waypost.strategy.questions import Kind, Part, Question, Rows, Section, filled, one_by_one

_OPEN = Q(archived_at=None)

CHECKPOINTS = (
    ("daily", _("daily")),
    ("weekly", _("weekly")),
    ("monthly", _("monthly")),
    ("year_end", _("at the end of the year")),
)

SECTION = Section(
    key="goals",
    title=_("Strategic goals"),
    lead=_("What you want to reach, told so that anybody can check it."),
    tip=_("One goal or twelve: each should be large, measurable and within reach."),
    records="goals:list",
    records_label=_("Write the goals"),
    may_be_hidden=False,
    screens=one_by_one(
        Question(
            key="period",
            ask=_("Which time does the strategy cover, and when do you measure?"),
            tip=_("Usually one year. Measure small things often and large things seldom."),
            parts=(
                Part("start", Kind.DATE, _("From")),
                Part("end", Kind.DATE, _("Until")),
                Part("checkpoints", Kind.MANY, _("Measured"), options=CHECKPOINTS),
            ),
        ),
        Question(
            key="specific",
            ask=_("Specific: what do you want your business to do?"),
            example=_("Half of our customers come from Austria"),
            rows=filled(Goal, "specific"),
            minutes=3,
        ),
        Question(
            key="measurable",
            ask=_("Measurable: which number means success?"),
            example=_("From 120 to 600 followers in Austria"),
            rows=Rows(
                Goal,
                _OPEN & ~Q(metric="") & ~Q(target=F("baseline")),
                ("metric", "unit", "baseline", "target"),
            ),
            minutes=3,
        ),
        Question(
            key="achievable",
            ask=_("Achievable: can it be done?"),
            example=_("Yes: we gained 90 in the last quarter without any advertisement"),
            rows=filled(Goal, "achievable"),
        ),
        Question(
            key="relevant",
            ask=_("Relevant: which resources does it need, and do you have them?"),
            example=_("Four hours a week (yes), 50 euros a month (yes), German texts (not yet)"),
            rows=filled(Goal, "resources"),
            minutes=3,
        ),
        Question(
            key="timebound",
            ask=_("Time-bound: from when until when?"),
            example=_("From 1 January until 30 June"),
            rows=Rows(
                Goal,
                _OPEN & Q(deadline_date__gt=F("start_date")),
                ("start_date", "deadline_date"),
            ),
            minutes=1,
        ),
    ),
)
