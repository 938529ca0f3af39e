"""Verbs on the values of a goal."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts.log import Field
from waypost.accounts.models import User
from waypost.goals.actions.checks import day_words, today_of
from waypost.goals.actions.noting import note
from waypost.goals.models import Goal, GoalValue
from waypost.kit.errors import Refusal


class Before(NamedTuple):
    """What stood for a day before it was replaced; kept to undo."""

    value: Decimal
    source: str
    by_id: int | None


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
    if source == GoalValue.Source.TYPED:  # what is measured was changed by nobody
        _note(goal, date, old.value if old else None, value, by)
    return before


def _note(
    goal: Goal, day: dt.date, old: Decimal | None, new: Decimal | None, by: User | None
) -> None:
    was, now = (None if each is None else f"{day}: {each.normalize():f}" for each in (old, new))
    note(goal, by=by, more=[Field(_VALUE, was, now)])


_VALUE = GoalValue._meta.get_field("value").verbose_name


def write_value(
    goal: Goal, *, date: dt.date, value: Decimal, source: str, by_id: int | None
) -> None:
    """Write the number of ``date`` whatever stood there."""
    changes = {"value": value, "source": source, "recorded_by_id": by_id}
    GoalValue.objects.update_or_create(goal=goal, date=date, defaults=changes)


@transaction.atomic
def put_back(goal: Goal, *, date: dt.date, before: Before | None, by: User | None = None) -> None:
    """Undo :func:`record_value`: write again what stood there, or nothing."""
    stands = goal.values.filter(date=date).first()
    _note(goal, date, stands.value if stands else None, before.value if before else None, by)
    if before is None:
        goal.values.filter(date=date).delete()
    else:
        write_value(goal, date=date, **before._asdict())


def _keep_inside(goal: Goal, day: dt.date) -> None:
    if day > today_of(goal.business):
        raise Refusal(_("This day has not come yet. Choose today or a day before."), field="date")
    if not goal.start_date <= day <= goal.deadline_date:
        message = _("The goal runs from %(start)s to %(end)s. Choose a day in that time.")
        days = {"start": day_words(goal.start_date), "end": day_words(goal.deadline_date)}
        raise Refusal(message % days, field="date")
