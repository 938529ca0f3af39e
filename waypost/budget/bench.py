"""How fast the sheet is: 200 lines by 12 months, every cell planned and spent."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from waypost.accounts.actions import found_business
from waypost.accounts.models import User
from waypost.budget import export
from waypost.budget.actions import start_budget
from waypost.budget.models import MONTHS, ActualAmount, Budget, Line, PlannedAmount
from waypost.budget.reading import read

RUNS = 21
LINES = 200
MOST_QUERIES, LONGEST_MS = 10, 150
LONGEST_SAVE_MS = 50
LONGEST_EXPORT_MS = 1000


def budget_bench() -> list[dict[str, Any]]:
    """Rows of ``{name, value, unit, limit, ok}``; fills the current database to measure."""
    budget, owner = _budget_of_200_lines()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(owner)
    page = reverse("budget:sheet", args=[budget.business.slug])
    _open(browser, page)  # what is made once: templates, addresses
    with CaptureQueriesContext(connection) as queries:
        _open(browser, page)
        asked = len(queries)
    opened = statistics.median(_ms(lambda: _open(browser, page)) for _ in range(RUNS))
    saved = statistics.median(_saves(browser, budget))
    _export(budget)  # loads the library
    exported = statistics.median(_ms(lambda: _export(budget)) for _ in range(3))
    return [
        _row("budget_sheet_queries", asked, "queries", MOST_QUERIES),
        _row("budget_sheet_median", round(opened, 1), "ms", LONGEST_MS),
        _row("budget_cell_save_median", round(saved, 1), "ms", LONGEST_SAVE_MS),
        _row("budget_xlsx_median", round(exported, 1), "ms", LONGEST_EXPORT_MS),
    ]


def _export(budget: Budget) -> None:
    export.write(read(budget), "xlsx", business=budget.business.name)


def _row(name: str, value: float, unit: str, limit: int) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ok": value <= limit}


def _ms(deed: Callable[[], None]) -> float:
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


def _open(browser: Client, page: str) -> None:
    answer = browser.get(page)
    shown = answer.content.count(b"data-cell=")
    if answer.status_code != 200 or shown != LINES * len(MONTHS):
        raise RuntimeError(f"{page} answered {answer.status_code} with {shown} cells")


def _saves(browser: Client, budget: Budget) -> list[float]:
    """Milliseconds of writing the plan of January into one line after the other."""
    lines = list(budget.lines.all()[: RUNS + 1])
    times = [_ms(lambda line=line: _save(browser, budget, line)) for line in lines]  # type: ignore[misc]
    return times[1:]


def _save(browser: Client, budget: Budget, line: Line) -> None:
    url = reverse("budget:cell", args=[budget.business.slug, line.pk, "plan", 1])
    fields = {"amount": "1.234,56", "version": "0"}
    answer = browser.post(url, fields, headers={"accept": "application/json"})
    if answer.status_code != 200:
        raise RuntimeError(f"{url} answered {answer.status_code}")


def _budget_of_200_lines() -> tuple[Budget, User]:
    stamp = f"{time.time_ns()}"
    owner = User.objects.create_user(f"bench-{stamp}@example.com", None, name="Bench")
    business = found_business(name=f"Money {stamp}", owner=owner, time_zone="UTC", language="en")
    budget = start_budget(business, by=owner, year=2026, currency="EUR")
    categories = list(budget.categories.all())
    lines = Line.objects.bulk_create(
        Line(
            budget=budget,
            category=categories[at % len(categories)],
            name=f"Line {at}",
            position=at,
            carry_over=at % 2 == 0,
        )
        for at in range(LINES)
    )
    cells = [(line, month) for line in lines for month in MONTHS]
    PlannedAmount.objects.bulk_create(
        (PlannedAmount(line=line, month=month, amount=100 + month) for line, month in cells),
        batch_size=1000,
    )
    ActualAmount.objects.bulk_create(
        (ActualAmount(line=line, month=month, amount=90 + month) for line, month in cells),
        batch_size=1000,
    )
    return budget, owner
