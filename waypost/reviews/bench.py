"""How fast reports are: twenty channels, many posts; page, PDF and PPTX."""

import datetime as dt
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.goals.models import Goal, Initiative
from waypost.kit.secrets import seal
from waypost.providers import registry
from waypost.reviews import actions, export
from waypost.reviews.content import of_report
from waypost.reviews.figures import ChannelFigures, Measure, packed
from waypost.reviews.metrics import METRICS
from waypost.reviews.models import Report
from waypost.reviews.times import last_month

RUNS, FILE_RUNS = 11, 3
CHANNELS, LINES = 20, 10
MOST_QUERIES, LONGEST_MS, LONGEST_FILE_MS = 15, 200, 3000


def reviews_bench() -> list[dict[str, Any]]:
    """Rows of ``{name, value, unit, limit, ok}``; fills the current database to measure."""
    report, goal, owner = _report()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(owner)
    slug = report.business.slug
    pages = {
        "report": reverse("reviews:report", args=[slug, report.pk]),
        "reports": reverse("reviews:list", args=[slug]),
        "trace": reverse("reviews:trace_goal", args=[slug, goal.pk]),
    }
    rows = []
    for name, page in pages.items():
        rows += _page_rows(browser, name, page)
    for kind in ("pdf", "pptx", "xlsx"):
        took = _median(partial(_write, report, kind), FILE_RUNS)
        rows.append(_row(f"report_{kind}_median", took, "ms", LONGEST_FILE_MS))
    return rows


def _page_rows(browser: Client, name: str, page: str) -> list[dict[str, Any]]:
    took = _median(partial(_open, browser, page), RUNS)
    with CaptureQueriesContext(connection) as queries:
        _open(browser, page)
        asked = len(queries)
    return [
        _row(f"{name}_page_queries", asked, "queries", MOST_QUERIES),
        _row(f"{name}_page_median", took, "ms", LONGEST_MS),
    ]


def _median(deed: Callable[[], None], runs: int) -> float:
    """Of ``runs``, in milliseconds; once before, for what is made once."""
    deed()
    return round(statistics.median(_ms(deed) for _ in range(runs)), 1)


def _row(name: str, value: float, unit: str, limit: int) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ok": value <= limit}


def _ms(deed: Callable[[], None]) -> float:
    start = time.perf_counter()
    deed()
    return (time.perf_counter() - start) * 1000


def _open(browser: Client, page: str) -> None:
    answer = browser.get(page)
    if answer.status_code != 200:
        raise RuntimeError(f"{page} answered {answer.status_code}")


def _write(report: Report, kind: str) -> None:
    export.write(of_report(report), kind)


def _report() -> tuple[Report, Goal, User]:
    stamp = f"{time.time_ns()}"
    owner = User.objects.create_user(f"bench-{stamp}@example.com", None, name="Bench")
    business = found_business(name=f"Reports {stamp}", owner=owner, time_zone="UTC", language="en")
    for number in range(CHANNELS):
        _channel(business, number)
    goal = _goal(business)
    report = actions.start(business, last_month(timezone.localdate()), by=owner)
    channels = tuple(_figures(number) for number in range(CHANNELS))
    report.figures = packed(replace(report.numbers, channels=channels))
    report.save()
    text = "\n".join(f"Thing {number} to do next" for number in range(LINES))
    actions.answer(report, {"result": "Words " * 60, "next": text, "improve": text}, by=owner)
    for line in report.lines("next"):
        actions.make_task(report, question="next", text=line, by=owner)
    report.refresh_from_db()
    return report, goal, owner


def _channel(business: Business, number: int) -> None:
    Connection.objects.create(
        business=business,
        provider_id=sorted(registry.ALL)[0],
        remote_id=f"bench-{number}",
        handle=f"bench{number}",
        name="Bench",
        sealed_secrets=seal({}),
        connected_at=timezone.now() - dt.timedelta(days=90),
    )


def _goal(business: Business) -> Goal:
    today = timezone.localdate()
    days = {
        "start_date": today - dt.timedelta(days=90),
        "deadline_date": today + dt.timedelta(days=90),
    }
    goal = Goal.objects.create(
        business=business, title="Bench", metric="m", baseline=0, target=9, **days
    )
    Initiative.objects.bulk_create(
        Initiative(
            business=business,
            goal=goal,
            title=f"Initiative {number}",
            start_date=days["start_date"],
            end_date=days["deadline_date"],
        )
        for number in range(LINES)
    )
    return goal


def _figures(number: int) -> ChannelFigures:
    rows = (
        Measure(key, Decimal(place * 100), Decimal(place * 110))
        for place, key in enumerate(METRICS)
    )
    return ChannelFigures(f"a{number}", "Network", f"bench{number}", tuple(rows))
