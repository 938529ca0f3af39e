"""Who is told about a task."""

import datetime as dt

from django.urls import reverse

from waypost.accounts.models import User
from waypost.board.models import Task
from waypost.notices.actions import tell
from waypost.notices.kinds import Kind

LOOK_BACK = dt.timedelta(days=7)
"""A task that is late for longer was told of, or is older than this installation."""


def tell_assigned(task: Task, *, by: User | None) -> None:
    """Whoever has the task now learns of it; each time it comes to them anew."""
    if task.assignee is None:
        return
    tell(
        [task.assignee],
        Kind.ASSIGNED,
        business=task.business,
        key=f"task:{task.pk}:{task.version}",
        url=reverse("board:task", args=[task.business.slug, task.pk]),
        by=by,
        thing=task.title,
    )


def tell_late(now: dt.datetime) -> None:
    """Whoever has a task learns that it is late: once, on the day after it was due."""
    # Time zones are at most a day apart; which day it is where the business is comes below.
    first = now.date() - LOOK_BACK
    rows = Task.objects.late(now.date() + dt.timedelta(days=1)).filter(due_date__gte=first)
    rows = rows.on_board().exclude(assignee=None).select_related("business", "assignee")
    for task in rows.iterator():
        if task.due_date and task.due_date < now.astimezone(task.business.zone).date():
            _tell_late(task, task.due_date)


def _tell_late(task: Task, due: dt.date) -> None:
    assert task.assignee is not None
    tell(
        [task.assignee],
        Kind.LATE,
        business=task.business,
        key=f"late:{task.pk}:{due}",
        url=reverse("board:task", args=[task.business.slug, task.pk]),
        thing=task.title,
    )
