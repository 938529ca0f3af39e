"""How fast the calendar goes out and comes in as a file: a thousand posts each way."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from waypost.accounts.actions import found_business
from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.calendar import Month
from waypost.content.exchange import jobs
from waypost.content.exchange.export import FORMATS, CalendarFile
from waypost.content.exchange.rows import Wanted
from waypost.content.models import ImportState
from waypost.kit.secrets import seal
from waypost.providers import registry
from waypost.providers.base import ConnectsByForm, HandsOver

ROWS = 1_000
LONGEST_IMPORT = 10  # seconds
LONGEST_EXPORT = 3
_START = datetime(2036, 10, 1, 8, tzinfo=UTC)


def exchange_bench() -> list[dict[str, Any]]:
    """Rows of ``{name, value, unit, limit, ok}``; fills the current database to measure."""
    stamp = f"{time.time_ns()}"
    owner = User.objects.create_user(f"files-{stamp}@example.com", None, name="Bench")
    business = found_business(name=f"Files {stamp}", owner=owner, time_zone="UTC", language="en")
    _page(business)
    job = jobs.keep(business, name="plan.csv", content=_file(), by=owner)
    jobs.start(job)
    rows = [_row("import_1000_rows", _seconds(lambda: jobs.run(job.pk)), LONGEST_IMPORT)]
    job.refresh_from_db()
    if job.status != ImportState.DONE or business.items.count() != ROWS:
        raise RuntimeError(f"the import ended as {job.status}: {job.result}")
    for name in FORMATS:
        file = CalendarFile(business, Wanted(month=Month(_START.year, _START.month)))
        took = _seconds(lambda file=file, name=name: file.write(name))  # type: ignore[misc]
        rows.append(_row(f"export_1000_{name}", took, LONGEST_EXPORT))
    return rows


def _page(business: Business) -> None:
    """An account that a person posts to."""
    provider = next(
        each
        for each in registry.ALL.values()
        if isinstance(each, HandsOver) and isinstance(each, ConnectsByForm)
    )
    Connection.objects.create(
        business=business,
        provider_id=provider.id,
        remote_id="facebook:bench",
        handle="bench",
        name="Bench",
        settings={"network": "facebook"},
        sealed_secrets=seal({}),
    )


def _file() -> bytes:
    """Half of the rows are scheduled, half are drafts."""
    lines = ["Date;Time;Channel;Type;Title;Text;Link;Status"]
    for number in range(ROWS):
        at = _START + timedelta(hours=number)
        status = "Scheduled" if number % 2 else "Draft"
        words = f"Number {number}: {'words ' * 40}"
        lines.append(
            f"{at:%Y-%m-%d};{at:%H:%M};Facebook bench;Photo;Number {number};{words};"
            f"https://shop.example/{number};{status}"
        )
    return "\n".join(lines).encode()


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return round(time.perf_counter() - start, 2)


def _row(name: str, value: float, limit: int) -> dict[str, Any]:
    return {"name": name, "value": value, "unit": "s", "limit": limit, "ok": value <= limit}
