"""Verbs on initiatives."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts.log import Field
from waypost.accounts.models import Business, Deed, User
from waypost.goals.actions.checks import day_words, refuse_first, today_of
from waypost.goals.actions.noting import note, seen
from waypost.goals.models import Goal, Initiative
from waypost.goals.shifting import Circle, in_order
from waypost.kit.errors import Refusal


class MoreInitiativeFields(TypedDict, total=False):
    """What may be left out; the rest of the row then stays as it was."""

    description: str
    owner_role: str
    until_goal: bool
    repeats: str
    repeats_what: str
    risk_note: str
    budget: Decimal | None
    depends_on: Iterable[Initiative]
    actual_end_date: dt.date | None
    actual_contribution: Decimal | None
    position: int


class InitiativeFields(MoreInitiativeFields):
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


def create_initiative(
    goal: Goal, *, by: User | None = None, **fields: Unpack[InitiativeFields]
) -> Initiative:
    """Raises ``Refusal`` with the field that is wrong."""
    return _write_initiative(Initiative(business=goal.business, goal=goal), fields, by)


def edit_initiative(
    initiative: Initiative, *, by: User | None = None, **fields: Unpack[InitiativeFields]
) -> Initiative:
    """Raises ``Refusal`` with the field that is wrong."""
    return _write_initiative(initiative, fields, by)


@transaction.atomic
def _write_initiative(
    initiative: Initiative, fields: InitiativeFields, by: User | None
) -> Initiative:
    changes: dict[str, Any] = {**fields}
    depends_on = changes.pop("depends_on", None)
    if changes.get("until_goal"):
        changes["end_date"] = max(changes["start_date"], initiative.goal.deadline_date)
    if initiative.counts_tasks:
        changes["progress"] = initiative.progress
    refuse_first(_faults(initiative, changes, depends_on))
    before = seen(initiative, [*changes, "actual_end_date"]) if initiative.pk else None
    waited = _titles(initiative) if initiative.pk else ""
    for name, value in changes.items():
        setattr(initiative, name, value)
    _settle(initiative)
    initiative.save()
    if depends_on is not None:
        initiative.depends_on.set(depends_on)
    deed = Deed.ADDED if before is None else Deed.CHANGED
    waiting = Field(_WAITS, waited, _titles(initiative))
    note(initiative, before, by=by, deed=deed, more=[waiting])
    return initiative


_WAITS = Initiative._meta.get_field("depends_on").verbose_name


def _titles(initiative: Initiative) -> str:
    """What it waits for."""
    return ", ".join(sorted(each.title for each in initiative.depends_on.all()))


def _faults(
    initiative: Initiative, changes: dict[str, Any], depends_on: Iterable[Initiative] | None
) -> list[Refusal]:
    today = today_of(initiative.business)
    return (
        wrong_span(changes["start_date"], changes["end_date"])
        + wrong_share(changes["progress"])
        + wrong_step(changes["expected_contribution"])
        + wrong_budget(changes.get("budget"))
        + wrong_end(changes.get("actual_end_date"), today=today)
        + wrong_order(initiative, depends_on or ())
    )


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


def wrong_budget(amount: Decimal | None) -> list[Refusal]:
    """Why an initiative cannot cost ``amount``."""
    if amount is None or amount >= 0:
        return []
    return [Refusal(_("A budget is not below zero."), field="budget")]


def wrong_end(day: dt.date | None, *, today: dt.date) -> list[Refusal]:
    """Why an initiative cannot have been done on ``day``."""
    if day is None or day <= today:
        return []
    message = _("This day has not come yet. Choose today or a day before.")
    return [Refusal(message, field="actual_end_date")]


def wrong_order(initiative: Initiative, depends_on: Iterable[Initiative]) -> list[Refusal]:
    """Why ``initiative`` (saved or not) cannot wait for all of ``depends_on``."""
    others = {other.pk: other for other in depends_on}
    if any(other.business_id != initiative.business_id for other in others.values()):
        return [Refusal(_("Choose initiatives of this business."), field="depends_on")]
    if initiative.pk is None:
        return []
    try:
        in_order(waits(initiative.business) | {initiative.pk: set(others)})
    except Circle as circle:
        titles = Initiative.objects.in_bulk(circle.keys)
        words = " → ".join(f"“{titles[key].title}”" for key in reversed(circle.keys))
        message = _("These would wait for each other: %(circle)s. Leave one of them out.")
        return [Refusal(message % {"circle": words}, field="depends_on")]
    return []


def waits(business: Business) -> dict[int, set[int]]:
    """For each initiative that waits, what it waits for; by key."""
    found: dict[int, set[int]] = {}
    links = Initiative.depends_on.through.objects.filter(from_initiative__business=business)
    for waiting, other in links.values_list("from_initiative_id", "to_initiative_id"):
        found.setdefault(waiting, set()).add(other)
    return found


def set_status(initiative: Initiative, *, status: str, by: User | None = None) -> None:
    """Raises ``Refusal`` for a status that does not exist."""
    if status not in Initiative.Status.values:
        raise Refusal(_("Choose a status from the list."), field="status")
    settled = ("status", "progress", "actual_end_date")
    before = seen(initiative, settled)
    initiative.status = status
    _settle(initiative)
    initiative.save(update_fields=settled)
    note(initiative, before, by=by)


def set_progress(initiative: Initiative, percent: int | None) -> None:
    """Progress counted from tasks, 0 to 100; None: there are no tasks, it is typed again."""
    initiative.counts_tasks = percent is not None
    if percent is not None and initiative.status != Initiative.Status.DONE:
        initiative.progress = percent
    initiative.save(update_fields=["counts_tasks", "progress"])


def _settle(initiative: Initiative) -> None:
    """What follows from the status: what is done is done completely, on a day."""
    if initiative.status != Initiative.Status.DONE:
        initiative.actual_end_date = None
        return
    initiative.progress = 100
    if initiative.actual_end_date is None:
        initiative.actual_end_date = today_of(initiative.business)
