"""When the demo shop posts, what repeats there, and what stays true."""

import datetime as dt

from waypost.accounts.models import Business, User
from waypost.content.models import Evergreen, Item, Repeat, Slot, Status

TIMES = ((1, dt.time(18)), (3, dt.time(18)), (5, dt.time(10)))
"""Tuesday, Thursday and Saturday."""


def load_rhythm(business: Business, *, by: User) -> None:
    """Posting times of every channel, one repeat and one evergreen post."""
    Slot.objects.bulk_create(
        Slot(business=business, connection=channel, weekday=weekday, clock=clock)
        for channel in business.connections.all()
        for weekday, clock in TIMES
    )
    out = business.items.filter(status=Status.PUBLISHED).order_by("due_at", "pk").first()
    if out is not None:
        Evergreen.objects.create(item=out, cool_down_days=90, max_runs=4, added_by=by)
    coming = business.items.filter(status=Status.SCHEDULED, due_at__isnull=False)
    if (source := coming.order_by("due_at", "pk").last()) is not None:
        _repeat(business, source, by)


def _repeat(business: Business, source: Item, by: User) -> None:
    """Every week from the last planned post on; the story itself tells what comes before."""
    assert source.due_at is not None
    wall = source.due_at.astimezone(business.zone)
    repeat = Repeat.objects.create(
        business=business,
        source=source,
        rule="FREQ=WEEKLY",
        first_date=wall.date(),
        clock=wall.time(),
        time_zone=business.time_zone,
        made_until=wall.date(),
        created_by=by,
    )
    Item.objects.filter(pk=source.pk).update(repeat=repeat, occurrence_date=wall.date())
