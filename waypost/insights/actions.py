"""Verbs on the metric store: asking the networks and keeping what they say."""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from waypost.accounts.models import Business
from waypost.connections import actions as connections
from waypost.connections.models import Connection
from waypost.goals.actions import record_value
from waypost.goals.models import Goal, GoalValue
from waypost.insights import ladder, last_totals
from waypost.insights.models import POST_METRICS, PostPull, PostSnapshot, Pull, Source
from waypost.insights.post_totals import brought
from waypost.insights.store import Entry, Holder, record
from waypost.providers import registry
from waypost.providers.base import Credentials, Measures
from waypost.providers.errors import Busy, Disconnected, Refused
from waypost.publishing.models import Delivery

log = logging.getLogger(__name__)

BATCH = 25  # posts per question, so that a failure repeats little
MOST_BATCHES = 20  # per turn; what is left comes with the next sweep
JUST_ASKED = timedelta(minutes=1)

T = TypeVar("T")


def measuring() -> list[str]:
    """Ids of the networks that tell numbers."""
    return [pid for pid, provider in registry.ALL.items() if isinstance(provider, Measures)]


def arm(now: datetime) -> None:
    """Give every account and every young published post its row in the queue."""
    accounts = Connection.objects.connected().filter(provider_id__in=measuring(), pull=None)
    Pull.objects.bulk_create(
        [Pull(connection=connection, next_at=now) for connection in accounts],
        ignore_conflicts=True,
    )
    posts = (
        Delivery.objects.published()
        .whole()
        .filter(
            connection__provider_id__in=measuring(),
            published_at__gt=now - ladder.OLDEST,
            post_pull=None,
        )
    )
    first = ladder.LADDER[0][1]
    PostPull.objects.bulk_create(
        [
            PostPull(delivery_id=pk, next_at=published_at + first)
            for pk, published_at in posts.exclude(remote_id="").values_list("pk", "published_at")
            if published_at
        ],
        ignore_conflicts=True,
    )


def measure_now(business: Business) -> list[int]:
    """Make everything of the business due; the answer is the ids of the accounts to ask.

    Left out are accounts that were asked within the last minute and those whose network
    asked us to wait.
    """
    now = timezone.now()
    arm(now)
    pulls = Pull.objects.free(now).filter(
        connection__in=business.connections.connected(), failures=0
    )
    asked = list(
        pulls.exclude(asked_at__gt=now - JUST_ASKED).values_list("connection_id", flat=True)
    )
    Pull.objects.filter(connection__in=asked).update(next_at=now)
    PostPull.objects.filter(delivery__connection__in=asked).update(next_at=now)
    return asked


def measure(connection: Connection) -> bool:
    """Ask the network for everything of this account that is due, and keep the answers.

    False when another worker is at it or the network did not answer; the rows say when
    to come again. Nothing that was answered before a failure is lost.
    """
    now = timezone.now()
    pull = Pull.objects.filter(connection=connection).first()
    if pull is None or not pull.claim(now):
        return False
    answered = _try_to_ask(connection, pull, now)
    # After anything unforeseen the lease stays and runs out: that is the pause.
    Pull.objects.filter(pk=pull.pk).update(lease_until=None)
    return answered


def _try_to_ask(connection: Connection, pull: Pull, now: datetime) -> bool:
    try:
        _ask_for_everything(connection, pull, now)
    except Busy as busy:
        _put_off(pull, now, reason=str(busy), after=busy.after)
    except Refused as refused:
        _put_off(pull, now, reason=refused.message, after=ladder.LONGEST_WAIT)
    except Disconnected as gone:
        connections.mark_broken(connection, reason=gone.message)
        log.warning("no numbers of connection %s: not connected any more", connection.pk)
    else:
        Pull.objects.filter(pk=pull.pk).update(asked_at=now, failures=0, reason="")
        return True
    return False


def _ask_for_everything(connection: Connection, pull: Pull, now: datetime) -> None:
    if pull.next_at <= now:
        _measure_account(connection, pull, now)
    for _turn in range(MOST_BATCHES):
        if not _measure_batch(connection, now):
            return


def _measure_account(connection: Connection, pull: Pull, now: datetime) -> None:
    numbers = _ask(connection, lambda network, who: network.measure_account(who))
    followers = numbers.get("followers")
    today = timezone.localdate(timezone=connection.business.zone)
    entries = [Entry(metric, today, Decimal(value)) for metric, value in numbers.items()]
    with transaction.atomic():
        record(Holder(None, connection), entries, source=Source.PULLED)
        if followers is not None:
            _record_for_goals(connection, followers, today)
        pull.next_at = now + ladder.ACCOUNT_EVERY
        pull.save(update_fields=["next_at"])


def _record_for_goals(connection: Connection, followers: int, today: date) -> None:
    for goal in Goal.objects.counting(connection, today).select_related("business"):
        record_value(goal, date=today, value=Decimal(followers), source=GoalValue.Source.MEASURED)


def _measure_batch(connection: Connection, now: datetime) -> bool:
    """Measure the posts that waited longest; False when none is due."""
    rows = list(_due_posts(connection, now).select_related("delivery")[:BATCH])
    if not rows:
        return False
    remote_ids = [row.delivery.remote_id for row in rows]
    answers = _ask(connection, lambda network, who: network.measure_posts(who, remote_ids))
    with transaction.atomic():
        last_totals.add(_snapshots(rows, answers, now))
        for row in rows:
            _climb(row, now)
    return True


def _due_posts(connection: Connection, now: datetime) -> QuerySet[PostPull]:
    return PostPull.objects.due(now).filter(delivery__connection=connection).order_by("next_at")


def _snapshots(
    rows: list[PostPull], answers: Mapping[str, Mapping[str, int]], now: datetime
) -> list[PostSnapshot]:
    """One for each post the network still knows.

    A number that it does not give stays as a person brought it, else empty.
    """
    carried = brought(row.delivery_id for row in rows)
    return [
        PostSnapshot(
            delivery=row.delivery,
            taken_at=now,
            **dict.fromkeys(POST_METRICS) | dict(carried.get(row.delivery_id, {})) | dict(numbers),
        )
        for row in rows
        if (numbers := answers.get(row.delivery.remote_id)) is not None
    ]


def _climb(row: PostPull, now: datetime) -> None:
    published_at = row.delivery.published_at
    following = ladder.next_look(published_at, now) if published_at else None
    if following is None:
        row.delete()
    else:
        PostPull.objects.filter(pk=row.pk).update(next_at=following)


def _ask(connection: Connection, question: Callable[[Measures, Credentials], T]) -> T:
    """The network's answer; a token that ended early is renewed once."""
    network = connection.provider
    assert isinstance(network, Measures)
    try:
        return question(network, connections.fresh_credentials(connection))
    except Disconnected:
        if not connections.renew_now(connection):
            raise
    return question(network, connections.fresh_credentials(connection))


def _put_off(pull: Pull, now: datetime, *, reason: str, after: timedelta | None) -> None:
    """Later for the account and all its posts: a busy network is busy for both."""
    later = now + ladder.back_off(pull.failures, after)
    with transaction.atomic():
        Pull.objects.filter(pk=pull.pk).update(
            next_at=max(later, pull.next_at), failures=pull.failures + 1, reason=reason
        )
        PostPull.objects.filter(delivery__connection=pull.connection_id, next_at__lt=later).update(
            next_at=later
        )
    log.info("connection %s is measured later: %s", pull.connection_id, reason)
