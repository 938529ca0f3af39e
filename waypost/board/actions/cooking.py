"""Making the tasks of a recipe, and a recipe of tasks."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts import staffing
from waypost.accounts.models import Business, User
from waypost.board.actions.cards import last_place
from waypost.board.actions.noting import TOPIC, count
from waypost.board.models import GAP, Recipe, Status, Step, Task, TaskEvent
from waypost.board.recipes import Cooking
from waypost.goals.models import Initiative
from waypost.kit.errors import Refusal
from waypost.live import actions as live

MOST = 60  # tasks of one recipe


@transaction.atomic
def cook(
    business: Business,
    recipe: Cooking,
    *,
    event: dt.date,
    initiative: Initiative | None,
    by: User | None,
) -> list[Task]:
    """One task for each line, due as many days before or after ``event`` as it says.

    It goes to who wears its hat, and waits among the next ones; without anybody it stays in
    the backlog.
    """
    wearers = {
        worn.hat.value: worn.row.holder.user
        for worn in staffing.read(business).hats
        if worn.row.holder
    }
    first = last_place(business)
    tasks = Task.objects.bulk_create(
        Task(
            business=business,
            initiative=initiative,
            title=str(line.title)[:200],
            description=line.description,
            role=line.role,
            assignee=wearers.get(line.role),
            status=Status.NEXT if wearers.get(line.role) else Status.BACKLOG,
            due_date=event + dt.timedelta(days=line.days),
            priority=line.priority,
            position=first + place * GAP,
            created_by=by,
            updated_by=by,
        )
        for place, line in enumerate(recipe.tasks)
    )
    Step.objects.bulk_create(
        Step(task=task, text=str(text)[:300], position=place)
        for task, line in zip(tasks, recipe.tasks, strict=True)
        for place, text in enumerate(line.steps)
    )
    TaskEvent.objects.bulk_create(
        TaskEvent(task=task, by=by, what=TaskEvent.What.ADDED, new=str(recipe.name)[:300])
        for task in tasks
    )
    live.tell(business, TOPIC, by=by)
    count(initiative)
    return tasks


@transaction.atomic
def keep_recipe(business: Business, tasks: Sequence[Task], *, name: str, by: User | None) -> Recipe:
    """A template of ``tasks``; their days are counted from the last one that has a day.

    Raises ``Refusal`` (field ``name``).
    """
    if not name.strip():
        raise Refusal(_("Give the template a name."), field="name")
    if not tasks:
        raise Refusal(_("There is no task to keep."), field="name")
    if len(tasks) > MOST:
        raise Refusal(_("A template holds %(n)s tasks at most.") % {"n": MOST}, field="name")
    event = max((task.due_date for task in tasks if task.due_date), default=None)
    told = [
        {
            "title": task.title,
            "description": task.description,
            "role": task.role,
            "days": (task.due_date - event).days if task.due_date and event else 0,
            "priority": task.priority,
            "steps": [step.text for step in task.steps.all()],
        }
        for task in tasks
    ]
    return business.recipes.create(name=name.strip()[:120], tasks=told, created_by=by)
