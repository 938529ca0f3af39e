"""Measures pages in one process, over the database that the environment names.

Prints JSON rows ``{name, value, unit, limit, ok}``; `tools/bench.py` runs it.
"""

import json
import os
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import waypost.asgi  # noqa: F401 - everything is loaded, as in the server
from waypost.accounts.models import Business, User
from waypost.board.bench import board_bench
from waypost.board.bench_files import trello_bench
from waypost.budget.bench import budget_bench
from waypost.content.bench import calendar_bench
from waypost.content.exchange.bench import exchange_bench
from waypost.goals.bench import roadmap_bench
from waypost.home.demo import load
from waypost.insights.bench import insights_bench
from waypost.library.bench import library_bench
from waypost.reviews.bench import reviews_bench
from waypost.strategy.bench import strategy_bench

RUNS = 15


def row(name: str, value: float, unit: str, limit: float) -> dict[str, object]:
    return {
        "name": name,
        "value": round(value, 1),
        "unit": unit,
        "limit": limit,
        "ok": value <= limit,
    }


def signed_in(email: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email=email))
    return client


def measure(client: Client, url: str) -> tuple[int, float]:
    """(queries, median ms) of a GET after one warm-up."""
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
        asked = len(queries)
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        client.get(url)
        times.append((time.perf_counter() - start) * 1000)
    return asked, statistics.median(times)


def demo_pages() -> list[dict[str, object]]:
    login = load(today=timezone.localdate())
    client = signed_in(login.email)
    slug = Business.objects.get(is_demo=True).slug
    rows = []
    for name, path, queries_limit, ms_limit in (
        ("Today page", "", 10, 100),
        ("Report page", "reports/", 15, 200),
        ("Goals page", "goals/", 10, 150),
    ):
        queries, ms = measure(client, f"/b/{slug}/{path}")
        rows.append(row(f"{name}: queries", queries, "queries", queries_limit))
        rows.append(row(f"{name}: median", ms, "ms", ms_limit))
    return rows


def main() -> None:
    call_command("prepare", quiet=True)
    rows = (
        demo_pages()
        + calendar_bench()
        + exchange_bench()
        + library_bench()
        + roadmap_bench()
        + budget_bench()
        + insights_bench()
        + reviews_bench()
        + strategy_bench()
        + board_bench()
        + trello_bench()  # last: it is the largest
    )
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
