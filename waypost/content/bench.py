"""How fast the calendar, the composer and the ideas shelf are in a business of 10,000 items."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Item, Status, Variant
from waypost.kit.secrets import seal
from waypost.providers import registry

RUNS = 21
MOST_QUERIES = 12
LONGEST_MS = 100
LONGEST_MOVE_MS = 60
MOST_COMPOSER_QUERIES = 15
IDEAS = 1_100
IN_MONTH, ALL = 1_000, 10_000
_MONTH = datetime(2026, 10, 1, tzinfo=UTC)


def calendar_bench() -> list[dict[str, Any]]:
    """Rows of ``{name, value, unit, limit, ok}``; fills the current database to measure."""
    business, owner = _business_of_10_000()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(owner)
    address = f"{reverse('content:calendar', args=[business.slug])}?month={_MONTH:%Y-%m}"
    _get(browser, address)  # what is made once: templates, addresses
    with CaptureQueriesContext(connection) as queries:
        _get(browser, address)
        asked = len(queries)
    month = _median(lambda: _get(browser, address))
    search = _median(lambda: _search(browser, business))
    item = business.items.filter(status=Status.DRAFT, due_at__gte=_MONTH)[0]
    days = cycle((3, 17))
    move = _median(lambda: _move(browser, item, next(days)))
    return [
        *_composer(browser, business),
        _ideas(browser, business),
        _row("calendar_month_queries", asked, "queries", MOST_QUERIES),
        _row("calendar_month_median", month, "ms", LONGEST_MS),
        _row("calendar_move_median", move, "ms", LONGEST_MOVE_MS),
        _row("calendar_search_median", search, "ms", LONGEST_MS),
    ]


def _composer(browser: Client, business: Business) -> list[dict[str, Any]]:
    """The page on which a post of two channels is edited, and the one for a new post."""
    item = business.items.filter(status=Status.DRAFT)[0]
    rows = []
    for name, args in (("edit", [item.pk]), ("new", [])):
        address = reverse(f"content:{name}", args=[business.slug, *args])
        _open(browser, address)
        with CaptureQueriesContext(connection) as queries:
            _open(browser, address)
            asked = len(queries)
        rows.append(_row(f"composer_{name}_queries", asked, "queries", MOST_COMPOSER_QUERIES))
        took = _median(lambda address=address: _open(browser, address))  # type: ignore[misc]
        rows.append(_row(f"composer_{name}_median", took, "ms", LONGEST_MS))
    return rows


def _ideas(browser: Client, business: Business) -> dict[str, Any]:
    address = reverse("content:ideas", args=[business.slug])
    if (there := business.items.filter(status=Status.IDEA).count()) < IDEAS:
        raise RuntimeError(f"only {there} ideas are on the shelf")
    return _row("ideas_median", _median(lambda: _open(browser, address)), "ms", LONGEST_MS)


def _open(browser: Client, address: str) -> None:
    if (status := browser.get(address).status_code) != 200:
        raise RuntimeError(f"{address} answered {status}")


def _search(browser: Client, business: Business) -> None:
    """Two words that one post among 10,000 carries, in the list of all posts."""
    page = browser.get(reverse("content:items", args=[business.slug]), {"q": f"{ALL - 50} shop"})
    if f"Number {ALL - 50}".encode() not in page.content:
        raise RuntimeError("the search did not find its post")


def _move(browser: Client, item: Item, day: int) -> None:
    address = reverse("content:place", args=[item.business.slug, item.pk])
    answer = browser.post(address, {"day": f"2026-10-{day:02}"}, headers={"HX-Request": "true"})
    if "HX-Trigger" not in answer.headers:
        raise RuntimeError(f"the move answered {answer.status_code}")


def _row(name: str, value: float, unit: str, limit: int) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ok": value <= limit}


def _median(act: Callable[[], None]) -> float:
    """Of some runs, in milliseconds."""
    act()
    return round(statistics.median(_milliseconds(act) for _ in range(RUNS)), 1)


def _milliseconds(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _get(browser: Client, address: str) -> None:
    response = browser.get(address)
    shown = response.content.count(b'class="cal-entry')
    if response.status_code != 200 or shown != IN_MONTH:
        raise RuntimeError(f"{address} answered {response.status_code} with {shown} items")


def _business_of_10_000() -> tuple[Business, User]:
    stamp = f"{time.time_ns()}"
    owner = User.objects.create_user(f"bench-{stamp}@example.com", None, name="Bench")
    business = found_business(name=f"Bench {stamp}", owner=owner, time_zone="UTC", language="en")
    channels = _channels(business)
    items = Item.objects.bulk_create(_items(business), batch_size=1000)
    Variant.objects.bulk_create(
        [Variant(item=item, connection=channel) for item in items for channel in channels],
        batch_size=1000,
    )
    return business, owner


def _channels(business: Business) -> list[Connection]:
    """One account at the first two networks there are."""
    return [
        Connection.objects.create(
            business=business,
            provider_id=provider_id,
            remote_id=f"bench-{provider_id}",
            handle="bench",
            name="Bench",
            sealed_secrets=seal({}),
        )
        for provider_id in sorted(registry.ALL)[:2]
    ]


def _items(business: Business) -> list[Item]:
    """A thousand in the month, the others long before its first week."""
    step = timedelta(days=28) / IN_MONTH
    states = list(Status)
    return [
        Item(
            business=business,
            title=f"Number {n} on what our shop says",
            text="Words " * 40,
            status=states[n % len(states)],
            time_zone="UTC",
            due_at=_MONTH + step * n if n < IN_MONTH else _MONTH - timedelta(days=20, hours=n),
        )
        for n in range(ALL)
    ]
