"""Cards that follow what was decided elsewhere: a post goes to review, and its card with it.

The app above calls down; the board never asks what a link stands for.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.board.actions.moves import write_place
from waypost.board.actions.noting import TOPIC, count, note
from waypost.board.actions.repeats import bring_next
from waypost.board.models import Status, Task, TaskEvent
from waypost.live import actions as live


@transaction.atomic
def follow(business: Business, key: str, *, to: str, by: User | None, words: str = "") -> int:
    """Put every card linked to ``key`` into the usual column of meaning ``to``.

    What was decided elsewhere is a fact: no limit and no question holds it up. A card that
    stands there already stays. Answers how many were moved.
    """
    rows = business.tasks.on_board().linked_to(key).exclude(status=to)
    return sum(_follow(task, to, by, words) for task in rows.select_related("initiative"))


def _follow(task: Task, to: str, by: User | None, words: str) -> bool:
    was = task.status
    changes: dict[str, Any] = {
        "column_id": None,
        "hold_reason": words if to == Status.ON_HOLD else "",
        "hold_since": timezone.localdate() if to == Status.ON_HOLD else None,
        "done_at": timezone.now() if to == Status.DONE else None,
        "updated_by": by,
    }
    if not write_place(task, to, changes, anyhow=True):
        return False  # somebody drags it this very moment, and theirs is the later word
    task.refresh_from_db()
    names = dict(Status.choices)
    new = str(names[to]) + (f": {words}" if words else "")
    note(task, TaskEvent.What.MOVED, by=by, old=names[was], new=new)
    live.tell(task.business, TOPIC, task.pk, version=task.version, by=by)
    if Status.DONE in (was, to):
        count(task.initiative)
        if task.is_done:
            bring_next(task, by=by)
    return True
