"""A clock that only moves when it is told to, for all threads of this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Clock:
    def __init__(self, traveller: Any) -> None:
        self._traveller = traveller

    @classmethod
    @contextmanager
    def stopped(cls, at: datetime = START) -> Iterator["Clock"]:
        with time_machine.travel(at, tick=False) as traveller:
            yield cls(traveller)

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def forward(self, by: timedelta) -> None:
        self._traveller.shift(by)

    def jump(self, to: datetime) -> None:
        self._traveller.move_to(to, tick=False)
