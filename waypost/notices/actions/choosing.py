"""What people want to be told of, and how."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db import transaction

from waypost.accounts.models import User
from waypost.notices.kinds import WORDS, Kind, Way
from waypost.notices.models import Choice, Habit


def wanted(people: Iterable[User], kind: Kind) -> dict[int, frozenset[str]]:
    """By the key of each person the ways in which they want this kind; one query."""
    usual = WORDS[kind].ways
    found = {person.pk: set(usual) for person in people}
    for row in Choice.objects.filter(user__in=found, kind=kind):
        (found[row.user_id].add if row.wanted else found[row.user_id].discard)(row.way)
    return {pk: frozenset(ways) for pk, ways in found.items()}


def grid(user: User) -> dict[tuple[str, str], bool]:
    """(kind, way) → whether the person wants it; one query."""
    cells = {(kind, way): way in WORDS[kind].ways for kind in Kind.values for way in Way.values}
    for row in user.notice_choices.all():
        if (row.kind, row.way) in cells:
            cells[row.kind, row.way] = row.wanted
    return cells


@transaction.atomic
def choose(user: User, chosen: Collection[tuple[str, str]]) -> None:
    """``chosen`` holds every (kind, way) that the person wants; only what is unusual is kept."""
    rows = [
        Choice(user=user, kind=kind, way=way, wanted=(kind, way) in chosen)
        for kind in Kind.values
        for way in Way.values
        if ((kind, way) in chosen) != (way in WORDS[kind].ways)
    ]
    user.notice_choices.all().delete()
    Choice.objects.bulk_create(rows)


def turn_off(user: User, way: Way, kinds: Iterable[str] = Kind.values) -> None:
    """Nothing of these kinds in this way any more."""
    for kind in kinds:
        Choice.objects.update_or_create(user=user, kind=kind, way=way, defaults={"wanted": False})


def set_habit(user: User, *, digest_at: dt.time, time_zone: str) -> Habit:
    """An empty ``time_zone`` means that of their first business."""
    values = {"digest_at": digest_at, "time_zone": time_zone}
    habit, _new = Habit.objects.update_or_create(user=user, defaults=values)
    return habit
