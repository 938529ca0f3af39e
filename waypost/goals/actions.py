"""Verbs on goals, their values and their initiatives."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.goals.models import Goal, GoalValue, Initiative
from waypost.kit.errors import Refusal


class GoalFields(TypedDict):
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


class InitiativeFields(TypedDict):
    """What a person says about an initiative."""

    title: str
    measure: str
    resources: str
    start_date: dt.date
    end_date: dt.date
    status: str
    risk: str
    progress: int
    expected_contribution: Decimal | None
    owner: User | None


class Before(NamedTuple):
    """What stood for a day before it was replaced; kept to undo."""

    value: Decimal
    source: str
    by_id: int | None


def today_of(business: Business) -> dt.date:
    """The day it is where the business is."""
    return timezone.localdate(timezone=business.zone)


def create_goal(business: Business, **fields: Unpack[GoalFields]) -> Goal:
    """Raises ``Refusal`` with the field that is wrong."""
    _refuse_first(
        wrong_path(fields["baseline"], fields["target"])
        + wrong_dates(fields["start_date"], fields["deadline_date"])
        + already_over(fields["deadline_date"], today=today_of(business))
    )
    goal = Goal(business=business)
    return _write_goal(goal, fields)


def edit_goal(goal: Goal, **fields: Unpack[GoalFields]) -> Goal:
    """Raises ``Refusal`` with the field that is wrong; values outside the new dates stay."""
    _refuse_first(
        wrong_path(fields["baseline"], fields["target"])
        + wrong_dates(fields["start_date"], fields["deadline_date"])
    )
    return _write_goal(goal, fields)


def _write_goal(goal: Goal, fields: GoalFields) -> Goal:
    for name, value in fields.items():
        setattr(goal, name, value)
    goal.connection_metric = "followers" if fields["connection"] else ""
    goal.save()
    return goal


def wrong_path(baseline: Decimal, target: Decimal) -> list[Refusal]:
    """Why one cannot go from ``baseline`` to ``target``."""
    if baseline != target:
        return []
    message = _("The target equals the value at the start. Enter the number you want to reach.")
    return [Refusal(message, field="target")]


def wrong_dates(start: dt.date, deadline: dt.date) -> list[Refusal]:
    """Why there is no time between the two days."""
    if deadline > start:
        return []
    message = _("The deadline must come after the start (%(day)s).") % {"day": _day(start)}
    return [Refusal(message, field="deadline_date")]


def already_over(deadline: dt.date, *, today: dt.date) -> list[Refusal]:
    """Why a new goal cannot end on ``deadline``."""
    if deadline >= today:
        return []
    message = _("This day has passed. Choose a day from today (%(day)s) on.")
    return [Refusal(message % {"day": _day(today)}, field="deadline_date")]


def archive(goal: Goal) -> None:
    """Take the goal out of the lists; its values and initiatives stay."""
    _set_archived(goal, timezone.now())


def restore(goal: Goal) -> None:
    """Put an archived goal back into the lists."""
    _set_archived(goal, None)


def _set_archived(goal: Goal, moment: dt.datetime | None) -> None:
    goal.archived_at = moment
    goal.save(update_fields=["archived_at"])


@transaction.atomic
def record_value(
    goal: Goal, *, date: dt.date, value: Decimal, source: str, by: User | None = None
) -> Before | None:
    """Write the goal's number of ``date``; the answer is what stood there before.

    A typed value replaces any other of that day, a measured one only a measured one.
    Raises ``Refusal`` (field ``date``) for a day outside of the goal or in the future.
    """
    _keep_inside(goal, date)
    old = goal.values.filter(date=date).first()
    before = Before(old.value, old.source, old.recorded_by_id) if old else None
    measured_over_typed = (
        source == GoalValue.Source.MEASURED and old and old.source == GoalValue.Source.TYPED
    )
    if not measured_over_typed:
        write_value(goal, date=date, value=value, source=source, by_id=by.pk if by else None)
    return before


def write_value(
    goal: Goal, *, date: dt.date, value: Decimal, source: str, by_id: int | None
) -> None:
    """Write the number of ``date`` whatever stood there."""
    changes = {"value": value, "source": source, "recorded_by_id": by_id}
    GoalValue.objects.update_or_create(goal=goal, date=date, defaults=changes)


def put_back(goal: Goal, *, date: dt.date, before: Before | None) -> None:
    """Undo :func:`record_value`: write again what stood there, or nothing."""
    if before is None:
        goal.values.filter(date=date).delete()
    else:
        write_value(goal, date=date, **before._asdict())


def _keep_inside(goal: Goal, day: dt.date) -> None:
    if day > today_of(goal.business):
        raise Refusal(_("This day has not come yet. Choose today or a day before."), field="date")
    if not goal.start_date <= day <= goal.deadline_date:
        message = _("The goal runs from %(start)s to %(end)s. Choose a day in that time.")
        days = {"start": _day(goal.start_date), "end": _day(goal.deadline_date)}
        raise Refusal(message % days, field="date")


def create_initiative(goal: Goal, **fields: Unpack[InitiativeFields]) -> Initiative:
    """Raises ``Refusal`` with the field that is wrong."""
    return _write_initiative(Initiative(business=goal.business, goal=goal), fields)


def edit_initiative(initiative: Initiative, **fields: Unpack[InitiativeFields]) -> Initiative:
    """Raises ``Refusal`` with the field that is wrong."""
    return _write_initiative(initiative, fields)


def _write_initiative(initiative: Initiative, fields: InitiativeFields) -> Initiative:
    _refuse_first(
        wrong_span(fields["start_date"], fields["end_date"])
        + wrong_share(fields["progress"])
        + wrong_step(fields["expected_contribution"])
    )
    for name, value in fields.items():
        setattr(initiative, name, value)
    if initiative.status == Initiative.Status.DONE:
        initiative.progress = 100
    initiative.save()
    return initiative


def wrong_span(start: dt.date, end: dt.date) -> list[Refusal]:
    """Why an initiative cannot run between the two days; one day is enough."""
    if end >= start:
        return []
    message = _("The end must not come before the start (%(day)s).") % {"day": _day(start)}
    return [Refusal(message, field="end_date")]


def wrong_share(progress: int) -> list[Refusal]:
    """Why ``progress`` is no percentage."""
    if 0 <= progress <= 100:
        return []
    return [Refusal(_("Enter a number from 0 to 100."), field="progress")]


def wrong_step(amount: Decimal | None) -> list[Refusal]:
    """Why an initiative cannot add ``amount`` to its goal."""
    if amount is None or amount >= 0:
        return []
    message = _("Enter how far it moves the number towards the target, without a minus sign.")
    return [Refusal(message, field="expected_contribution")]


def set_status(initiative: Initiative, *, status: str) -> None:
    """Raises ``Refusal`` for a status that does not exist."""
    if status not in Initiative.Status.values:
        raise Refusal(_("Choose a status from the list."), field="status")
    initiative.status = status
    if status == Initiative.Status.DONE:
        initiative.progress = 100
    initiative.save(update_fields=["status", "progress"])


def _refuse_first(refusals: list[Refusal]) -> None:
    if refusals:
        raise refusals[0]


def _day(day: dt.date) -> str:
    return date_format(day, "DATE_FORMAT")
