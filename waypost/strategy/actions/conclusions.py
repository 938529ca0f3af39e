"""Verbs on "therefore we will …"."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.board import actions as board
from waypost.board.models import Task
from waypost.goals.models import Goal, Initiative
from waypost.kit.errors import Refusal
from waypost.market.models import SwotPoint
from waypost.strategy.models import Conclusion


@transaction.atomic
def conclude(
    business: Business,
    section: str,
    *,
    text: str,
    by: User,
    pairing: str = "",
    points: Collection[SwotPoint] = (),
) -> Conclusion:
    """Write down what follows from a section; raises ``Refusal`` for nothing."""
    text = _told(text)
    last = business.conclusions.filter(section=section).aggregate(last=Max("position"))["last"]
    conclusion = business.conclusions.create(
        section=section,
        pairing=pairing,
        text=text,
        created_by=by,
        position=0 if last is None else last + 1,
    )
    conclusion.points.set(points)
    return conclusion


def edit_conclusion(conclusion: Conclusion, *, text: str, pairing: str) -> None:
    conclusion.text, conclusion.pairing = _told(text), pairing
    conclusion.save(update_fields=["text", "pairing"])


def _told(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Refusal(_("Say what you will do."), field="text")
    return text


def link_goal(conclusion: Conclusion, goal: Goal) -> None:
    """The conclusion led to this goal."""
    _link(conclusion, goal=goal)


def link_initiative(conclusion: Conclusion, initiative: Initiative) -> None:
    _link(conclusion, initiative=initiative)


@transaction.atomic
def make_task(conclusion: Conclusion, initiative: Initiative) -> Task:
    """Put the conclusion on the board as a task of ``initiative``."""
    _still_open(conclusion)
    task = board.add_task(initiative, title=conclusion.text[:200])
    _link(conclusion, task=task)
    return task


def unlink(conclusion: Conclusion) -> None:
    """Forget what it led to; goals, initiatives and tasks stay."""
    _link(conclusion)


def _link(
    conclusion: Conclusion,
    *,
    goal: Goal | None = None,
    initiative: Initiative | None = None,
    task: Task | None = None,
) -> None:
    if goal or initiative or task:
        _still_open(conclusion)
    conclusion.goal, conclusion.initiative, conclusion.task = goal, initiative, task
    conclusion.save(update_fields=["goal", "initiative", "task"])


def _still_open(conclusion: Conclusion) -> None:
    if conclusion.became is not None:
        raise Refusal(_("This line already led to something. Take that link away first."))
