"""The engine that wakes workers up. The rows are the queue; what stands here may be lost."""

import logging
import sys
import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, close_old_connections

# Huey loads every driver it finds; each would cost 11 MB in each process for nothing.
if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
    sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]
if not settings.REDIS_URL:
    sys.modules.setdefault("redis", None)  # type: ignore[arg-type]

from huey import Huey, crontab
from huey.constants import EmptyData
from huey.storage import BaseStorage, MemoryStorage, RedisStorage

from waypost.flow.storage import PostgresQueue, SqliteQueue

__all__ = [
    "EmptyData",
    "crontab",
    "huey",
    "own_connection",
]  # others ask here, so that nobody loads Huey before the lines above

log = logging.getLogger(__name__)

ONE_MINUTE = 60


def postgres_parameters(database: dict[str, Any]) -> dict[str, Any]:
    """Django's description of a PostgreSQL database as psycopg wants it."""
    named = {
        "host": database["HOST"],
        "port": database["PORT"],
        "user": database["USER"],
        "password": database["PASSWORD"],
        "dbname": database["NAME"],
        **database.get("OPTIONS", {}),
    }
    return {name: value for name, value in named.items() if value}


class Engine(Huey):
    """Huey for wake-ups that are never revoked, with many workers beside each other."""

    MOMENT = 1.0  # seconds until a store that did not answer is asked again
    _silent_until = 0.0  # monotonic seconds

    def enqueue(self, task: Any) -> Any:
        """Keep a wake-up. Where the store does not answer it is lost, and the next sweep's."""
        try:
            return super().enqueue(task)
        except Exception:
            # Each store has a driver with faults of its own, and none of them may undo
            # what a person just did: the row stands, and a sweep finds it.
            log.warning("a wake-up of %s was lost", task.name, exc_info=True)
            return None

    def dequeue(self) -> Any:
        """The next wake-up. Where the store does not answer, none, after a moment."""
        try:
            return super().dequeue()
        except Exception:
            # As above each store has faults of its own. Eight threads would say so four times
            # a second, each with fifty lines.
            if time.monotonic() >= self._silent_until:
                self._silent_until = time.monotonic() + ONE_MINUTE
                log.warning("the store of wake-ups does not answer", exc_info=True)
            time.sleep(self.MOMENT)
            return None

    def delete(self, key: str) -> bool:
        """After each task the mark is taken away that revoked it meanwhile: there is none."""
        return False

    def is_revoked(self, task: Any, timestamp: datetime | None = None, peek: bool = True) -> bool:
        return False  # nothing here is: asking the store would cost a query for each task

    def read_periodic(self, timestamp: datetime | None) -> list[Any]:
        """What this worker shall do this minute, and no other: the first to ask gets it.

        Every worker asks once a minute. That a periodic task runs twice does no harm, so
        without an answer from the database it is done.
        """
        now = timestamp or self._get_timestamp()
        tasks: list[Any] = super().read_periodic(now)
        return [task for task in tasks if _is_first(f"periodic:{task.name}:{now:%H:%M}")]


def _is_first(name: str) -> bool:
    close_old_connections()
    try:
        return bool(cache.add(name, True, timeout=10 * ONE_MINUTE))
    except DatabaseError:
        log.warning("it is not known whether another worker did %s; it is done here", name)
        return True
    finally:
        close_old_connections()


def own_connection(task: Callable[..., None]) -> Callable[..., None]:
    """A worker thread lives long; a database connection that died in between is replaced."""

    @wraps(task)
    def run(*args: int) -> None:
        close_old_connections()
        try:
            task(*args)
        finally:
            close_old_connections()

    return run


def make_engine() -> Huey:
    """Wake-ups in Redis where it is named, else where the database is."""
    database = settings.DATABASES["default"]
    kind: type[BaseStorage]
    where: dict[str, Any]
    if settings.HUEY_FILE is None:
        kind, where = MemoryStorage, {}
    elif settings.REDIS_URL:
        kind, where = RedisStorage, {"url": settings.REDIS_URL}
    elif "postgresql" in database["ENGINE"]:
        kind, where = PostgresQueue, postgres_parameters(database)
    else:
        file = str(settings.HUEY_FILE)
        kind, where = SqliteQueue, {"filename": file, "timeout": 20, "fsync": False}
    return Engine("waypost", results=False, storage_class=kind, **where)


huey = make_engine()
