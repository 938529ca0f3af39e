"""What workers say about themselves, and what is read out of it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from waypost.publishing import beating
from waypost.publishing.models import Heartbeat

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def beat(name: str, seconds: int, **more: object) -> Heartbeat:
    """A worker that spoke so many seconds ago."""
    return Heartbeat.objects.create(
        name=name, beat_at=NOW - timedelta(seconds=seconds), threads=8, **more
    )


def test_a_worker_speaks_for_itself() -> None:
    with time_machine.travel(NOW, tick=False):
        beating.begin()
        beating.beat()
    (told,) = beating.workers(NOW).alive
    assert (told.name, told.beat_at, told.started_at) == (beating.worker_name(), NOW, NOW)
    assert told.threads == 8


def test_a_worker_that_was_asked_to_stop_is_neither_alive_nor_lost() -> None:
    beating.begin()
    beating.end()
    found = beating.workers(timezone.now())
    assert (found.alive, found.lost) == ([], [])
    assert found.heard_at is not None


def test_a_worker_that_falls_silent_is_lost_after_two_minutes() -> None:
    beat("silent", 121)
    beat("quiet", 119)
    found = beating.workers(NOW)
    assert [each.name for each in found.alive] == ["quiet"]
    assert [each.name for each in found.lost] == ["silent"]


def test_a_worker_that_starts_anew_is_alive_again() -> None:
    beating.begin()
    beating.end()
    beating.begin()
    assert len(beating.workers(timezone.now()).alive) == 1


def test_the_last_sweep_is_that_of_whichever_worker_swept() -> None:
    beat("one", 5, swept_at=NOW - timedelta(minutes=3))
    beat("two", 9, swept_at=NOW - timedelta(minutes=1))
    beat("three", 1)
    found = beating.workers(NOW)
    assert found.swept_at == NOW - timedelta(minutes=1)
    assert found.heard_at == NOW - timedelta(seconds=1)
    assert found.threads == 24


def test_when_nobody_ever_spoke_nothing_is_known() -> None:
    found = beating.workers(NOW)
    assert (found.heard_at, found.swept_at, found.alive, found.threads) == (None, None, [], 0)


def test_a_sweep_forgets_workers_of_yesterday() -> None:
    beat("old", 90_000)
    beating.swept()
    assert [each.name for each in Heartbeat.objects.all()] == [beating.worker_name()]
