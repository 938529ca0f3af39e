"""Verbs on initiatives."""

import datetime as dt
from decimal import Decimal
from typing import TypedDict, Unpack

from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.goals.actions.checks import day_words, refuse_first
from waypost.goals.models import Goal, Initiative
from waypost.kit.errors import Refusal


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


def create_initiative(goal: Goal, **fields: Unpack[InitiativeFields]) -> Initiative:
    """Raises ``Refusal`` with the field that is wrong."""
    return _write_initiative(Initiative(business=goal.business, goal=goal), fields)


def edit_initiative(initiative: Initiative, **fields: Unpack[InitiativeFields]) -> Initiative:
    """Raises ``Refusal`` with the field that is wrong."""
    return _write_initiative(initiative, fields)


def _write_initiative(initiative: Initiative, fields: InitiativeFields) -> Initiative:
    refuse_first(
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
    message = _("The end must not come before the start (%(day)s).") % {"day": day_words(start)}
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
