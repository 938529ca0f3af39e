"""The board of the demo business: its tasks in all six columns."""

from collections.abc import Mapping
from typing import Any

from waypost.accounts.models import Business, User
from waypost.board.models import GAP, BoardSettings, Column, Step, Task
from waypost.goals.models import Initiative
from waypost.home.demo.story import Story

PRIORITIES = {"low": Task.Priority.LOW, "normal": Task.Priority.NORMAL, "high": Task.Priority.HIGH}


def load_board(
    story: Story,
    business: Business,
    people: Mapping[str, User],
    initiatives: Mapping[str, Initiative],
) -> None:
    """Rows only, without counting: what the story tells of its initiatives is typed."""
    told = story["tasks"]
    BoardSettings.objects.create(business=business)
    for meaning, limit in told["wip_limit"].items():
        place = 10 * list(Task.Status.values).index(meaning)
        Column.objects.create(
            business=business, meaning=meaning, is_usual=True, limit=limit, position=place
        )
    for number, task in enumerate(told["tasks"], 1):
        _task(story, business, people, initiatives.get(task["initiative"] or ""), task, number)


def _task(
    story: Story,
    business: Business,
    people: Mapping[str, User],
    initiative: Initiative | None,
    told: dict[str, Any],
    number: int,
) -> None:
    ended, since = told.get("done_on"), told.get("hold_since")
    task = Task.objects.create(
        business=business,
        initiative=initiative,
        title=story.told(told["title"]),
        status=told["column"],
        role=told["role"] or "",
        assignee=people.get(told["assignee"] or ""),
        reviewer=people.get(told.get("reviewer", "")),
        due_date=story.day(told["due"]) if told["due"] else None,
        priority=PRIORITIES[told["priority"]],
        hold_reason=story.told(told.get("hold_reason")) or "",
        hold_since=story.day(since) if since else None,
        done_at=story.moment(ended) if ended else None,
        position=number * GAP,
    )
    Step.objects.bulk_create(
        Step(task=task, text=step["text"], is_done=step["done"], position=place)
        for place, step in enumerate(told.get("checklist", ()))
    )
