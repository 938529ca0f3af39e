"""What the database knows of its tables."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from waypost.accounts.models import Business
from waypost.flow import statistics
from waypost.home.work import look_at_tables
from waypost.tests import factories

only_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL gathers statistics by itself"
)


def known() -> set[str]:
    """How many rows the table of businesses has, and for one value of each index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'accounts_business'")
        return {stat for (stat,) in cursor.fetchall()}


@only_sqlite
def test_tables_are_looked_at(business: Business) -> None:
    statistics.refresh()
    assert known() == {"1 1"}


@only_sqlite
def test_the_worker_looks_at_them_again(business: Business) -> None:
    factories.make_business()
    look_at_tables.call_local()
    assert known() == {"2 1", "2 2"}  # all addresses differ; nobody has paused either


@only_sqlite
def test_a_database_that_nobody_has_looked_at_is_looked_at_once(business: Business) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
    statistics.ensure()
    assert known() == set()


@only_sqlite
def test_the_first_look_is_at_every_table(business: Business) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DROP TABLE sqlite_stat1")
    statistics.ensure()
    assert known() == {"1 1"}


@pytest.mark.parametrize("look", [statistics.refresh, statistics.ensure])
def test_nothing_is_asked_of_a_database_that_does_it_by_itself(
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
    look: Callable[[], None],
) -> None:
    monkeypatch.setattr(connection, "vendor", "postgresql")
    with django_assert_num_queries(0):
        look()
