"""Who is told about a task."""

from django.urls import reverse

from waypost.accounts.models import User
from waypost.board.models import Task
from waypost.notices.actions import tell
from waypost.notices.kinds import Kind


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
