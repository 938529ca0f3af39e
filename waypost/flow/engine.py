"""The engine that wakes workers up. The rows are the queue; what stands here may be lost."""

from django.conf import settings
from huey import Huey, MemoryHuey, PostgresHuey, SqliteHuey


def make_engine() -> Huey:
    """Huey on PostgreSQL when the database is there, else on SQLite beside it."""
    database = settings.DATABASES["default"]
    if settings.HUEY_FILE is None:
        return MemoryHuey("waypost", results=False)
    if "postgresql" in database["ENGINE"]:
        return PostgresHuey(
            "waypost",
            results=False,
            host=database["HOST"],
            port=database["PORT"] or None,
            user=database["USER"],
            password=database["PASSWORD"],
            dbname=database["NAME"],
        )
    return SqliteHuey(
        "waypost", results=False, filename=str(settings.HUEY_FILE), timeout=20, fsync=False
    )


huey = make_engine()
