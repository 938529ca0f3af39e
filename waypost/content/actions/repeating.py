"""Posts that come again: made ahead by the worker, changed one by one or from one on."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.content.actions.copying import copy_of, take_over
from waypost.content.actions.deciding import may
from waypost.content.models import MOVABLE, Evergreen, Item, Repeat, Status
from waypost.content.queue import Plan
from waypost.content.recurring import occurrences
from waypost.kit.errors import Refusal

AHEAD = timedelta(days=28)
"""So far ahead occurrences are items that one sees, moves and changes."""
FILLED_AHEAD = timedelta(days=7)
"""Posting times this near that nothing fills are given to evergreen posts."""


def start_repeat(item: Item, *, rule: str, by: User) -> Repeat:
    """Repeat the item at its time of the day from its own day on. Raises ``Refusal``."""
    _require(item, by)
    if item.due_at is None:
        raise Refusal(_("Give the post a day and a time first. It is repeated from then on."))
    if item.repeat_id:
        raise Refusal(_("This post comes from a repeat already. End that one first."))
    wall = item.due_at.astimezone(item.business.zone)
    with transaction.atomic():
        repeat = Repeat.objects.create(
            business=item.business,
            source=item,
            rule=rule,
            first_date=wall.date(),
            clock=wall.time().replace(second=0, microsecond=0),
            time_zone=item.business.time_zone,
            made_until=wall.date(),
            created_by=by,
        )
        Item.objects.filter(pk=item.pk).update(repeat=repeat, occurrence_date=wall.date())
    make_ahead(repeat)
    return repeat


def make_ahead(repeat: Repeat) -> int:
    """Make the items of the weeks ahead; called as often as one likes. Answers how many."""
    if repeat.ended_at is not None:
        return 0
    until = timezone.now().astimezone(repeat.zone).date() + AHEAD
    found = list(
        occurrences(
            repeat.rule,
            repeat.first_date,
            repeat.clock,
            repeat.zone,
            after=repeat.made_until,
            until=until,
        )
    )
    made = sum(_make(repeat, each.date, each.at) for each in found if each.at > timezone.now())
    Repeat.objects.filter(pk=repeat.pk).update(made_until=until)
    repeat.made_until = until
    return made


def _make(repeat: Repeat, day: date, at: datetime) -> bool:
    try:
        with transaction.atomic():
            copy_of(repeat.source, due_at=at, repeat=repeat, occurrence_date=day)
    except IntegrityError:  # another worker made it
        return False
    return True


def following(item: Item) -> list[Item]:
    """Later occurrences of its repeat that have not gone out."""
    if item.repeat_id is None or item.occurrence_date is None:
        return []
    rows = Item.objects.filter(repeat=item.repeat_id, status__in=MOVABLE)
    return list(rows.filter(occurrence_date__gt=item.occurrence_date).order_by("occurrence_date"))


@transaction.atomic
def change_following(item: Item, *, by: User) -> int:
    """Let all later occurrences say what this one says now; answers how many there are."""
    _require(item, by)
    if item.repeat is None:
        raise Refusal(_("This post does not repeat."))
    rows = following(item)
    for row in rows:
        take_over(row, item)
    Repeat.objects.filter(pk=item.repeat.pk).update(source=item)
    return len(rows)


@transaction.atomic
def end_repeat(repeat: Repeat, *, by: User) -> int:
    """Make no more of it, and cancel what is planned from now on; answers how many."""
    _require(repeat.source, by)
    repeat.ended_at = timezone.now()
    repeat.save(update_fields=["ended_at"])
    rows = repeat.items.filter(status__in=MOVABLE, due_at__gt=timezone.now())
    return rows.exclude(pk=repeat.source_id).update(status=Status.CANCELLED)


def add_evergreen(
    item: Item, *, cool_down_days: int, expires_on: date | None, max_runs: int | None, by: User
) -> Evergreen:
    """Put the item on the shelf, or change how it stands there. Raises ``Refusal``."""
    _require(item, by)
    values = {
        "cool_down_days": cool_down_days,
        "expires_on": expires_on,
        "max_runs": max_runs,
        "added_by": by,
    }
    return Evergreen.objects.update_or_create(item=item, defaults=values)[0]


def fill_empty_times(business_id: int, plan: Plan) -> int:
    """Give posting times of the days ahead that nothing fills to evergreen posts.

    The one that was out longest ago comes first. Answers how many were made.
    """
    shelf = list(
        Evergreen.objects.filter(item__business=business_id).select_related("item__business")
    )
    made = 0
    for evergreen in sorted(shelf, key=_last_run):
        made += _run_once(evergreen, plan)
    return made


def _last_run(evergreen: Evergreen) -> str:
    runs = _runs(evergreen)
    return str(runs[-1] if runs else evergreen.item.due_at or "")


def _runs(evergreen: Evergreen) -> list[datetime]:
    rows = evergreen.runs.exclude(status=Status.CANCELLED).order_by("due_at")
    return [at for at in rows.values_list("due_at", flat=True) if at is not None]


def _run_once(evergreen: Evergreen, plan: Plan) -> bool:
    item, connections = evergreen.item, [v.connection for v in evergreen.item.variants.all()]
    runs = _runs(evergreen)
    if not connections or (evergreen.max_runs is not None and len(runs) >= evergreen.max_runs):
        return False
    latest = max([*runs, *([item.due_at] if item.due_at else [])], default=None)
    after = latest + timedelta(days=evergreen.cool_down_days) if latest else None
    at = plan.next_free(connections, after=after)
    if at is None or at > plan.now + FILLED_AHEAD:
        return False
    if evergreen.expires_on and at.astimezone(item.business.zone).date() > evergreen.expires_on:
        return False
    copy_of(item, due_at=at, run_of=evergreen, in_queue=True)
    plan.take(connections, at)
    return True


def _require(item: Item, by: User) -> None:
    if not may(item, by, "content.approve"):
        raise Refusal(_("Your role does not allow this. Ask an editor or the owner."))
