"""The tables of the queue on PostgreSQL: workers that start at once make them together."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from waypost.flow.engine import postgres_parameters
from waypost.flow.storage import PostgresQueue

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="with SQLite the queue is a file of its own"
    ),
]
TABLES = ("huey_task", "huey_schedule", "huey_kv")


def begin(_worker: int) -> PostgresQueue:
    where: dict[str, Any] = postgres_parameters(connection.settings_dict)
    return PostgresQueue("test", **where)


def test_eight_workers_that_start_at_once_all_find_the_tables() -> None:
    for _turn in range(5):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {', '.join(TABLES)}")
        with ThreadPoolExecutor(8) as workers:
            queues = list(workers.map(begin, range(8)))
        assert [queue.queue_size() for queue in queues] == [0] * 8
        for queue in queues:
            queue.close()
