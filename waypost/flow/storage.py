"""Where wake-ups lie until their moment. What falls due moves over in one statement.

The engine reads what is due, and puts it into the queue one by one. For a thousand
posts of the same second that is a thousand commits, and a process that dies in between
loses what it had read.
"""

from datetime import datetime

from huey.storage import PostgresStorage, SqliteStorage


class SqliteQueue(SqliteStorage):
    """A file beside the database."""

    def dequeue(self) -> bytes | None:
        """Take the next wake-up out, in one statement.

        Between two statements a thread waits for the others to let it calculate again, and
        all of them wait for the one that holds the file.
        """
        with self.db() as cursor:
            cursor.execute(
                "delete from task where id = (select id from task where queue = ? "
                "order by priority desc, id limit 1) returning data",
                (self.name,),
            )
            found = cursor.fetchall()  # all: a statement that is not read out keeps its lock
        return bytes(found[0][0]) if found else None

    def read_schedule(self, ts: datetime) -> list[bytes]:
        """Queue what is due by ``ts``; answers nothing, because nothing is left to do."""
        due = (self.name, ts.timestamp())
        with self.db(commit=True) as cursor:
            cursor.execute(
                "insert into task (queue, data, priority) select queue, data, 0 from schedule "
                "where queue = ? and timestamp <= ? order by timestamp, id",
                due,
            )
            cursor.execute("delete from schedule where queue = ? and timestamp <= ?", due)
        return []


TABLES_LOCK = 0x57415950  # any number that nobody else takes: "WAYP"


class PostgresQueue(PostgresStorage):
    """Tables of the same PostgreSQL database, shared by all workers."""

    def initialize_schema(self) -> None:
        """One worker after another: of two that start at once, both would find no tables, and
        ``create table if not exists`` fails for the second.
        """
        with self.db(commit=True, close=True) as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", (TABLES_LOCK,))
            for statement in self.ddl:
                cursor.execute(statement)

    def read_schedule(self, ts: datetime) -> list[bytes]:
        """Queue what is due by ``ts``; answers nothing, because nothing is left to do."""
        with self.db(commit=True) as cursor:
            cursor.execute(
                f"with due as (delete from {self.table_schedule} where id in ("  # noqa: S608
                f"select id from {self.table_schedule} where queue = %s and timestamp <= %s "
                "for update skip locked) returning queue, data, timestamp, id) "
                f"insert into {self.table_task} (queue, data, priority) "
                "select queue, data, 0 from due order by timestamp, id",
                (self.name, ts.timestamp()),
            )
            if cursor.rowcount > 0:
                cursor.execute("select pg_notify(%s, '')", (self.channel,))
        return []
