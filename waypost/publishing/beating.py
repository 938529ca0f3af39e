"""Workers say that they live, each for itself; one of them sweeps, whichever is first."""

import os
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from waypost.publishing.models import Heartbeat

EVERY = timedelta(seconds=30)
SILENT_FOR = timedelta(minutes=2)
"""A worker that said nothing for so long is gone."""
KEPT = timedelta(days=1)


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def begin() -> None:
    """This process works from now on."""
    now = timezone.now()
    told = {"beat_at": now, "started_at": now, "threads": settings.WORKER_THREADS}
    defaults = {**told, "stopped_at": None, "swept_at": None}
    Heartbeat.objects.update_or_create(name=worker_name(), defaults=defaults)


def beat() -> None:
    """This process lives."""
    Heartbeat.objects.update_or_create(
        name=worker_name(), defaults={"beat_at": timezone.now(), "stopped_at": None}
    )


def swept() -> None:
    """This process swept; forgets workers of which nothing was heard for a day."""
    now = timezone.now()
    Heartbeat.objects.update_or_create(
        name=worker_name(), defaults={"beat_at": now, "swept_at": now}
    )
    Heartbeat.objects.filter(beat_at__lt=now - KEPT).delete()


def end() -> None:
    """This process stops because it was asked to."""
    Heartbeat.objects.filter(name=worker_name()).update(stopped_at=timezone.now())


@dataclass(frozen=True)
class Workers:
    """What is known of all workers together."""

    rows: list[Heartbeat]
    now: datetime

    @property
    def alive(self) -> list[Heartbeat]:
        return [each for each in self.rows if self.is_alive(each)]

    @property
    def lost(self) -> list[Heartbeat]:
        """Gone without having been asked to stop."""
        return [each for each in self.rows if not (self.is_alive(each) or each.stopped_at)]

    @property
    def heard_at(self) -> datetime | None:
        """When any of them spoke last."""
        return _latest(each.beat_at for each in self.rows)

    @property
    def swept_at(self) -> datetime | None:
        return _latest(each.swept_at for each in self.rows)

    @property
    def threads(self) -> int:
        return sum(each.threads for each in self.alive)

    def is_alive(self, beat: Heartbeat) -> bool:
        return beat.stopped_at is None and beat.beat_at >= self.now - SILENT_FOR


def _latest(moments: Iterable[datetime | None]) -> datetime | None:
    return max((each for each in moments if each), default=None)


def workers(now: datetime) -> Workers:
    """In one query."""
    return Workers(list(Heartbeat.objects.order_by("-beat_at")), now)
