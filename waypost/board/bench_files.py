"""How long a Trello board of 50 MB takes as a person brings it in, and what memory it asks."""

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
from django.test import Client
from django.urls import reverse

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, User
from waypost.board.models import Import

LISTS, CARDS, ACTIONS = 8, 4_900, 38_000
LONGEST_READ_S, LONGEST_BRING_S = 15, 30
MOST_MB = 250


def trello_bench() -> list[dict[str, Any]]:
    """Rows of ``{name, value, unit, limit, ok}``; fills the current database to measure."""
    owner = User.objects.create_user(f"t{time.time_ns()}@example.com", None, name="Bench")
    business = found_business(name="Bench", owner=owner, time_zone="UTC", language="en")
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(owner)
    process = psutil.Process()
    before = process.memory_info().rss
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "board.json"
        path.write_text("".join(_board()))
        megabytes = path.stat().st_size / 2**20
        read = _timed(lambda: _send(browser, business, path))
    bring = _timed(lambda: _accept(browser, business))
    grown = (process.memory_info().rss - before) / 2**20
    name = f"trello_{megabytes:.0f}_mb_{CARDS}_cards"
    return [
        _row(f"{name}_read_and_look", read, "s", LONGEST_READ_S),
        _row(f"{name}_brought_in", bring, "s", LONGEST_BRING_S),
        _row(f"{name}_memory_afterwards", grown, "MB", MOST_MB),
    ]


def _row(name: str, value: float, unit: str, limit: int) -> dict[str, Any]:
    rounded = round(value, 1)
    return {"name": name, "value": rounded, "unit": unit, "limit": limit, "ok": rounded <= limit}


def _timed(act: Any) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _send(browser: Client, business: Business, path: Path) -> None:
    """The form with the file, and the page with what would come."""
    address = reverse("board:import", args=[business.slug])
    with path.open("rb") as file:
        answer = browser.post(address, {"file": file})
    if answer.status_code != 302 or browser.get(answer["Location"]).status_code != 200:
        raise RuntimeError(f"the file was answered with {answer.status_code}")


def _accept(browser: Client, business: Business) -> None:
    kept = Import.objects.get(business=business)
    address = reverse("board:import_look", args=[business.slug, kept.pk])
    columns = {f"list-{n}": "backlog" for n in range(LISTS)}
    browser.post(address, {**columns, "closed": "on", "accept": "1"})
    if business.tasks.count() != CARDS:
        raise RuntimeError(f"{business.tasks.count()} of {CARDS} cards came")


def _board() -> Iterator[str]:
    """The text of the file, in the shape of Trello's own export."""
    lists = [{"id": f"l{n}", "name": f"List {n}", "pos": n} for n in range(LISTS)]
    yield '{"name": "Bench", "lists": ' + json.dumps(lists) + ', "cards": ['
    for n in range(CARDS):
        yield ("," if n else "") + json.dumps(_card(n))
    yield '], "checklists": ['
    for n in range(CARDS):
        items = [{"name": "A step of the task", "state": "complete"} for _n in range(5)]
        yield ("," if n else "") + json.dumps({"idCard": f"c{n}", "checkItems": items})
    yield '], "actions": ['
    for n in range(ACTIONS):
        data = {"card": {"id": f"c{n % CARDS}"}, "text": "Words of a colleague " * 12}
        kind = "updateCard" if n % 4 else "commentCard"
        more = {"display": {"translationKey": "action", "entities": ["x" * 400]}}
        yield ("," if n else "") + json.dumps({"type": kind, "data": data, **more})
    yield "]}"


def _card(n: int) -> dict[str, Any]:
    return {
        "id": f"c{n}",
        "name": f"Number {n} of what our shop does",
        "desc": "What is to be done, how, and for whom. " * 100,
        "idList": f"l{n % LISTS}",
        "closed": n % 40 == 0,
        "pos": n,
        "due": f"2026-12-{1 + n % 28:02}T10:00:00.000Z",
        "attachments": [{"name": "File", "url": f"https://example.com/{n}"}],
    }
