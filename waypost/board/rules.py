"""What a card needs where it shall go. Every fault is a sentence with the field that mends it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.accounts.models import User
from waypost.board.models import TASK, Column, Status, Task
from waypost.board.team import Team
from waypost.kit.errors import Refusal


@dataclass(frozen=True)
class Given:
    """What the person said with the move; ``fields`` may name assignee, reviewer, due_date."""

    reason: str = ""
    comment: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)
    passing: bool = False  # a tick goes through the columns and stays in none of them


def faults(
    task: Task, to: Column, given: Given, *, team: Team, by: User, at_work: int
) -> list[Refusal]:
    """Why ``task`` cannot go to ``to`` now; empty when it can."""
    if not _is_way(task.status, to.meaning, team):
        return [Refusal(_no_way(task.status, to, team), field="column")]
    found = [*_missing(task, to, given, team, by)]
    if not found and not given.passing:
        found = [*_full(task, to, given, at_work)]
    return found


def _is_way(old: str, new: str, team: Team) -> bool:
    if old == Status.IN_PROGRESS and new == Status.DONE:
        return team.is_solo
    return old == new or TASK.allows(old, new)


def ways(status: str, team: Team) -> list[str]:
    """The meanings that a card may go to from ``status``, its own first."""
    return [
        status,
        *(each for each in Status.values if each != status and _is_way(status, each, team)),
    ]


def _no_way(old: str, to: Column, team: Team) -> str:
    if to.meaning == Status.DONE and old == Status.IN_PROGRESS:
        return _("Somebody reviews it first: move it to “Review”.")
    names = dict(Status.choices)
    first = next(each for each in ways(old, team)[1:] if each not in ("backlog", "on_hold"))
    return _("From “%(old)s” a task does not go to “%(new)s” at once; “%(first)s” comes first.") % {
        "old": names[old],
        "new": to,
        "first": names[first],
    }


def _missing(task: Task, to: Column, given: Given, team: Team, by: User) -> Iterator[Refusal]:
    assignee = given.fields.get("assignee", task.assignee)
    enters = to.meaning != task.status
    if to.meaning in (Status.NEXT, Status.IN_PROGRESS) and assignee is None:
        yield Refusal(_("Say who does it."), field="assignee")
    if to.meaning == Status.NEXT and not given.fields.get("due_date", task.due_date):
        yield Refusal(_("Say until when it shall be done."), field="due_date")
    if to.meaning == Status.ON_HOLD and enters and not given.reason.strip():
        yield Refusal(_("Say what it waits for."), field="reason")
    if to.meaning == Status.REVIEW:
        yield from _no_reviewer(task, given, team, assignee)
    goes_back = (task.status, to.meaning) == (Status.REVIEW, Status.IN_PROGRESS)
    if goes_back and not given.comment.strip():
        yield Refusal(_("Say what is still missing."), field="comment")
    accepted = (task.status, to.meaning) == (Status.REVIEW, Status.DONE)
    if accepted and team.shares_work and not team.is_solo and by == assignee:
        yield Refusal(_said_own_work(task), field="column")


def _no_reviewer(task: Task, given: Given, team: Team, assignee: User | None) -> Iterator[Refusal]:
    reviewer = given.fields.get("reviewer", task.reviewer)
    if not team.shares_work or team.is_solo:
        return
    if reviewer is None:
        yield Refusal(_("Say who reviews it."), field="reviewer")
    elif reviewer == assignee:
        yield Refusal(_("Whoever does the task does not review it, too."), field="reviewer")


def _said_own_work(task: Task) -> str:
    if task.reviewer is None:
        return _("You did this task, so somebody else says that it is done.")
    return _("You did this task, so %(person)s says that it is done.") % {"person": task.reviewer}


def _full(task: Task, to: Column, given: Given, at_work: int) -> Iterator[Refusal]:
    others = task.business.tasks.on_board().exclude(pk=task.pk)
    assignee = given.fields.get("assignee", task.assignee)
    own = None if to.is_usual else to.pk
    begins = to.meaning == Status.IN_PROGRESS != task.status
    if begins and others.filter(status=to.meaning, assignee=assignee).count() >= at_work:
        yield Refusal(
            ngettext(
                "%(person)s has %(n)s task in progress already. Finish it first.",
                "%(person)s has %(n)s tasks in progress already. Finish one of them first.",
                at_work,
            )
            % {"person": assignee, "n": at_work},
            field="column",
        )
    comes = to.limit and (task.status, task.column_id) != (to.meaning, own)
    if comes and others.filter(status=to.meaning, column=own).count() >= (to.limit or 0):
        yield Refusal(
            ngettext(
                "“%(column)s” holds %(n)s card at most. Move it on first.",
                "“%(column)s” holds %(n)s cards at most. Move one of them on first.",
                to.limit or 0,
            )
            % {"column": to, "n": to.limit},
            field="column",
        )
