"""What is said about long work is heard at once, and a silent store stops nothing."""

from pathlib import Path
from typing import Any

import pytest

from waypost.flow import progress
from waypost.flow.engine import Engine, huey
from waypost.flow.storage import SqliteQueue


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, monkeypatch: Any, tmp_path: Path) -> None:
    if request.param == "sqlite":
        file = str(tmp_path / "queue.sqlite3")
        engine = Engine("test", results=False, storage_class=SqliteQueue, filename=file)
        monkeypatch.setattr(progress, "huey", engine)


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
