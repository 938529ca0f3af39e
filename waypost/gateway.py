"""The web application as granian serves it: pages through threads, open connections without.

Every request goes to Django's WSGI application in one of a few threads, as before. When the
answer carries a ticket (``waypost.live.ticket``), the connection stays open and is fed by
the hub, which needs no thread for it. The decision stands in docs/decisions.
"""

import asyncio
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from waypost.live.hub import Full, Hub
from waypost.live.ticket import HEADER, UNDERSTOOD, Ticket

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

log = logging.getLogger(__name__)

IN_MEMORY = 512 * 1024  # bytes of a request or an answer that are not written to disk
MOST_BYTES = 4 * 1024**3  # of a request
SLOWEST = 120.0  # seconds that a browser may take for one piece of an answer
TICKET = HEADER.lower().encode()

STREAM: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx hands each event on at once
]


@dataclass
class Answer:
    """What Django said, as far as it is small enough to be kept in memory."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    is_sent: bool = False  # piece by piece already

    @property
    def ticket(self) -> Ticket | None:
        found = next((value for name, value in self.headers if name == TICKET), None)
        return Ticket.read(found.decode("latin-1")) if found else None


class Gateway:
    """An ASGI application around a WSGI one."""

    def __init__(self, wsgi: Callable[..., Iterable[bytes]], *, threads: int) -> None:
        self.wsgi = wsgi
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self.hub = Hub()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self.hub.close()
                await send({"type": "lifespan.shutdown.complete"})
                return
            await send({"type": "lifespan.startup.complete"})

    async def _serve(self, scope: Any, receive: Receive, send: Send) -> None:
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as body:
            length = await read_body(receive, body)
            if length is None:
                return  # the browser went away before it had said everything
            if length > MOST_BYTES:
                await say(send, 413, b"This is too much at once.")
                return
            body.seek(0)
            environ = environ_of(scope, body, length)
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(self.pool, self._ask, environ, loop, send)
        if ticket := answer.ticket:
            await self._stream(ticket, receive, send)
        elif not answer.is_sent:
            await say(send, answer.status, answer.body, answer.headers)

    def _ask(self, environ: dict[str, Any], loop: asyncio.AbstractEventLoop, send: Send) -> Answer:
        """In a thread: the answer, small ones whole, large ones sent from here in pieces."""
        answer = Answer()

        def start_response(status: str, headers: list[tuple[str, str]], _error: Any = None) -> Any:
            answer.status = int(status[:3])
            answer.headers = [
                (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
            ]

        pieces = self.wsgi(environ, start_response)
        try:
            self._gather(answer, pieces, environ["REQUEST_METHOD"] == "HEAD", loop, send)
        finally:
            # Ends the request for Django, in the thread whose database connection it used.
            if close := getattr(pieces, "close", None):
                close()
        return answer

    def _gather(
        self,
        answer: Answer,
        pieces: Iterable[bytes],
        is_head: bool,
        loop: asyncio.AbstractEventLoop,
        send: Send,
    ) -> None:
        kept = bytearray()

        def pass_on(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(_sent(send, message), loop).result(SLOWEST)

        for piece in pieces if not is_head else ():
            kept += piece
            if len(kept) > IN_MEMORY:
                if not answer.is_sent:
                    answer.is_sent = True
                    pass_on(_start(answer.status, answer.headers))
                pass_on({"type": "http.response.body", "body": bytes(kept), "more_body": True})
                kept.clear()
        if answer.is_sent:
            pass_on({"type": "http.response.body", "body": bytes(kept)})
        answer.body = bytes(kept)

    async def _stream(self, ticket: Ticket, receive: Receive, send: Send) -> None:
        events = self.hub.listen(ticket)
        try:
            first = await anext(events)
        except Full:
            await say(send, 429, b"There are too many open connections.")
            return
        await send(_start(200, STREAM))
        feeding = asyncio.ensure_future(_feed(first, events, send))
        leaving = asyncio.ensure_future(_until_gone(receive))
        try:
            await asyncio.wait({feeding, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in (feeding, leaving):
                each.cancel()
            await asyncio.gather(feeding, leaving, return_exceptions=True)
            await events.aclose()  # type: ignore[attr-defined]  # it is an async generator


async def _sent(send: Send, message: Message) -> None:
    await send(message)


async def _feed(first: bytes, events: Any, send: Send) -> None:
    await send({"type": "http.response.body", "body": first, "more_body": True})
    async for event in events:
        await send({"type": "http.response.body", "body": event, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _start(status: int, headers: Headers) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


async def say(send: Send, status: int, body: bytes, headers: Headers | None = None) -> None:
    """One whole answer; whoever has gone meanwhile does not hear it."""
    plain: Headers = [(b"content-type", b"text/plain; charset=utf-8")]
    with suppress(ConnectionError):
        await send(_start(status, plain if headers is None else headers))
        await send({"type": "http.response.body", "body": body})


async def read_body(receive: Receive, into: IO[bytes]) -> int | None:
    """How many bytes came; None when the browser went away. Stops reading beyond the limit."""
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        piece = message.get("body", b"")
        length += len(piece)
        if length > MOST_BYTES:
            return length
        into.write(piece)
        if not message.get("more_body"):
            return length


def environ_of(scope: Any, body: IO[bytes], length: int) -> dict[str, Any]:
    """The request as PEP 3333 wants it."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        UNDERSTOOD: True,
    }
    for name, value in scope["headers"]:
        _add_header(environ, name.decode("latin-1"), value.decode("latin-1"))
    if "transfer-encoding" in {name.decode("latin-1") for name, _value in scope["headers"]}:
        environ["CONTENT_LENGTH"] = str(length)
    return environ


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    # With an underscore it would pass for a header that a proxy vouches for.
    if "_" in name:
        return
    key = name.upper().replace("-", "_")
    if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
        key = f"HTTP_{key}"
    if key in environ and key.startswith("HTTP_"):
        value = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
    environ[key] = value
