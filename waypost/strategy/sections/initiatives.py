"""Initiatives: goals broken down into what is done."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.board.models import Task
from waypost.goals.models import Initiative
from waypost.strategy.questions import Question, Rows, Section, filled, one_by_one

SECTION = Section(
    key="initiatives",
    title=_("Initiatives"),
    lead=_("What you do to reach the goals: with a beginning, an end and a price."),
    tip=_("A goal without an initiative is a wish."),
    records="goals:roadmap",
    records_label=_("Plan the initiatives"),
    screens=one_by_one(
        Question(
            key="action",
            ask=_("What will you do to reach the goal?"),
            example=_("Translate the twenty best posts into German"),
            rows=Rows(Initiative, ~Q(title=""), ("goal", "description")),
            minutes=3,
        ),
        Question(
            key="timeline",
            ask=_("When does it begin and end?"),
            example=_("Two weeks from next Monday; or until the goal is reached"),
            rows=filled(Initiative, "start_date", "end_date"),
            minutes=1,
        ),
        Question(
            key="measure",
            ask=_("How will you know that it worked?"),
            example=_("100 followers from Austria"),
            rows=filled(Initiative, "measure", "expected_contribution"),
        ),
        Question(
            key="resources",
            ask=_("What does it need: people, money, things?"),
            example=_("Luka, six hours; 80 euros for a proofreader"),
            rows=filled(Initiative, "resources", "budget"),
        ),
        Question(
            key="tasks",
            ask=_("Which tasks of a day or a week is it made of?"),
            example=_("Choose posts · translate · proofread · schedule"),
            rows=Rows(Task, Q(initiative__isnull=False), ("title", "initiative"), named=False),
            minutes=3,
        ),
    ),
)
