"""How many more calls a network says it will take, read off the headers of its answers.

A provider keeps no rows. What its answers say is handed to whoever listens: publishing
wraps a call in :func:`listening`, stores what matters, and does not start a call that the
network has announced it will refuse.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

CALLS = "calls"
"""The scope that every call counts in, whatever other scope it has."""

_A_MOMENT_AND_NO_SPAN = 1_000_000_000  # no server asks for a wait of thirty years
_LONGEST = timedelta(days=3650)
_WINDOW = re.compile(r"\bw=(\d{1,9})\b")


@dataclass(frozen=True)
class Price:
    """What one step costs: ``units`` of ``scope``, beside the one call that it is."""

    scope: str = CALLS
    units: int = 1


@dataclass(frozen=True)
class Meter:
    """Which budget the headers of an answer speak of."""

    scope: str = CALLS
    shared_windows: tuple[int, ...] = ()
    """Windows (seconds) that count every call of this installation, not of one account."""


@dataclass(frozen=True)
class Allowance:
    """One budget as a network told it with one answer."""

    scope: str  # as in Price, with the window in seconds where the network names it
    limit: int
    remaining: int  # in the network's own units: calls, or points
    resets_at: datetime  # UTC
    told_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    whole_app: bool = False  # for every account of this installation at the same server


_told: ContextVar[list[Allowance] | None] = ContextVar("told", default=None)


@contextmanager
def listening(heard: list[Allowance] | None = None) -> Iterator[list[Allowance]]:
    """Gathers what the answers to the calls inside say, in their order, in ``heard``."""
    heard = [] if heard is None else heard
    token = _told.set(heard)
    try:
        yield heard
    finally:
        _told.reset(token)


def note(response: httpx.Response, meter: Meter) -> None:
    """Hand what ``response`` says to the listener, when there is one."""
    heard = _told.get()
    if heard is not None and (allowance := read(response, meter)) is not None:
        heard.append(allowance)


def read(response: httpx.Response, meter: Meter) -> Allowance | None:
    """The budget in the headers; ``None`` where they do not say one that can be used.

    A refusal for too many calls (429) is a budget of nothing until it may be asked again.
    """
    limit, remaining = _number(response, "Limit"), _number(response, "Remaining")
    refused = response.status_code == 429
    wait = asked_wait(response) if refused else reset_of(response)
    if wait is None or (remaining is None and not refused):
        return None
    window = _WINDOW.search(response.headers.get("RateLimit-Policy", ""))
    shared = window is not None and int(window[1]) in meter.shared_windows
    scope = CALLS if shared else meter.scope
    return Allowance(
        scope=f"{scope}/{window[1]}" if window else scope,
        limit=limit or 0,
        remaining=0 if refused or remaining is None else remaining,
        resets_at=datetime.now(UTC) + wait,
        whole_app=shared,
    )


def asked_wait(response: httpx.Response) -> timedelta | None:
    """How long a refused call must wait: ``Retry-After``, else until the budget is reset."""
    asked = retry_after(response)
    return reset_of(response) if asked is None else asked


def retry_after(response: httpx.Response) -> timedelta | None:
    """``Retry-After`` in seconds or as an HTTP date, never shortened."""
    return _span(response.headers.get("Retry-After", ""), _now_there(response))


def reset_of(response: httpx.Response) -> timedelta | None:
    """When the budget is full again, by the clock of the server that says so."""
    for name in ("X-RateLimit-Reset", "RateLimit-Reset"):
        span = _span(response.headers.get(name, ""), _now_there(response))
        if span is not None:
            return span
    return None


def _number(response: httpx.Response, name: str) -> int | None:
    for prefix in ("X-RateLimit-", "RateLimit-"):
        value = response.headers.get(prefix + name, "").strip()
        if re.fullmatch(r"\d{1,9}", value, re.ASCII):
            return int(value)
    return None


def _now_there(response: httpx.Response) -> datetime:
    """The server's own time: a clock that goes wrong, here or there, then does no harm."""
    return _moment(response.headers.get("Date", "")) or datetime.now(UTC)


def _span(value: str, now: datetime) -> timedelta | None:
    """Seconds, a Unix time, an HTTP date or an ISO time as a span from ``now``, 0 or more."""
    value = value.strip()
    if re.fullmatch(r"\d{1,12}(\.\d+)?", value, re.ASCII):
        seconds = float(value)
        if seconds > _A_MOMENT_AND_NO_SPAN:
            seconds -= now.timestamp()
        span = timedelta(seconds=seconds)
    elif (moment := _moment(value)) is not None:
        span = moment - now
    else:
        return None
    return max(span, timedelta(0)) if span < _LONGEST else None


def _moment(value: str) -> datetime | None:
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
