"""What follows every change of a task: its history, its version, pages that are open."""

from typing import Any

from django.db.models import Count, F, Q

from waypost.accounts.models import User
from waypost.board.models import Status, Task, TaskEvent
from waypost.goals import actions as goals
from waypost.goals.models import Initiative
from waypost.live import actions as live

TOPIC = "board"
LONGEST = 300  # characters of a value in the history


def note(
    task: Task, what: str, *, by: User | None, name: str = "", old: Any = "", new: Any = ""
) -> None:
    """One line of the history."""
    words = {"old": _short(old), "new": _short(new)}
    TaskEvent.objects.create(task=task, by=by, what=what, name=name, **words)


def touch(task: Task, *, by: User | None) -> None:
    """The task is not as it was: count it, and tell whoever looks at the board."""
    Task.objects.filter(pk=task.pk).update(version=F("version") + 1, updated_by=by)
    task.version += 1
    live.tell(task.business, TOPIC, task.pk, version=task.version, by=by)


def count(initiative: Initiative | None, *, anyway: bool = False) -> None:
    """An initiative is as far as its tasks, unless its progress was typed (and not ``anyway``)."""
    if initiative is None:
        return
    # Others may have ticked meanwhile, or typed.
    initiative.refresh_from_db(fields=["counts_tasks", "progress", "status"])
    if not anyway and not initiative.counts_tasks and initiative.progress:
        return
    counts = initiative.tasks.aggregate(
        all=Count("pk"), done=Count("pk", filter=Q(status=Status.DONE))
    )
    percent = round(100 * counts["done"] / counts["all"]) if counts["all"] else None
    goals.set_progress(initiative, percent)


def _short(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
