"""Verbs on tasks. Each tells the initiative how far its tasks are."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.board.models import Task
from waypost.goals import actions as goals
from waypost.goals.models import Initiative
from waypost.kit.errors import Refusal

KEPT = ("title", "status", "position")  # what is told of a removed task, besides its links


@transaction.atomic
def add_task(initiative: Initiative, *, title: str) -> Task:
    """A new task below the others; raises ``Refusal`` (field ``title``) for an empty one."""
    last = initiative.tasks.aggregate(last=Max("position"))["last"]
    task = Task.objects.create(
        business=initiative.business,
        initiative=initiative,
        title=_named(title),
        position=0 if last is None else last + 1,
    )
    _count(initiative)
    return task


def edit_task(task: Task, *, title: str, assignee: User | None, due_date: dt.date | None) -> Task:
    """Raises ``Refusal`` (field ``title``) for an empty title."""
    task.title, task.assignee, task.due_date = _named(title), assignee, due_date
    task.save(update_fields=["title", "assignee", "due_date"])
    return task


def finish(task: Task) -> None:
    """Tick it: it is done now."""
    _set_status(task, Task.Status.DONE, timezone.now())


def reopen(task: Task) -> None:
    """Take the tick away; it is one of the next tasks."""
    _set_status(task, Task.Status.NEXT, None)


@transaction.atomic
def _set_status(task: Task, status: str, done_at: dt.datetime | None) -> None:
    task.status, task.done_at = status, done_at
    task.save(update_fields=["status", "done_at"])
    _count(task.initiative)


@transaction.atomic
def move(task: Task, *, by: int) -> None:
    """Change places with the neighbour above (``by`` −1) or below (1), where there is one."""
    row = list(Task.objects.filter(business=task.business, initiative=task.initiative))
    here = row.index(task)
    there = here + by
    if not 0 <= there < len(row):
        return
    row[here], row[there] = row[there], row[here]
    for position, each in enumerate(row):
        each.position = position
    Task.objects.bulk_update(row, ["position"])


@transaction.atomic
def remove(task: Task) -> dict[str, Any]:
    """Delete it; the answer is what :func:`put_back` takes."""
    kept: dict[str, Any] = {
        "pk": task.pk,
        "initiative_id": task.initiative_id,
        "assignee_id": task.assignee_id,
        "due_date": task.due_date.isoformat() if task.due_date else None,
        "done_at": task.done_at.isoformat() if task.done_at else None,
        **{name: getattr(task, name) for name in KEPT},
    }
    task.delete()
    _count(task.initiative)
    return kept


@transaction.atomic
def put_back(business: Business, kept: dict[str, Any]) -> Task:
    """Undo :func:`remove`, once however often it is asked for.

    Raises ``Initiative.DoesNotExist`` when its initiative is gone by now.
    """
    fields = dict(kept)
    initiative_id = fields.pop("initiative_id")
    initiative = business.initiatives.get(pk=initiative_id) if initiative_id else None
    assignee = User.objects.filter(
        pk=fields.pop("assignee_id"), memberships__business=business
    ).first()
    moments = {
        "due_date": _read(dt.date, fields.pop("due_date")),
        "done_at": _read(dt.datetime, fields.pop("done_at")),
    }
    task, _new = Task.objects.get_or_create(
        pk=fields.pop("pk"),
        defaults={
            "business": business,
            "initiative": initiative,
            "assignee": assignee,
            **moments,
            **fields,
        },
    )
    _count(initiative)
    return task


def _read(kind: Any, text: str | None) -> Any:
    return kind.fromisoformat(text) if text else None


def _count(initiative: Initiative | None) -> None:
    """An initiative with tasks is as far as they are."""
    if initiative is None:
        return
    counts = initiative.tasks.aggregate(
        all=Count("pk"), done=Count("pk", filter=Q(status=Task.Status.DONE))
    )
    percent = round(100 * counts["done"] / counts["all"]) if counts["all"] else None
    goals.set_progress(initiative, percent)


def _named(title: str) -> str:
    if not title.strip():
        raise Refusal(_("Write what is to be done."), field="title")
    return title.strip()


def hand_over_tasks(
    business: Business, *, from_user: User, to_user: User | None, hat: str | None = None
) -> int:
    """Every task still to do, or only those of initiatives of one ``hat``; answers how many."""
    rows = business.tasks.held_by(from_user)
    return (rows if hat is None else rows.filter(initiative__owner_role=hat)).update(
        assignee=to_user
    )
