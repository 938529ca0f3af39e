"""How fast the library is with 5,000 files in it."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, User
from waypost.library.kinds import Kind
from waypost.library.models import Asset, Folder, Tag

RUNS = 15
FILES = 5_000
MOST_QUERIES = 15
LONGEST_MS = 150


def library_bench() -> list[dict[str, Any]]:
    """Rows of ``{name, value, unit, limit, ok}``; fills the current database to measure."""
    business, owner = _business_of_5_000()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(owner)
    address = reverse("library:list", args=[business.slug])
    _get(browser, address, {})
    with CaptureQueriesContext(connection) as queries:
        _get(browser, address, {})
        asked = len(queries)
    page = _median(lambda: _get(browser, address, {}))
    search = _median(lambda: _get(browser, address, {"q": f"{FILES - 7} wax"}))
    return [
        _row("library_page_queries", asked, "queries", MOST_QUERIES),
        _row("library_page_median", page, "ms", LONGEST_MS),
        _row("library_search_median", search, "ms", LONGEST_MS),
    ]


def _get(browser: Client, address: str, asked: dict[str, str]) -> None:
    answer = browser.get(address, asked)
    if f"{FILES - 7}".encode() not in answer.content:
        raise RuntimeError(f"{address} {asked} answered {answer.status_code} without its file")


def _median(act: Callable[[], None]) -> float:
    act()
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 1)


def _row(name: str, value: float, unit: str, limit: int) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "ok": value <= limit}


def _business_of_5_000() -> tuple[Business, User]:
    """Files in ten folders, a third of them with a tag."""
    stamp = f"{time.time_ns()}"
    owner = User.objects.create_user(f"library-{stamp}@example.com", None, name="Bench")
    business = found_business(name=f"Files {stamp}", owner=owner, time_zone="UTC", language="en")
    tag = Tag.objects.create(business=business, name="wax")
    folders = [Folder.objects.create(business=business, name=f"Box {n}") for n in range(10)]
    assets = Asset.objects.bulk_create(
        [
            Asset(
                business=business,
                folder=folders[n % 11] if n % 11 < 10 else None,
                name=f"picture {n} of wax.png",
                alt="Words " * 10,
                kind=Kind.PICTURE,
                mime="image/png",
                size=1000 + n,
                width=1200,
                height=800,
                sha256=f"{n:064x}",
                prepared_at=timezone.now(),
            )
            for n in range(FILES)
        ],
        batch_size=500,
    )
    tagged = [Asset.tags.through(asset=each, tag=tag) for each in assets[::3]]
    Asset.tags.through.objects.bulk_create(tagged, batch_size=500)
    return business, owner
