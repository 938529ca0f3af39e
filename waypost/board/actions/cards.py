"""Verbs on single tasks: adding, changing, removing."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from waypost.accounts.log import record
from waypost.accounts.models import Business, Deed, Thing, User
from waypost.board.actions.noting import TOPIC, count, note, touch
from waypost.board.actions.telling import tell_assigned
from waypost.board.models import GAP, Column, Status, Step, Task, TaskEvent
from waypost.board.repeating import rule_for
from waypost.goals import actions as goals
from waypost.goals.models import Initiative
from waypost.kit.errors import Refusal
from waypost.live import actions as live

KEPT = (
    "title",
    "description",
    "status",
    "role",
    "priority",
    "position",
    "hold_reason",
    "repeats",
    "repeats_when",
)
"""What is told of a removed task, besides its links and days."""
DAYS = ("due_date", "hold_since")


class CardFields(TypedDict, total=False):
    """What a person may say about a task."""

    title: str
    description: str
    role: str
    assignee: User | None
    reviewer: User | None
    due_date: dt.date | None
    priority: int
    initiative: Initiative | None
    repeats: str
    repeats_when: str


@transaction.atomic
def add_card(
    business: Business,
    *,
    by: User | None,
    column: Column | None = None,
    **fields: Unpack[CardFields],
) -> Task:
    """A new task at the end of ``column``, which is the backlog unless it is given.

    Raises ``Refusal`` (field ``title``) for an empty title.
    """
    fields["title"] = named(fields.get("title", ""))
    task = Task.objects.create(
        business=business,
        status=column.meaning if column else Status.BACKLOG,
        column=None if column is None or column.is_usual else column,
        position=last_place(business),
        created_by=by,
        updated_by=by,
        **fields,
    )
    note(task, TaskEvent.What.ADDED, by=by)
    tell_assigned(task, by=by)
    live.tell(business, TOPIC, task.pk, version=task.version, by=by)
    count(task.initiative)
    return task


def add_task(initiative: Initiative, *, title: str, by: User | None = None) -> Task:
    """A new task of ``initiative`` in the backlog; raises ``Refusal`` (field ``title``)."""
    return add_card(initiative.business, by=by, title=title, initiative=initiative)


def last_place(business: Business) -> int:
    """A position below all others."""
    last = business.tasks.aggregate(last=Max("position"))["last"]
    return (last or 0) + GAP


@transaction.atomic
def change_card(task: Task, changes: Mapping[str, Any], *, by: User | None) -> Task:
    """Write the named fields; what did not change is not noted.

    Raises ``Refusal`` with the field that is wrong: what a task needs where it stands is
    not taken away from it.
    """
    if "title" in changes:
        changes = {**changes, "title": named(changes["title"])}
    before = {name: getattr(task, name) for name in changes}
    changed = [name for name in changes if before[name] != changes[name]]
    _refuse_emptying(task, {name: changes[name] for name in changed})
    left = task.initiative
    for name in changed:
        setattr(task, name, changes[name])
        note(task, TaskEvent.What.CHANGED, by=by, name=name, old=before[name], new=changes[name])
    if not changed:
        return task
    task.updated_by = by
    if {"repeats", "due_date"} & set(changed):
        task.repeats = rule_for(task.repeats, task.due_date)
    task.save(update_fields=[*changed, "repeats", "updated_by", "updated_at"])
    touch(task, by=by)
    if "assignee" in changed:
        tell_assigned(task, by=by)
    if "initiative" in changed:
        count(left)
        count(task.initiative)
    return task


def edit_task(
    task: Task,
    *,
    title: str,
    assignee: User | None,
    due_date: dt.date | None,
    by: User | None = None,
) -> Task:
    """Raises ``Refusal`` with the field that is wrong."""
    changes = {"title": title, "assignee": assignee, "due_date": due_date}
    return change_card(task, changes, by=by)


NEEDS: Mapping[str, tuple[str, ...]] = {
    Status.NEXT: ("assignee", "due_date"),
    Status.IN_PROGRESS: ("assignee",),
}


def _refuse_emptying(task: Task, changes: Mapping[str, Any]) -> None:
    for name in NEEDS.get(task.status, ()):
        if name in changes and changes[name] is None:
            raise Refusal(
                _("A task that is “%(status)s” needs this. Move it to the backlog first.")
                % {"status": task.get_status_display()},
                field=name,
            )
    assignee = changes.get("assignee", task.assignee)
    reviewer = changes.get("reviewer", task.reviewer)
    if {"assignee", "reviewer"} & set(changes) and reviewer and assignee == reviewer:
        raise Refusal(_("Whoever does the task does not review it, too."), field="reviewer")


def count_tasks(initiative: Initiative, *, counted: bool) -> None:
    """From now on its progress is the share of its tasks that are done, or it is typed."""
    if counted:
        count(initiative, anyway=True)
    else:
        goals.set_progress(initiative, None)


@transaction.atomic
def remove(task: Task, *, by: User | None = None) -> dict[str, Any]:
    """Delete it; the answer is what :func:`put_back` takes."""
    task.refresh_from_db()
    kept: dict[str, Any] = {
        "pk": task.pk,
        "initiative_id": task.initiative_id,
        "assignee_id": task.assignee_id,
        "reviewer_id": task.reviewer_id,
        "column_id": task.column_id,
        "labels": list(task.labels.values_list("pk", flat=True)),
        "steps": list(task.steps.values_list("text", "is_done")),
        "links": list(task.links.values_list("key", "title", "path")),
        "attachments": list(task.attachments.values_list("asset_id", "name", "url")),
        "done_at": task.done_at.isoformat() if task.done_at else None,
        **{name: _iso(getattr(task, name)) for name in DAYS},
        **{name: getattr(task, name) for name in KEPT},
    }
    live.tell(task.business, TOPIC, task.pk, version=task.version + 1, by=by)
    record(task.business, Thing.TASK, Deed.REMOVED, by=by, on=task)
    task.delete()
    count(task.initiative)
    return kept


@transaction.atomic
def put_back(business: Business, kept: dict[str, Any], *, by: User | None = None) -> Task:
    """Undo :func:`remove`, once however often it is asked for.

    Raises ``Initiative.DoesNotExist`` when its initiative is gone by now.
    """
    initiative_id = kept["initiative_id"]
    initiative = business.initiatives.get(pk=initiative_id) if initiative_id else None
    people = User.objects.filter(memberships__business=business)
    column = business.board_columns.filter(pk=kept["column_id"] or 0, is_usual=False).first()
    task, new = Task.objects.get_or_create(
        pk=kept["pk"],
        defaults={
            "business": business,
            "initiative": initiative,
            "assignee": people.filter(pk=kept["assignee_id"] or 0).first(),
            "reviewer": people.filter(pk=kept["reviewer_id"] or 0).first(),
            "column": column,
            "done_at": dt.datetime.fromisoformat(kept["done_at"]) if kept["done_at"] else None,
            "updated_by": by,
            **{name: _day(kept[name]) for name in DAYS},
            **{name: kept[name] for name in KEPT},
        },
    )
    if new:
        _put_back_more(task, kept)
        note(task, TaskEvent.What.ADDED, by=by)
        record(business, Thing.TASK, Deed.RESTORED, by=by, on=task)
        touch(task, by=by)
    count(initiative)
    return task


def _put_back_more(task: Task, kept: dict[str, Any]) -> None:
    business = task.business
    task.labels.set(business.labels.filter(pk__in=kept["labels"]))
    for place, (text, is_done) in enumerate(kept["steps"]):
        Step.objects.create(task=task, text=text, is_done=is_done, position=place)
    for key, title, path in kept["links"]:
        task.links.create(key=key, title=title, path=path)
    for asset_id, name, url in kept["attachments"]:
        asset = business.assets.filter(pk=asset_id or 0).first()
        if asset or url:
            task.attachments.create(asset=asset, name=name, url=url)


def hand_over_tasks(
    business: Business, *, from_user: User, to_user: User | None, hat: str | None = None
) -> int:
    """Every task still to do, or only those of one ``hat`` (their own, else their initiative's);
    answers how many. What they should review is reviewed by ``to_user``, too.
    """
    rows = business.tasks.held_by(from_user)
    if hat is not None:
        rows = rows.filter(role=hat) | rows.filter(role="", initiative__owner_role=hat)
    moved = business.tasks.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        assignee=to_user
    )
    if hat is None:
        reviews = business.tasks.open().filter(reviewer=from_user)
        reviews.exclude(assignee=to_user).update(reviewer=to_user)
        business.tasks.open().filter(reviewer=from_user).update(reviewer=None)
    live.tell(business, TOPIC, by=None)
    return moved


def named(title: str) -> str:
    """``title`` without its edges; raises ``Refusal`` when nothing is left."""
    if not title.strip():
        raise Refusal(_("Write what is to be done."), field="title")
    return title.strip()


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
