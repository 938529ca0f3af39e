"""What is said about long work is heard at once, and a silent store stops nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from waypost.flow import progress
from waypost.flow.engine import Engine, huey, postgres_parameters
from waypost.flow.storage import PostgresQueue, SqliteQueue


@pytest.fixture(params=["memory", "beside the database"])
def store(
    request: pytest.FixtureRequest, monkeypatch: Any, tmp_path: Path, db: None
) -> Iterator[None]:
    if request.param == "memory":
        yield
        return
    if connection.vendor == "postgresql":
        where = postgres_parameters(connection.settings_dict)
        engine = Engine("test", results=False, storage_class=PostgresQueue, **where)
    else:
        file = str(tmp_path / "queue.sqlite3")
        engine = Engine("test", results=False, storage_class=SqliteQueue, filename=file)
    monkeypatch.setattr(progress, "huey", engine)
    yield
    engine.storage.close()


@pytest.mark.usefixtures("store")
def test_the_last_word_is_heard_until_it_is_forgotten() -> None:
    assert progress.heard("a") is None
    progress.say("a", 1, 10)
    progress.say("a", 2, 10)
    progress.say("b", 5, 5)
    assert (progress.heard("a"), progress.heard("b")) == ((2, 10), (5, 5))
    progress.forget("a")
    progress.forget("a")
    assert (progress.heard("a"), progress.heard("b")) == (None, (5, 5))
    progress.forget("b")


def test_a_store_that_is_silent_stops_nobody(monkeypatch: Any) -> None:
    def silent(*_args: Any, **_words: Any) -> None:
        raise OSError("no answer")

    for name in ("put_data", "peek_data", "pop_data"):
        monkeypatch.setattr(huey.storage, name, silent)
    progress.say("a", 1, 2)
    assert progress.heard("a") is None
    progress.forget("a")
