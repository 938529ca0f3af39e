"""The engine that wakes workers up. The rows are the queue; what stands here may be lost."""

import sys
from typing import Any

from django.conf import settings

if "postgresql" not in settings.DATABASES["default"]["ENGINE"]:
    # Huey loads every driver it finds; this one would cost 11 MB in each process for nothing.
    sys.modules.setdefault("psycopg", None)  # type: ignore[arg-type]

from huey import Huey, MemoryHuey, PostgresHuey, SqliteHuey


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


def make_engine() -> Huey:
    """Huey on PostgreSQL when the database is there, else on SQLite beside it."""
    database = settings.DATABASES["default"]
    if settings.HUEY_FILE is None:
        return MemoryHuey("waypost", results=False)
    if "postgresql" in database["ENGINE"]:
        return PostgresHuey("waypost", results=False, **postgres_parameters(database))
    return SqliteHuey(
        "waypost", results=False, filename=str(settings.HUEY_FILE), timeout=20, fsync=False
    )


huey = make_engine()
