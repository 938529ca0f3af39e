"""What SQLite knows of its tables, from which it chooses how to read them.

PostgreSQL gathers it by itself. Without it SQLite guesses, and reads a year of posts by their
status instead of by their moments; so it does when it may look at a few rows only.
"""

from django.db import connection


def refresh() -> None:
    """Look at all tables again, where the database does not do so itself.

    One after another, so that nobody waits longer than one takes (a million rows: a second).
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def ensure() -> None:
    """:func:`refresh` where nobody has looked yet."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1')")
        [is_known] = cursor.fetchone()
    if not is_known:
        refresh()
