"""What SQLite knows of its tables, from which it chooses how to read them.

PostgreSQL gathers it by itself. Without it SQLite guesses, and reads a year of posts by their
status instead of by their moments.
"""

from django.db import connection

LOOKED_AT = 400  # rows of each index; more make it slower, hardly better


def refresh() -> None:
    """Look at the tables again where the database does not do so itself; milliseconds."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        cursor.execute("ANALYZE")
