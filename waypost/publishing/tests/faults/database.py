"""A database of its own on a disk or a server, so that faults are real and nothing is rolled back.

The usual test runs inside one transaction, often in memory. Here every commit counts,
threads and processes have connections of their own, and a file can be locked or full.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

NAME = "waypost_faults"


def is_sqlite() -> bool:
    return connections["default"].vendor == "sqlite"


@contextmanager
def own_database(folder: Path) -> Iterator[None]:
    """All threads use a copy of the test database until the end."""
    usual, described = connections["default"], connections.settings["default"]
    usual.ensure_connection()
    if usual.vendor == "sqlite":
        copy = folder / "faults.sqlite3"
        with sqlite3.connect(copy) as target:
            usual.connection.backup(target)
        target.close()
        name = str(copy)
    else:
        name = f"{described['NAME']}_faults"
        _copy_on_server(usual, str(described["NAME"]), name)
    connections.settings["default"] = {**described, "NAME": name}
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = described
        connections["default"] = usual
        if usual.vendor != "sqlite":
            _drop_on_server(usual, name)


def _copy_on_server(usual: BaseDatabaseWrapper, source: str, name: str) -> None:
    usual.close()  # nobody may be in the database that is copied
    quoted = usual.ops.quote_name
    with usual._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted(name)}")
        cursor.execute(f"CREATE DATABASE {quoted(name)} TEMPLATE {quoted(source)}")


def _drop_on_server(usual: BaseDatabaseWrapper, name: str) -> None:
    with usual._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {usual.ops.quote_name(name)} WITH (FORCE)")


def url() -> str:
    """The database as another process names it."""
    described = connections["default"].settings_dict
    if is_sqlite():
        return f"sqlite:///{described['NAME']}"
    user, password = described["USER"], described["PASSWORD"]
    host, port = described["HOST"], described["PORT"]
    if str(host).startswith("/"):
        return f"postgresql://{user}:{password}@/{described['NAME']}?host={host}"
    return f"postgresql://{user}:{password}@{host}:{port}/{described['NAME']}"


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else writes and does not come to an end (SQLite only)."""
    other = sqlite3.connect(connections["default"].settings_dict["NAME"], isolation_level=None)
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 10")
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 20000")


@contextmanager
def full() -> Iterator[None]:
    """The file cannot grow any more (SQLite only)."""
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        with connections["default"].cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def terminate() -> None:
    """The server ends this thread's connection (PostgreSQL only)."""
    mine = connections["default"]
    if mine.connection is None:
        return
    pid = mine.connection.info.backend_pid
    other = mine.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
    finally:
        other.close()
