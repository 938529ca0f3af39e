"""Moving a card: by hand, by Undo, by what happened elsewhere. The rules stand in ``rules``."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.board.actions.noting import TOPIC, count, note
from waypost.board.actions.repeats import bring_next
from waypost.board.columns import columns_of, find_column
from waypost.board.models import GAP, TASK, BoardSettings, Column, Status, Task, TaskEvent
from waypost.board.rules import Given, faults
from waypost.board.team import Team, team_of
from waypost.kit.errors import Refusal
from waypost.live import actions as live

TOP, END = 0, -1
"""Instead of the key of the card above: first in its column, last in its column."""


class Overtaken(Exception):
    """Somebody else moved ``task`` (as it is now) after the person saw it."""

    def __init__(self, task: Task) -> None:
        super().__init__(f"task {task.pk} was moved {task.moves} times")
        self.task = task


@dataclass(frozen=True)
class Move:
    """Where a card shall go; ``seen`` is how often it had been moved when the person saw it."""

    to: Column
    seen: int
    below: int = END  # key of the card above, TOP or END
    given: Given = field(default_factory=Given)


@transaction.atomic
def move_card(task: Task, move: Move, *, by: User, team: Team | None = None) -> dict[str, Any]:
    """Put it where ``move`` says; the answer is what :func:`undo_move` takes.

    Raises ``Refusal`` with what is missing, ``Overtaken`` when the card was moved meanwhile.
    """
    task = _fresh(task)
    if task.moves != move.seen:
        raise Overtaken(task)
    settings = _lock(task.business)
    team = team or team_of(task.business)
    wrong = faults(task, move.to, move.given, team=team, by=by, at_work=settings.at_work)
    if wrong:
        raise wrong[0]
    before = _place_of(task)
    changes = _changes(task, move, team)
    if not write_place(task, move.to.meaning, changes):
        raise Overtaken(_fresh(task))
    task.refresh_from_db()
    _tell(task, before, move, by=by)
    return {**before, "pk": task.pk, "moves": task.moves}


def _lock(business: Business) -> BoardSettings:
    """Two moves at once must not both be the third of three."""
    row, _new = BoardSettings.objects.select_for_update().get_or_create(business=business)
    return row


def _fresh(task: Task) -> Task:
    return Task.objects.select_related("business", "initiative", "column").get(pk=task.pk)


def _place_of(task: Task) -> dict[str, Any]:
    return {
        "status": task.status,
        "column_id": task.column_id,
        "position": task.position,
        "hold_reason": task.hold_reason,
        "hold_since": task.hold_since.isoformat() if task.hold_since else None,
        "done_at": task.done_at.isoformat() if task.done_at else None,
    }


def _changes(task: Task, move: Move, team: Team) -> dict[str, Any]:
    given, to = move.given, move.to
    changes: dict[str, Any] = {
        "column_id": None if to.is_usual else to.pk,
        "position": _position(task, move),
        **given.fields,
    }
    if to.meaning == Status.ON_HOLD and (task.status != Status.ON_HOLD or given.reason):
        changes["hold_reason"] = given.reason.strip()
        if task.status != Status.ON_HOLD:
            changes["hold_since"] = timezone.localdate()
    elif to.meaning != Status.ON_HOLD:
        changes |= {"hold_reason": "", "hold_since": None}
    if to.meaning == Status.DONE and not task.done_at:
        changes["done_at"] = timezone.now()
    elif to.meaning != Status.DONE:
        changes["done_at"] = None
    return changes


def _position(task: Task, move: Move) -> int:
    """Between the card above and the one below it in the column."""
    rows = task.business.tasks.on_board().filter(
        status=move.to.meaning, column=None if move.to.is_usual else move.to
    )
    places = list(rows.exclude(pk=task.pk).order_by("position", "pk").values_list("pk", "position"))
    keys = [pk for pk, _place in places]
    if move.below == TOP:
        at = 0
    else:
        at = keys.index(move.below) + 1 if move.below in keys else len(places)
    low = places[at - 1][1] if at else None
    high = places[at][1] if at < len(places) else None
    if high is None:
        return GAP if low is None else low + GAP
    if low is None:
        return high - GAP
    return _between(task.business, low, high)


def _between(business: Business, low: int, high: int) -> int:
    if high - low > 1:
        return (low + high) // 2
    # No room left: everything below moves down by one gap, in one statement.
    business.tasks.filter(position__gte=high).update(position=F("position") + GAP)
    live.tell(business, TOPIC, by=None)
    return low + GAP // 2


def write_place(task: Task, new: str, changes: dict[str, Any], *, anyhow: bool = False) -> bool:
    """Compare and set on how often the card was moved."""
    seen = task.moves
    changes = {**changes, "moves": seen + 1, "version": task.version + 1}
    if new != task.status and not anyhow:
        return TASK.move(task, task.status, new, holding={"moves": seen}, **changes)
    rows = Task.objects.filter(pk=task.pk, moves=seen)
    return bool(rows.update(status=new, **changes))


def _tell(task: Task, before: dict[str, Any], move: Move, *, by: User) -> None:
    given = move.given
    Task.objects.filter(pk=task.pk).update(updated_by=by)
    if (before["status"], before["column_id"]) != (task.status, task.column_id):
        names = {each.key: str(each) for each in columns_of(task.business)}
        old = names.get(str(before["column_id"] or before["status"]), "")
        said = given.reason or given.comment
        new = str(move.to) + (f": {said.strip()}" if said else "")
        note(task, TaskEvent.What.MOVED, by=by, old=old, new=new)
    for name, value in given.fields.items():
        note(task, TaskEvent.What.CHANGED, by=by, name=name, new=value)
    live.tell(task.business, TOPIC, task.pk, version=task.version, by=by)
    if before["status"] != task.status and Status.DONE in (before["status"], task.status):
        count(task.initiative)
        if task.is_done:
            bring_next(task, by=by)


@transaction.atomic
def undo_move(business: Business, kept: dict[str, Any], *, by: User) -> Task:
    """Put the card back where it stood. Raises ``Refusal`` when it was moved since."""
    task = business.tasks.select_related("initiative").filter(pk=kept["pk"]).first()
    if task is None or task.archived_at:
        raise Refusal(_("This task is no longer on the board."))
    task.business = business
    column = business.board_columns.filter(pk=kept["column_id"] or 0).first()
    changes = {
        "column_id": column.pk if column else None,
        "position": kept["position"],
        "hold_reason": kept["hold_reason"],
        "hold_since": _date(kept["hold_since"]),
        "done_at": dt.datetime.fromisoformat(kept["done_at"]) if kept["done_at"] else None,
        "updated_by": by,
    }
    was = task.status
    if task.moves != kept["moves"] or not write_place(task, kept["status"], changes, anyhow=True):
        raise Refusal(_("Somebody moved this task since, so it stays where it is."))
    task.refresh_from_db()
    names = dict(Status.choices)
    note(task, TaskEvent.What.MOVED, by=by, old=names[was], new=names[task.status])
    live.tell(business, TOPIC, task.pk, version=task.version, by=by)
    count(task.initiative)
    return task


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@transaction.atomic
def finish(task: Task, *, by: User) -> None:
    """Tick it: along the shortest way to done. Raises ``Refusal`` at what is missing.

    Where somebody else reviews, it waits in review for them instead.
    """
    team = team_of(task.business)
    for _step in Status:
        task.refresh_from_db()
        step = None if task.is_done else _towards_done(task, team, by)
        if step is None:
            return
        column = find_column(task.business, step)
        assert column is not None
        move_card(
            task, Move(column, task.moves, given=_usual(task, step, team, by)), by=by, team=team
        )


def _towards_done(task: Task, team: Team, by: User) -> str | None:
    """The next meaning on the way; None where it waits for somebody else."""
    if task.status == Status.REVIEW:
        waits = team.shares_work and not team.is_solo and by.pk == task.assignee_id
        return None if waits else Status.DONE
    if task.status == Status.IN_PROGRESS:
        return Status.DONE if team.is_solo else Status.REVIEW
    return Status.IN_PROGRESS if task.status != Status.BACKLOG else Status.NEXT


def _usual(task: Task, step: str, team: Team, by: User) -> Given:
    """What goes without saying when somebody ticks a task: it was theirs, and for today."""
    fields: dict[str, Any] = {}
    if step in (Status.NEXT, Status.IN_PROGRESS):
        if task.assignee_id is None:
            fields["assignee"] = by
        if task.due_date is None and step == Status.NEXT:
            fields["due_date"] = timezone.localdate()
    if step == Status.REVIEW and task.reviewer_id is None:
        fields["reviewer"] = team.usual_reviewer(task.assignee)
    return Given(fields=fields, passing=True)


@transaction.atomic
def reopen(task: Task, *, by: User) -> None:
    """Take the tick away: it is one of the next, or of the backlog while nobody does it."""
    task.refresh_from_db()
    if not task.is_done:
        return
    ready = task.assignee_id is not None and task.due_date is not None
    column = find_column(task.business, Status.NEXT if ready else Status.BACKLOG)
    assert column is not None
    Task.objects.filter(pk=task.pk).update(archived_at=None, period=None)
    move_card(task, Move(column, task.moves), by=by)


@transaction.atomic
def move(task: Task, *, by: int) -> None:
    """Change places with the neighbour in its initiative, above (``by`` −1) or below (1)."""
    row = list(Task.objects.filter(business=task.business, initiative=task.initiative))
    here = row.index(task)
    there = here + by
    if not 0 <= there < len(row):
        return
    row[here].position, row[there].position = row[there].position, row[here].position
    if row[here].position == row[there].position:
        row[here].position += by
    Task.objects.bulk_update([row[here], row[there]], ["position"])
    live.tell(task.business, TOPIC, by=None)
