"""The next one of a task that repeats."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from waypost.accounts.models import User
from waypost.board.actions.cards import last_place
from waypost.board.actions.noting import TOPIC, count, note
from waypost.board.models import Status, Step, Task, TaskEvent
from waypost.board.repeating import next_day
from waypost.live import actions as live

COPIED = (
    "business",
    "initiative",
    "title",
    "description",
    "role",
    "assignee",
    "reviewer",
    "priority",
    "repeats",
    "repeats_when",
)


@transaction.atomic
def bring_next(task: Task, *, by: User | None) -> Task | None:
    """Make the next one, which carries the rule from now on; None for a task without one.

    Days that are past already are left out.
    """
    rule = task.repeats
    # Only one caller takes the rule away, so there is only one next task.
    if not rule or not Task.objects.filter(pk=task.pk, repeats=rule).update(repeats=""):
        return None
    task.repeats = ""
    today = timezone.localdate()
    due = next_day(rule, task.due_date or today, after=today - dt.timedelta(days=1))
    copied = {name: getattr(task, name) for name in COPIED} | {"repeats": rule}
    following = Task.objects.create(
        **copied,
        due_date=due,
        status=Status.NEXT if task.assignee_id else Status.BACKLOG,
        position=last_place(task.business),
        created_by=by,
    )
    following.labels.set(task.labels.all())
    Step.objects.bulk_create(
        Step(task=following, text=step.text, position=step.position) for step in task.steps.all()
    )
    note(following, TaskEvent.What.ADDED, by=by)
    live.tell(task.business, TOPIC, following.pk, version=1, by=by)
    count(task.initiative)
    return following


def bring_due(today: dt.date) -> int:
    """The next ones of all tasks that repeat at their day and whose day has come."""
    rows = Task.objects.exclude(repeats="").filter(
        repeats_when=Task.RepeatWhen.DATE, due_date__lte=today
    )
    found = [bring_next(task, by=None) for task in rows.select_related("business", "initiative")]
    return sum(task is not None for task in found)
