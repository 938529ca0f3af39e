"""Open connections of one process, fed by one look at the database for all of them.

While nobody listens nothing is asked. Everything that touches the database runs in one
thread of its own; the connections themselves cost a coroutine each and no thread.
"""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.sessions.models import Session
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from waypost.accounts.models import Member
from waypost.live.models import Change
from waypost.live.ticket import Ticket

log = logging.getLogger(__name__)
T = TypeVar("T")

LOOKS_EVERY = 0.4  # seconds
CHECKS_EVERY = 4.0  # seconds until somebody who was removed hears no more
BEATS_EVERY = 20.0  # seconds; proxies close what is silent for longer
SETTLES_IN = 10.0  # seconds within which a lower number may still be committed
MOST_OF_A_PERSON = 8
MOST = 1000
MOST_REPLAYED = 500
MOST_WAITING = 200  # events of one slow connection; beyond that it is told to load anew

BEAT = b": still here\n\n"
RELOAD = b"event: reload\ndata: {}\n\n"
GONE = b"event: gone\ndata: {}\n\n"


@dataclass(frozen=True)
class News:
    """A change as it is told."""

    number: int
    business: int
    topic: str
    row: int
    version: int
    by: int | None

    def written(self) -> bytes:
        data = json.dumps({"row": self.row, "version": self.version, "by": self.by})
        return f"id: {self.number}\nevent: change\ndata: {data}\n\n".encode()


@dataclass(eq=False)
class Listener:
    ticket: Ticket
    waiting: asyncio.Queue[bytes | None] = field(
        default_factory=lambda: asyncio.Queue(MOST_WAITING + 1)
    )

    def hear(self, event: bytes | None) -> None:
        """None ends the connection."""
        if self.waiting.qsize() >= MOST_WAITING:
            while not self.waiting.empty():
                self.waiting.get_nowait()
            self.waiting.put_nowait(RELOAD)
        with suppress(asyncio.QueueFull):
            self.waiting.put_nowait(event)


class Full(Exception):
    """No further connection: this person, or everybody together, has too many."""


class Hub:
    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        self._loops: list[asyncio.Task[None]] = []
        self._seen: dict[int, float] = {}  # number → when it was told
        self._floor = 0

    async def listen(self, ticket: Ticket) -> AsyncIterator[bytes]:
        """Bytes of the stream until the person goes or may no longer listen.

        Raises ``Full`` before the first one.
        """
        own = sum(each.ticket.user == ticket.user for each in self.listeners)
        if own >= MOST_OF_A_PERSON or len(self.listeners) >= MOST:
            raise Full
        listener = Listener(ticket)
        await self._begin(listener)
        try:
            yield b"retry: 2000\n\n"
            async for event in self._events(listener):
                yield event
        finally:
            self._leave(listener)

    async def _events(self, listener: Listener) -> AsyncIterator[bytes]:
        for event in await self._run(replay, listener.ticket):
            yield event
        while True:
            try:
                found = await asyncio.wait_for(listener.waiting.get(), BEATS_EVERY)
            except TimeoutError:
                found = BEAT
            if found is None:
                return
            yield found

    async def _begin(self, listener: Listener) -> None:
        if not self.listeners:
            # What is there already was either seen by the page or is told from its number on.
            self._floor = await self._run(_latest_number)
            self._seen.clear()
        self.listeners.add(listener)
        if not self._loops:
            self._loops = [
                asyncio.create_task(self._repeat(self._look, LOOKS_EVERY)),
                asyncio.create_task(self._repeat(self._check, CHECKS_EVERY)),
            ]

    def _leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        if not self.listeners:
            for loop in self._loops:
                loop.cancel()
            self._loops = []

    async def _repeat(self, act: Callable[[], Any], every: float) -> None:
        while True:
            await asyncio.sleep(every)
            try:
                await act()
            except DatabaseError as error:
                log.warning("The database did not answer about what changed: %s", error)

    async def _look(self) -> None:
        now = time.monotonic()
        for news in await self._run(changes_after, self._floor, set(self._seen)):
            self._seen[news.number] = now
            told = news.written() if news.row else RELOAD
            for listener in self.listeners:
                ticket = listener.ticket
                if (ticket.business, ticket.topic) == (news.business, news.topic):
                    listener.hear(told)
        settled = [number for number, at in self._seen.items() if at < now - SETTLES_IN]
        for number in settled:
            del self._seen[number]
            self._floor = max(self._floor, number)

    async def _check(self) -> None:
        allowed = await self._run(still_allowed, [each.ticket for each in self.listeners])
        for listener in list(self.listeners):
            if listener.ticket not in allowed:
                listener.hear(GONE)
                listener.hear(None)

    async def _run(self, act: Callable[..., T], *words: Any) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, _with_database, act, words)

    def close(self) -> None:
        """The process ends: let every page go, it connects anew elsewhere."""
        for listener in list(self.listeners):
            listener.hear(None)
        self._thread.shutdown(wait=False)


def _with_database(act: Callable[..., T], words: Sequence[Any]) -> T:
    close_old_connections()
    try:
        return act(*words)
    finally:
        close_old_connections()


def _latest_number() -> int:
    return Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def changes_after(floor: int, seen: set[int]) -> list[News]:
    """Numbers are drawn before they are committed, so a lower one may come after a higher:
    everything above ``floor`` is looked at again, and what was told is left out.
    """
    rows = Change.objects.after(floor).values_list(
        "pk", "business_id", "topic", "row", "version", "by_id"
    )
    return [News(*row) for row in rows[:2000] if row[0] not in seen]


def replay(ticket: Ticket) -> list[bytes]:
    """What a page missed since it was drawn, or since it lost its connection."""
    rows = Change.objects.filter(business=ticket.business, topic=ticket.topic)
    oldest = Change.objects.order_by("pk").values_list("pk", flat=True).first() or 0
    missed = list(
        rows.after(ticket.since).values_list(
            "pk", "business_id", "topic", "row", "version", "by_id"
        )[: MOST_REPLAYED + 1]
    )
    forgotten = ticket.since and ticket.since < oldest - 1
    news = [News(*row) for row in missed]
    if forgotten or len(news) > MOST_REPLAYED or any(not each.row for each in news):
        return [RELOAD]
    return [each.written() for each in news]


def still_allowed(tickets: Iterable[Ticket]) -> set[Ticket]:
    """Those whose session goes on and whose role still allows it; two queries for all."""
    asked = list(tickets)
    alive = set(
        Session.objects.filter(
            session_key__in={each.session for each in asked}, expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    members = Member.objects.filter(
        business__in={each.business for each in asked},
        user__in={each.user for each in asked},
        user__is_active=True,
    )
    known = {(each.business_id, each.user_id): each for each in members}
    return {
        each
        for each in asked
        if each.session in alive
        and (member := known.get((each.business, each.user))) is not None
        and member.may(each.permission)
    }
