"""How publishing goes over all businesses, in numbers alone: for operators and monitors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Coalesce, Greatest

from waypost.flow.engine import huey
from waypost.publishing.models import WORKING, Attempt, Delivery, Status

PUNCTUAL = timedelta(minutes=1)
"""Scheduled for so long ago and taken by no worker: late."""
UNCLEAR_FOR = timedelta(minutes=15)
"""By then a look at the network usually has told where a post is."""
DAY = timedelta(hours=24)
HOUR = timedelta(hours=1)
BUCKETS = (1, 2, 5, 15, 30, 60, 300, 900, 3600)  # seconds after the moment wanted


@dataclass(frozen=True)
class Pulse:
    """Counts of deliveries; what is out or given up counts for a day."""

    due: int
    """Falls due within an hour."""
    late: int
    waiting: int
    """On purpose: quiet hours, caps, a network that said when."""
    retrying: int
    stuck: int
    unclear: int
    blocked: int
    failed: int
    by_hand: int
    published: int

    @property
    def is_well(self) -> bool:
        return not (self.late or self.stuck or self.unclear or self.blocked or self.failed)


def pulse(now: datetime) -> Pulse:
    """In one query."""
    scheduled = Q(status=Status.SCHEDULED)
    found = Delivery.objects.aggregate(
        due=Count("pk", filter=scheduled & Q(due_at__gt=now, due_at__lte=now + HOUR)),
        late=Count("pk", filter=scheduled & Q(due_at__lt=now - PUNCTUAL)),
        waiting=Count("pk", filter=scheduled & ~Q(hold="") & Q(due_at__gt=now)),
        retrying=Count("pk", filter=scheduled & Q(tries__gt=0, due_at__gt=now)),
        stuck=Count("pk", filter=Q(status__in=WORKING, lease_until__lt=now)),
        unclear=Count("pk", filter=Q(status=Status.UNCONFIRMED, sent_at__lt=now - UNCLEAR_FOR)),
        blocked=Count("pk", filter=Q(status=Status.BLOCKED)),
        failed=Count("pk", filter=Q(status=Status.FAILED, due_at__gte=now - DAY)),
        by_hand=Count("pk", filter=Q(status=Status.YOUR_TURN)),
        published=Count("pk", filter=Q(status=Status.PUBLISHED, published_at__gte=now - DAY)),
    )
    return Pulse(**found)


@dataclass(frozen=True)
class Lateness:
    """How long after their moment posts came out, at one network."""

    provider_id: str
    posts: int
    seconds: float
    """All together."""
    within: dict[int, int]
    """Posts by the bound of ``BUCKETS`` that they kept, in seconds."""


def lateness(since: datetime | None = None) -> list[Lateness]:
    """By network; posted by hand is left out, for a person chose its moment. One query."""
    rows = _sent(since).values("connection__provider_id")
    told = rows.order_by("connection__provider_id").annotate(
        posts=Count("pk"),
        whole=Sum("late"),
        **{
            f"within_{bound}": Count("pk", filter=Q(late__lte=timedelta(seconds=bound)))
            for bound in BUCKETS
        },
    )
    found: list[dict[str, Any]] = [{**row} for row in told]
    return [
        Lateness(
            provider_id=row["connection__provider_id"],
            posts=row["posts"],
            seconds=row["whole"].total_seconds(),
            within={bound: row[f"within_{bound}"] for bound in BUCKETS},
        )
        for row in found
    ]


def _sent(since: datetime | None) -> "QuerySet[Delivery]":
    wanted = Greatest(F("item__due_at"), Coalesce("held_until", F("item__due_at")))
    rows = Delivery.objects.whole().published()
    rows = rows.filter(sent_at__isnull=False, published_at__isnull=False)
    if since is not None:
        rows = rows.filter(published_at__gte=since)
    return rows.filter(item__due_at__isnull=False).annotate(
        late=ExpressionWrapper(F("published_at") - wanted, output_field=DurationField())
    )


def by_state() -> list[tuple[str, str, int]]:
    """(state, network, deliveries), all there ever were. One query."""
    rows = Delivery.objects.values_list("status", "connection__provider_id")
    return list(rows.annotate(n=Count("pk")).order_by("status", "connection__provider_id"))


@dataclass(frozen=True)
class Answers:
    """What one network answered within an hour."""

    provider_id: str
    done: int
    busy: int
    refused: int
    silent: int
    heard_at: datetime

    @property
    def is_well(self) -> bool:
        return not (self.refused or self.silent)


def answers(now: datetime) -> list[Answers]:
    """By network, of the last hour. One query."""
    outcome = Attempt.Outcome
    rows = Attempt.objects.filter(ended_at__gte=now - HOUR)
    told = (
        rows.values(provider_id=F("delivery__connection__provider_id"))
        .order_by("provider_id")
        .annotate(
            done=Count("pk", filter=Q(outcome__in=(outcome.DONE, outcome.PENDING))),
            busy=Count("pk", filter=Q(outcome=outcome.BUSY)),
            refused=Count("pk", filter=Q(outcome__in=(outcome.REFUSED, outcome.DISCONNECTED))),
            silent=Count("pk", filter=Q(outcome=outcome.UNKNOWN)),
            heard_at=Max("ended_at"),
        )
    )
    return [Answers(**row) for row in told]


@dataclass(frozen=True)
class Queue:
    """Wake-ups; ``None``: the queue does not answer."""

    waiting: int | None
    planned: int | None


def queue() -> Queue:
    """How much lies in the engine's store, which may be another server."""
    try:
        return Queue(huey.storage.queue_size(), huey.storage.schedule_size())
    except Exception:  # noqa: BLE001 - each store has a driver of its own
        return Queue(None, None)


def punctual(told: Iterable[Lateness], within: int = 15) -> tuple[int, int]:
    """(posts that kept ``within`` seconds, all posts)."""
    rows = list(told)
    return sum(each.within[within] for each in rows), sum(each.posts for each in rows)
