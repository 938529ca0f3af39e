"""Wake-ups: where they lie, when they move, and that one worker of many sweeps."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from huey import crontab
from huey.storage import MemoryStorage

from waypost.flow.engine import Engine, postgres_parameters
from waypost.flow.storage import SqliteQueue

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DRIVERS = {"DATABASE_URL", "REDIS_URL"}  # settings that ask for one


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[SqliteQueue]:
    storage = SqliteQueue("test", filename=str(tmp_path / "queue.sqlite3"))
    yield storage
    storage.close()


@pytest.fixture(autouse=True)
def nothing_was_done_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    # A test's connection is not the worker's to close.
    monkeypatch.setattr("waypost.flow.engine.close_old_connections", lambda: None)


def at(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


def emptied(queue: SqliteQueue) -> list[bytes]:
    return [bytes(each) for each in iter(queue.dequeue, None)]


def test_what_falls_due_moves_into_the_queue_in_order_of_time(queue: SqliteQueue) -> None:
    queue.add_to_schedule(b"later", at(2))
    queue.add_to_schedule(b"sooner", at(1))
    queue.add_to_schedule(b"not yet", at(3))
    assert queue.read_schedule(at(2)) == []
    assert emptied(queue) == [b"sooner", b"later"]
    assert queue.schedule_size() == 1


def test_what_moved_once_does_not_move_again(queue: SqliteQueue) -> None:
    queue.add_to_schedule(b"one", at(0))
    queue.read_schedule(at(0))
    queue.read_schedule(at(9))
    assert emptied(queue) == [b"one"]


def test_another_queue_in_the_same_file_is_left_alone(queue: SqliteQueue, tmp_path: Path) -> None:
    other = SqliteQueue("other", filename=str(tmp_path / "queue.sqlite3"))
    other.add_to_schedule(b"theirs", at(0))
    queue.read_schedule(at(9))
    assert (queue.queue_size(), other.queue_size(), other.schedule_size()) == (0, 0, 1)
    other.close()


def worker() -> Engine:
    engine = Engine("many", results=False, storage_class=MemoryStorage)
    engine.periodic_task(crontab(), name="sweeping")(lambda: None)
    return engine


def names(engine: Engine, moment: datetime) -> list[str]:
    return [task.name for task in engine.read_periodic(moment)]


def test_of_many_workers_one_sweeps_each_minute() -> None:
    workers = [worker() for _ in range(4)]
    first = [names(each, NOW) for each in workers]
    second = [names(each, at(60)) for each in reversed(workers)]
    assert first == [["sweeping"], [], [], []]
    assert second == [["sweeping"], [], [], []]


def test_a_worker_sweeps_when_nobody_can_say_whether_another_did() -> None:
    with patch.object(cache, "add", side_effect=DatabaseError):
        assert names(worker(), NOW) == ["sweeping"]


def test_a_worker_that_is_not_told_the_time_takes_its_clock() -> None:
    assert [task.name for task in worker().read_periodic(None)] == ["sweeping"]


def test_a_wake_up_does_not_ask_whether_it_was_revoked() -> None:
    engine = worker()
    with patch.object(engine.storage, "peek_many", side_effect=AssertionError):
        assert engine.is_revoked(object()) is False


def test_after_a_task_no_mark_of_revoking_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(MemoryStorage, "pop_data", lambda _self, key: asked.append(key))
    engine = Engine("test", results=False, storage_class=MemoryStorage)
    done: list[int] = []

    @engine.task()
    def act(number: int) -> None:
        done.append(number)

    act(7)
    engine.execute(engine.dequeue())
    assert (done, asked) == ([7], [])


def test_a_store_that_does_not_answer_is_told_once_a_minute(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def silent(_self: MemoryStorage) -> None:
        raise OSError("nobody there")

    monkeypatch.setattr(MemoryStorage, "dequeue", silent)
    monkeypatch.setattr(Engine, "MOMENT", 0.0)
    engine = Engine("test", results=False, storage_class=MemoryStorage)
    assert [engine.dequeue() for _ in range(5)] == [None] * 5
    told = "the store of wake-ups does not answer"
    assert [record.message for record in caplog.records] == [told]
    monkeypatch.setattr(engine, "_silent_until", 0.0)
    engine.dequeue()
    assert [record.message for record in caplog.records] == [told, told]


def test_a_wake_up_that_cannot_be_kept_is_lost_and_nobody_fails() -> None:
    engine = worker()

    @engine.task()
    def wake(_pk: int) -> None:
        raise AssertionError("not now")

    with patch.object(engine.storage, "enqueue", side_effect=ConnectionError("down")) as store:
        wake(7)
        wake.schedule(args=(7,), delay=60)
    assert store.call_count == 2
    assert engine.pending_count() == 0


def test_postgres_is_named_to_the_queue_as_to_django() -> None:
    told = {
        "HOST": "db",
        "PORT": "",
        "USER": "w",
        "PASSWORD": "p",
        "NAME": "waypost",
        "OPTIONS": {"sslmode": "require"},
    }
    assert postgres_parameters(told) == {
        "host": "db",
        "user": "w",
        "password": "p",
        "dbname": "waypost",
        "sslmode": "require",
    }


PAGES = "import waypost.urls"
WORKER = (
    "from django.core.management import load_command_class as load; load('waypost.home', 'worker')"
)


@pytest.mark.parametrize(
    ("part", "unneeded"),
    [
        (PAGES, ("redis", "psycopg", "requests")),
        (WORKER, ("redis", "psycopg", "requests", "fido2", "waypost.urls")),
    ],
)
def test_a_process_loads_nothing_big_that_it_does_not_need(
    part: str, unneeded: tuple[str, ...], tmp_path: Path
) -> None:
    """Each would cost megabytes in every idle process."""
    told = (
        f"import sys, django; django.setup(); {part}; "
        f"print([name for name in {unneeded} if sys.modules.get(name)])"
    )
    environ = {
        **{key: value for key, value in os.environ.items() if key not in DRIVERS},
        "DJANGO_SETTINGS_MODULE": "waypost.settings",
        "WAYPOST_DATA": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-c", told], env=environ, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
