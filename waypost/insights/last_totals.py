"""The newest totals of each post, kept beside its snapshots.

A year of twenty accounts is ten thousand posts and a hundred thousand snapshots and more; the
pages of numbers read the newest of each from a table of their own. Whoever writes snapshots does
so here.
"""

from collections.abc import Collection, Sequence

from django.db import transaction

from waypost.connections.models import Connection
from waypost.insights.models import POST_METRICS, LastTotals, PostSnapshot
from waypost.publishing.models import Delivery

COPIED = ("taken_at", *POST_METRICS)


@transaction.atomic
def add(snapshots: Sequence[PostSnapshot]) -> None:
    """Keep ``snapshots``; four queries for up to 500."""
    PostSnapshot.objects.bulk_create(snapshots, batch_size=500)
    _keep({each.delivery_id for each in snapshots})


@transaction.atomic
def change(snapshots: Sequence[PostSnapshot]) -> None:
    """Write the numbers and the source of ``snapshots`` anew."""
    PostSnapshot.objects.bulk_update(snapshots, [*POST_METRICS, "source"], batch_size=200)
    _keep({each.delivery_id for each in snapshots})


def _keep(deliveries: Collection[int]) -> None:
    """Copy the newest snapshot of each of ``deliveries``.

    Two writers of one account come after one another, so that the second sees what the first
    has written.
    """
    if not deliveries:
        return
    _hold(deliveries)
    rows = PostSnapshot.objects.newest_of(Delivery.objects.filter(pk__in=deliveries))
    LastTotals.objects.bulk_create(
        (
            LastTotals(**dict(zip(("delivery_id", *COPIED), row, strict=True)))
            for row in rows.values_list("delivery_id", *COPIED)
        ),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["delivery"],
        update_fields=COPIED,
    )


def _hold(deliveries: Collection[int]) -> None:
    accounts = Connection.objects.filter(deliveries__in=deliveries).order_by("pk").values("pk")
    # Not their keys: rows that point to them may still be written.
    held = Connection.objects.select_for_update(no_key=True).filter(pk__in=accounts)
    list(held.order_by("pk").values("pk"))
