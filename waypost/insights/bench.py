"""How fast the pages of numbers are: 20 accounts over two years, 20,000 posts with 12 snapshots."""

import datetime as dt
import statistics
import time
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, User
from waypost.budget.actions import add_line, start_budget
from waypost.budget.models import ADVERTISING, Expense
from waypost.connections.models import Connection
from waypost.content.models import Item, Kind
from waypost.content.models import Status as ItemStatus
from waypost.insights import last_totals
from waypost.insights.models import PostSnapshot, Reading
from waypost.insights.month_totals import keep
from waypost.insights.store import month_number
from waypost.kit.secrets import seal
from waypost.providers import registry
from waypost.providers.base import HandsOver
from waypost.publishing.models import Delivery, Status

RUNS = 9
ACCOUNTS, DAYS, POSTS = 20, 730, 20_000
LOOKS = tuple(
    dt.timedelta(hours=hours) for hours in (1, 2, 6, 12, 24, 48, 96, 168, 336, 504, 720, 1440)
)
METRICS = ("followers", "reach", "impressions", "likes", "comments", "shares", "link_clicks")
MOST_QUERIES = 15
LONGEST_MS = 200
PAGES = ("report", "channels", "posts", "voice")


def insights_bench() -> list[dict[str, Any]]:
    """Rows of ``{name, value, unit, limit, ok}``; fills the current database to measure."""
    business, owner = _business()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(owner)
    today = timezone.localdate()
    times = {
        "month": "",
        "year": f"?from={today - dt.timedelta(days=364)}&to={today}",
    }
    rows = []
    for page in PAGES:
        for word, query in times.items():
            if page == "voice" and query:
                continue
            address = f"{reverse(f'insights:{page}', args=[business.slug])}{query}"
            asked, took = _measured(browser, address)
            rows.append(_row(f"numbers_{page}_{word}_queries", asked, "queries", MOST_QUERIES))
            rows.append(_row(f"numbers_{page}_{word}_median", took, "ms", LONGEST_MS))
    return rows


def _measured(browser: Client, address: str) -> tuple[int, float]:
    _get(browser, address)  # what is made once: templates, addresses
    with CaptureQueriesContext(connection) as queries:
        _get(browser, address)
        asked = len(queries)
    return asked, round(statistics.median(_timed(browser, address) for _ in range(RUNS)), 1)


def _timed(browser: Client, address: str) -> float:
    start = time.perf_counter()
    _get(browser, address)
    return (time.perf_counter() - start) * 1000


def _get(browser: Client, address: str) -> None:
    response = browser.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")


def _row(name: str, value: float, unit: str, limit: int) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ok": value <= limit}


def _business() -> tuple[Business, User]:
    stamp = f"{time.time_ns()}"
    owner = User.objects.create_user(f"numbers-{stamp}@example.com", None, name="Bench")
    business = found_business(name=f"Numbers {stamp}", owner=owner, time_zone="UTC", language="en")
    accounts = [_account(business, number) for number in range(ACCOUNTS)]
    Reading.objects.bulk_create(_readings(business, accounts), batch_size=2000)
    months = {month_number(timezone.localdate() - dt.timedelta(days=back)) for back in range(DAYS)}
    with transaction.atomic():
        for account in accounts:
            keep(account, None, {(metric, month) for metric in METRICS for month in months})
    items = Item.objects.bulk_create(_items(business), batch_size=1000)
    sent = Delivery.objects.bulk_create(_sent(items, accounts), batch_size=1000)
    for start in range(0, POSTS, 500):
        last_totals.add(list(_snapshots(sent[start : start + 500])))
    _spend(business, accounts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return business, owner


def _spend(business: Business, accounts: list[Connection]) -> None:
    """A line for each account, with an expense in each month until now."""
    today = timezone.localdate()
    budget = start_budget(business, by=None, year=today.year, currency=business.currency)
    category = budget.categories.get(key=ADVERTISING)
    for number, account in enumerate(accounts):
        line = add_line(
            budget, by=None, category=category, name=f"Line {number}", connection=account
        )
        Expense.objects.bulk_create(
            Expense(line=line, date=today.replace(month=month, day=1), month=month, amount=20)
            for month in range(1, today.month + 1)
        )


def _account(business: Business, number: int) -> Connection:
    by_hand = next(each for each in registry.ALL.values() if isinstance(each, HandsOver))
    return Connection.objects.create(
        business=business,
        provider_id=by_hand.id,
        remote_id=f"other:{number}",
        handle=f"bench{number}",
        name="Bench",
        sealed_secrets=seal({}),
        settings={"network": "other"},
    )


def _readings(business: Business, accounts: list[Connection]) -> Iterator[Reading]:
    today = timezone.localdate()
    for account in accounts:
        for back in range(DAYS):
            day = today - dt.timedelta(days=back)
            for number, metric in enumerate(METRICS, 1):
                yield Reading(
                    business=business,
                    connection=account,
                    metric=metric,
                    date=day,
                    month=month_number(day),
                    value=Decimal(number * 100 + back),
                )


def _items(business: Business) -> Iterator[Item]:
    now, step = timezone.now(), dt.timedelta(days=DAYS) / POSTS
    for number in range(POSTS):
        yield Item(
            business=business,
            title=f"Post {number}",
            text="Words " * 20,
            kind=Kind.values[number % len(Kind.values)],
            status=ItemStatus.PUBLISHED,
            time_zone="UTC",
            due_at=now - step * number,
        )


def _sent(items: list[Item], accounts: list[Connection]) -> Iterator[Delivery]:
    for number, item in enumerate(items):
        assert item.due_at
        yield Delivery(
            item=item,
            connection=accounts[number % ACCOUNTS],
            status=Status.PUBLISHED,
            due_at=item.due_at,
            published_at=item.due_at,
            remote_id=str(number),
        )


def _snapshots(sent: list[Delivery]) -> Iterator[PostSnapshot]:
    """As a post is counted: often while it is young, the last time after two months."""
    now = timezone.now()
    for number, delivery in enumerate(sent):
        assert delivery.published_at
        share = min(1.0, (now - delivery.published_at) / LOOKS[-1])
        for step, age in enumerate(LOOKS):
            yield PostSnapshot(
                delivery=delivery,
                taken_at=delivery.published_at + age * share,
                likes=number % 50 + step,
                comments=step,
                shares=number % 3,
                reach=500 + number % 100,
            )
