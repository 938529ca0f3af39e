"""The board as a file: a table, a workbook, or a board for Trello; and how to bring one in."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.board.actions.bringing import bring_in, guess
from waypost.board.columns import columns_of
from waypost.board.models import Status, Task
from waypost.board.models.tasks import TaskQuerySet
from waypost.board.reading_files import read_board_file
from waypost.board.trello import TO_TRELLO, write_trello
from waypost.documents.kinds import BadFile, ExportKind, ImportKind, ImportResult
from waypost.documents.rendering import render
from waypost.documents.values import Column, Kind, Letterhead, Row, Sheet, Workbook
from waypost.talk.models import Comment

FORMATS = ("csv", "xlsx", "json")


def tasks_of(business: Business, rows: TaskQuerySet | None = None) -> list[Task]:
    found = business.tasks.on_board() if rows is None else rows
    wanted = found.select_related("assignee", "reviewer", "initiative", "column")
    return list(wanted.prefetch_related("labels", "steps", "attachments"))


def workbook(business: Business | None, tasks: list[Task]) -> Workbook:
    names = {each.key: str(each) for each in columns_of(business)} if business else {}
    head = Letterhead(_("Board"), business.name if business else "", timezone.localdate())
    columns = (
        Column(_("Task"), width=44, typed=True),
        Column(_("Column"), width=16, choices=tuple(names.values()), typed=True),
        Column(_("Who"), width=20, typed=True),
        Column(_("Reviewer"), width=20, typed=True),
        Column(_("Due"), Kind.DATE, width=14, typed=True),
        Column(_("Priority"), width=12, typed=True),
        Column(_("Role"), width=16, typed=True),
        Column(_("Labels"), width=20, typed=True),
        Column(_("Initiative"), width=30),
        Column(_("Checklist"), width=34, typed=True),
        Column(_("Why it waits"), width=28, typed=True),
        Column(_("Done on"), Kind.DATE, width=14),
        Column(_("Description"), width=50, typed=True),
        Column(_("Number"), Kind.NUMBER, width=10),
    )
    rows = tuple(Row(_cells(task, names)) for task in tasks)
    above = ((_("Board"),), (business.name if business else "",))
    sheet = Sheet(_("Board"), columns, rows, above, frozen_columns=1, landscape=True)
    return Workbook(head, (sheet,))


def _cells(task: Task, names: dict[str, str]) -> tuple[Any, ...]:
    steps = "\n".join(f"[{'x' if step.is_done else ' '}] {step.text}" for step in task.steps.all())
    return (
        task.title,
        names.get(task.column_key, str(task.get_status_display())),
        str(task.assignee or ""),
        str(task.reviewer or ""),
        task.due_date,
        str(task.get_priority_display()),
        str(task.get_role_display()),
        ", ".join(map(str, task.labels.all())),
        task.initiative.title if task.initiative else "",
        steps,
        task.hold_reason,
        timezone.localtime(task.done_at).date() if task.done_at else None,
        task.description,
        task.pk,
    )


def trello_values(business: Business, tasks: list[Task]) -> dict[str, Any]:
    """Lists, cards and the rest beside each other, as Trello's own export has them."""
    people = [member.user for member in business.members.select_related("user")]
    columns = columns_of(business)
    return {
        "closed": False,
        "lists": [
            {"id": f"list-{each.key}", "name": str(each), "closed": False, "pos": 1024 * place}
            for place, each in enumerate(columns, 1)
        ],
        "labels": [
            {"id": f"label-{each.pk}", "name": each.name, "color": TO_TRELLO[each.colour]}  # type: ignore[index]
            for each in business.labels.all()
        ],
        "members": [
            {"id": f"member-{each.pk}", "fullName": str(each), "username": each.email.split("@")[0]}
            for each in people
        ],
        "cards": [_card(task, place) for place, task in enumerate(tasks, 1)],
        "checklists": [_checklist(task) for task in tasks if task.steps.all()],
        "actions": _comments(business, {task.pk for task in tasks}),
    }


def _card(task: Task, place: int) -> dict[str, Any]:
    due = f"{task.due_date}T12:00:00.000Z" if task.due_date else None
    labels = [f"label-{each.pk}" for each in task.labels.all()]
    return {
        "id": f"card-{task.pk}",
        "name": task.title,
        "desc": task.description,
        "idList": f"list-{task.column_key}",
        "closed": task.archived_at is not None,
        "pos": 1024 * place,
        "due": due,
        "dueComplete": task.status == Status.DONE,
        "idMembers": [f"member-{task.assignee_id}"] if task.assignee_id else [],
        "idLabels": labels,
        "idChecklists": [f"checklist-{task.pk}"] if task.steps.all() else [],
        "attachments": [
            {"id": f"attachment-{each.pk}", "name": str(each), "url": each.url}
            for each in task.attachments.all()
            if each.url
        ],
    }


def _checklist(task: Task) -> dict[str, Any]:
    items = [
        {
            "id": f"item-{step.pk}",
            "name": step.text,
            "state": "complete" if step.is_done else "incomplete",
            "pos": 1024 * place,
        }
        for place, step in enumerate(task.steps.all(), 1)
    ]
    return {
        "id": f"checklist-{task.pk}",
        "idCard": f"card-{task.pk}",
        "name": "Checklist",
        "pos": 1024,
        "checkItems": items,
    }


def _comments(business: Business, wanted: set[int]) -> list[dict[str, Any]]:
    rows = business.comments.standing().filter(thread__startswith="board/task/")
    return [
        {
            "id": f"comment-{each.pk}",
            "type": "commentCard",
            "date": each.created_at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
            "idMemberCreator": f"member-{each.author_id}",
            "memberCreator": {"fullName": str(each.author or "")},
            "data": {"text": each.text, "card": {"id": f"card-{_task_key(each)}"}},
        }
        for each in rows.select_related("author")
        if _task_key(each) in wanted
    ]


def _task_key(comment: Comment) -> int:
    return int(comment.thread.rpartition("/")[2])


def write(business: Business | None, tasks: list[Task], format_name: str) -> bytes:
    if format_name == "json":
        told = trello_values(business, tasks) if business else {"lists": [], "cards": []}
        return write_trello(business.name if business else _("Board"), told)
    return render(workbook(business, tasks), format_name)


def _renderer(format_name: str) -> Any:
    def rendered(business: Business | None, *, blank: bool = False) -> bytes:
        tasks = tasks_of(business) if business and not blank else []
        return write(business, tasks, format_name)

    return rendered


def read_file(business: Business, file: Path, dry_run: bool) -> ImportResult:
    """Lists and people are matched by name. Raises ``BadFile``."""
    with file.open("rb") as stream:
        found = read_board_file(stream, file.name, file.stat().st_size)
    if not found.cards:
        raise BadFile(_("There is no card in this file."))
    outcome = bring_in(business, found, guess(business, found), by=None, dry_run=dry_run)
    return ImportResult(len(outcome.added), 0, len(outcome.known) + outcome.left_out)


BOARD_OUT = ExportKind("board", {name: _renderer(name) for name in FORMATS})
BOARD_IN = ImportKind("board", read_file)
