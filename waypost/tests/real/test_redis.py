"""The queue of wake-ups in a Redis of its own: a post goes out, and once."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis
from huey import crontab
from huey.storage import RedisStorage

from waypost.flow.engine import Engine
from waypost.tests.product import free_port, wait_for

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("no redis-server here (Debian: redis-server): the queue in Redis is not tried")
    folder, port = tmp_path_factory.mktemp("redis"), free_port()
    words = [program, "--port", str(port), "--dir", str(folder), "--save", "", "--daemonize", "no"]
    server = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait()


@pytest.fixture
def engine(redis_url: str) -> Iterator[Engine]:
    made = Engine("real", results=False, storage_class=RedisStorage, url=redis_url)
    wait_for("Redis", lambda: _answers(made))
    made.storage.flush_all()
    yield made
    made.storage.conn.close()


def _answers(engine: Engine) -> bool:
    try:
        return bool(engine.storage.conn.ping())
    except redis.ConnectionError:
        return False


def test_each_wake_up_is_taken_once_by_many_workers(engine: Engine, tmp_path: Path) -> None:
    done: list[int] = []

    @engine.task()
    def send(number: int) -> None:
        done.append(number)

    soon = datetime.now(UTC) + timedelta(seconds=1)
    for number in range(50):
        send.schedule(args=(number,), eta=soon)
    consumers = [engine.create_consumer(workers=4, scheduler_interval=1) for _ in range(2)]
    for consumer in consumers:
        for _, thread in consumer.worker_threads:
            thread.start()
        consumer.scheduler.start()
    wait_for("all wake-ups", lambda: len(done) >= 50)
    time.sleep(0.5)  # a second copy would come now
    for consumer in consumers:
        consumer.stop(graceful=True)
    assert sorted(done) == list(range(50))
    assert datetime.now(UTC) >= soon


def test_one_worker_of_many_sweeps(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("waypost.flow.engine.close_old_connections", lambda: None)
    engine.periodic_task(crontab(), name="sweeping-in-redis")(lambda: None)
    now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert [len(engine.read_periodic(now)) for _ in range(3)] == [1, 0, 0]
