"""How fast the board is: 300 cards of 2,000, a move, and the two together in queries."""

import statistics
import time
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, Member, User
from waypost.board.models import GAP, Label, Status, Step, Task

RUNS = 21
MOST_QUERIES = 12
LONGEST_MS, LONGEST_MOVE_MS = 120, 60
ON_BOARD, ALL = 300, 2_000
PEOPLE = 5


def board_bench() -> list[dict[str, Any]]:
    """Rows of ``{name, value, unit, limit, ok}``; fills the current database to measure."""
    business, owner = _business_of_2000()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(owner)
    address = reverse("board:board", args=[business.slug])
    _get(browser, address)  # what is made once: templates, addresses
    with CaptureQueriesContext(connection) as queries:
        _get(browser, address)
        asked = len(queries)
    median = statistics.median(_timed(lambda: _get(browser, address)) for _ in range(RUNS))
    card = business.tasks.on_board().filter(status=Status.BACKLOG)[0]
    moves = [_timed(lambda: _move(browser, business, card)) for _ in range(RUNS)]
    return [
        _row("board_300_of_2000_queries", asked, "queries", MOST_QUERIES),
        _row("board_300_of_2000_median", round(median, 1), "ms", LONGEST_MS),
        _row("board_move_median", round(statistics.median(moves), 1), "ms", LONGEST_MOVE_MS),
    ]


def _row(name: str, value: float, unit: str, limit: int) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ok": value <= limit}


def _timed(act: Any) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _get(browser: Client, address: str) -> None:
    response = browser.get(address)
    shown = response.content.count(b'class="card-face')
    if response.status_code != 200 or shown != ON_BOARD:
        raise RuntimeError(f"{address} answered {response.status_code} with {shown} cards")


def _move(browser: Client, business: Business, card: Task) -> None:
    card.refresh_from_db()
    response = browser.post(
        reverse("board:move", args=[business.slug, card.pk]),
        {"column": "backlog", "moves": card.moves, "below": "0" if card.moves % 2 else "-1"},
        headers={"X-Board": "1"},
    )
    if response.status_code != 200:
        raise RuntimeError(f"a move answered {response.status_code}: {response.content[:200]!r}")


def _business_of_2000() -> tuple[Business, User]:
    stamp = f"{time.time_ns()}"
    people = [
        User.objects.create_user(f"b{n}-{stamp}@example.com", None, name=f"Bench {n}")
        for n in range(PEOPLE)
    ]
    business = found_business(
        name=f"Bench {stamp}", owner=people[0], time_zone="UTC", language="en"
    )
    Member.objects.bulk_create(Member(business=business, user=each) for each in people[1:])
    labels = [Label.objects.create(business=business, name=f"L{n}") for n in range(6)]
    tasks = Task.objects.bulk_create(_tasks(business, people), batch_size=500)
    Step.objects.bulk_create(
        (Step(task=task, text="Step", is_done=n == 0) for task in tasks for n in range(3)),
        batch_size=1000,
    )
    through = Task.labels.through
    through._default_manager.bulk_create(
        (through(task_id=t.pk, label_id=labels[n % 6].pk) for n, t in enumerate(tasks)),
        batch_size=1000,
    )
    return business, people[0]


def _tasks(business: Business, people: list[User]) -> list[Task]:
    """300 on the board, the others put away by closed periods."""
    now = timezone.now()
    statuses = [each for each in Status if each != Status.DONE]
    return [
        Task(
            business=business,
            title=f"Number {n} of what our shop does",
            description="Words " * 40,
            status=statuses[n % len(statuses)] if n < ON_BOARD else Status.DONE,
            assignee=people[n % PEOPLE],
            due_date=date(2026, 12, 1 + n % 28),
            position=(n + 1) * GAP,
            archived_at=None if n < ON_BOARD else now,
        )
        for n in range(ALL)
    ]
