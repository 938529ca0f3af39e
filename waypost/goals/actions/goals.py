"""Verbs on goals."""

import datetime as dt
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, Deed, User
from waypost.connections.models import Connection
from waypost.goals.actions.checks import day_words, refuse_first, today_of
from waypost.goals.actions.noting import note, seen
from waypost.goals.formulas import Kind
from waypost.goals.models import Goal, Initiative
from waypost.kit.errors import Refusal


class MoreGoalFields(TypedDict, total=False):
    """What may be left out; the rest of the row then stays as it was."""

    kind: str
    specific: str
    achievable: str
    resources: str
    checkpoints: list[str]


class GoalFields(MoreGoalFields):
    """What a person says about a goal."""

    title: str
    why: str
    metric: str
    unit: str
    baseline: Decimal
    target: Decimal
    start_date: dt.date
    deadline_date: dt.date
    owner: User | None
    connection: Connection | None


def create_goal(
    business: Business, *, by: User | None = None, **fields: Unpack[GoalFields]
) -> Goal:
    """Raises ``Refusal`` with the field that is wrong."""
    refuse_first(
        wrong_path(fields["baseline"], fields["target"], kind=fields.get("kind", Kind.REACH))
        + wrong_dates(fields["start_date"], fields["deadline_date"])
        + already_over(fields["deadline_date"], today=today_of(business))
    )
    return _write_goal(Goal(business=business), fields, by)


def edit_goal(goal: Goal, *, by: User | None = None, **fields: Unpack[GoalFields]) -> Goal:
    """Raises ``Refusal`` with the field that is wrong; values outside the new dates stay."""
    refuse_first(
        wrong_path(fields["baseline"], fields["target"], kind=fields.get("kind", goal.kind))
        + wrong_dates(fields["start_date"], fields["deadline_date"])
    )
    return _write_goal(goal, fields, by)


@transaction.atomic
def _write_goal(goal: Goal, fields: GoalFields, by: User | None) -> Goal:
    before = seen(goal, fields) if goal.pk else None
    for name, value in fields.items():
        setattr(goal, name, value)
    goal.connection_metric = "followers" if fields["connection"] else ""
    goal.save()
    # What goes on until the goal is reached ends with it, wherever its deadline is moved to.
    ending = goal.initiatives.filter(until_goal=True).exclude(status__in=Initiative.OVER)
    ending.update(end_date=Greatest("start_date", Value(goal.deadline_date)))
    note(goal, before, by=by, deed=Deed.ADDED if before is None else Deed.CHANGED)
    return goal


def wrong_path(baseline: Decimal, target: Decimal, *, kind: str = Kind.REACH) -> list[Refusal]:
    """Why one cannot go from ``baseline`` to ``target``; a number that is kept need not go."""
    if baseline != target or kind != Kind.REACH:
        return []
    message = _("The target equals the value at the start. Enter the number you want to reach.")
    return [Refusal(message, field="target")]


def wrong_dates(start: dt.date, deadline: dt.date) -> list[Refusal]:
    """Why there is no time between the two days."""
    if deadline > start:
        return []
    message = _("The deadline must come after the start (%(day)s).") % {"day": day_words(start)}
    return [Refusal(message, field="deadline_date")]


def already_over(deadline: dt.date, *, today: dt.date) -> list[Refusal]:
    """Why a new goal cannot end on ``deadline``."""
    if deadline >= today:
        return []
    message = _("This day has passed. Choose a day from today (%(day)s) on.")
    return [Refusal(message % {"day": day_words(today)}, field="deadline_date")]


def archive(goal: Goal, *, by: User | None = None) -> None:
    """Take the goal out of the lists; its values and initiatives stay."""
    _set_archived(goal, timezone.now())
    note(goal, by=by, deed=Deed.CLOSED)


def restore(goal: Goal, *, by: User | None = None) -> None:
    """Put an archived goal back into the lists."""
    _set_archived(goal, None)
    note(goal, by=by, deed=Deed.REOPENED)


def _set_archived(goal: Goal, moment: dt.datetime | None) -> None:
    goal.archived_at = moment
    goal.save(update_fields=["archived_at"])
