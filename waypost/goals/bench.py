"""How fast the roadmap is: a business with 200 initiatives, half of them in a chain."""

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, cast

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, User
from waypost.goals.models import Goal, Initiative

RUNS = 21
ALL, GOALS, IN_CHAIN = 200, 10, 100
MOST_QUERIES = 10
LONGEST_PAGE_MS, LONGEST_MOVE_MS = 150, 100
DAY = timedelta(days=1)


def roadmap_bench() -> list[dict[str, Any]]:
    """Rows of ``{name, value, unit, limit, ok}``; fills the current database to measure."""
    business, owner = _business_of_200()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(owner)
    address = reverse("goals:roadmap", args=[business.slug])

    def page() -> HttpResponseBase:
        return browser.get(address)

    _check(page(), b'<tr id="initiative-', ALL)  # what is made once: templates, holidays
    with CaptureQueriesContext(connection) as queries:
        page()
        asked = len(queries)
    alone, first = _ends_of(business)
    return [
        _row("roadmap_queries", asked, "queries", MOST_QUERIES),
        _row("roadmap_median", _median(page), "ms", LONGEST_PAGE_MS),
        _row("roadmap_move_median", _median(_move(browser, alone)), "ms", LONGEST_MOVE_MS),
        _row("roadmap_preview_median", _median(_ask(browser, first)), "ms", LONGEST_MOVE_MS),
    ]


def _row(name: str, value: float, unit: str, limit: int) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ok": value <= limit}


def _median(ask: Callable[[], HttpResponseBase]) -> float:
    ask()
    return round(statistics.median(_milliseconds(ask) for _ in range(RUNS)), 1)


def _milliseconds(ask: Callable[[], HttpResponseBase]) -> float:
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000


def _check(answer: Any, part: bytes, times: int) -> HttpResponseBase:
    shown = answer.content.count(part)
    if answer.status_code != 200 or shown != times:
        raise RuntimeError(f"answered {answer.status_code} with {shown} of {times}")
    return cast(HttpResponseBase, answer)


def _move(browser: Client, initiative: Initiative) -> Callable[[], HttpResponseBase]:
    """Drag one that nobody waits for by a day: it is saved and its row comes back."""

    def once() -> HttpResponseBase:
        initiative.start_date += DAY
        initiative.end_date += DAY
        return _check(_post(browser, initiative), b'<tr id="initiative-', 1)

    return once


def _ask(browser: Client, initiative: Initiative) -> Callable[[], HttpResponseBase]:
    """Stretch the first of the chain by a week: all behind it are named, nothing is saved."""
    initiative.end_date += 7 * DAY

    def once() -> HttpResponseBase:
        return _check(_post(browser, initiative), b"<li>", IN_CHAIN - 1)

    return once


def _post(browser: Client, initiative: Initiative) -> HttpResponseBase:
    address = reverse("goals:roadmap_move", args=[initiative.business.slug, initiative.pk])
    dates = {"start": str(initiative.start_date), "end": str(initiative.end_date)}
    return browser.post(address, {**dates, "preview": "1"}, headers={"HX-Request": "true"})


def _business_of_200() -> tuple[Business, User]:
    stamp = f"{time.time_ns()}"
    owner = User.objects.create_user(f"bench-{stamp}@example.com", None, name="Bench")
    business = found_business(
        name=f"Bench {stamp}", owner=owner, time_zone="Europe/Ljubljana", language="en"
    )
    goals = Goal.objects.bulk_create([_goal(business, number) for number in range(GOALS)])
    made = Initiative.objects.bulk_create(
        [_initiative(goals[n % GOALS], n, owner) for n in range(ALL)]
    )
    pairs = Initiative.depends_on.through
    pairs.objects.bulk_create(
        [
            pairs(from_initiative=after, to_initiative=before)
            for before, after in pairwise(made[:IN_CHAIN])
        ]
    )
    return business, owner


def _goal(business: Business, number: int) -> Goal:
    return Goal(
        business=business,
        title=f"Goal {number}",
        metric="Followers",
        baseline=0,
        target=100,
        start_date=date(2026, 1, 1),
        deadline_date=date(2027, 12, 31),
    )


def _initiative(goal: Goal, number: int, owner: User) -> Initiative:
    start = date(2026, 1, 5) + 4 * DAY * number
    return Initiative(
        business=goal.business,
        goal=goal,
        title=f"Initiative number {number} of the shop",
        start_date=start,
        end_date=start + 3 * DAY,
        owner=owner,
        status=Initiative.Status.values[number % 3],
        progress=number % 100,
    )


def _ends_of(business: Business) -> tuple[Initiative, Initiative]:
    """One that nobody waits for, and the first of the chain."""
    every = list(business.initiatives.select_related("business").order_by("pk"))
    return every[-1], every[0]
