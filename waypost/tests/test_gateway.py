"""The gateway: an ASGI server speaks with a WSGI application, and nothing is lost between."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from waypost import gateway
from waypost.gateway import Gateway
from waypost.live.hub import Hub
from waypost.live.ticket import HEADER, Ticket

TICKET = Ticket(1, "board", 2, "abc", "board.view", 0)


def ask(
    wsgi: Callable[..., Iterable[bytes]], body: tuple[bytes, ...] = (), **more: Any
) -> list[dict[str, Any]]:
    """Everything that the gateway sends for one request."""
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/č/",
        "query_string": b"a=1",
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 8000),
        "client": ("10.0.0.7", 5),
        "headers": [],
        **more,
    }
    pieces = [
        {"type": "http.request", "body": piece, "more_body": place < len(body) - 1}
        for place, piece in enumerate(body or (b"",))
    ]
    sent: list[Any] = []

    async def receive() -> Any:
        return pieces.pop(0) if pieces else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Gateway(wsgi, threads=2)(scope, receive, send))
    return sent


def test_a_request_reaches_the_application_whole() -> None:
    seen: dict[str, Any] = {}

    def wsgi(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.update(environ, body=environ["wsgi.input"].read())
        start("201 Created", [("X-One", "1")])
        return [b"he", b"llo"]

    headers = [
        (b"host", b"x.org"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x_forwarded_proto", b"https"),
        (b"content-type", b"text/plain"),
        (b"content-length", b"7"),
    ]
    start, body = ask(wsgi, (b"ab" * 2, b"cde"), headers=headers)
    assert (start["status"], start["headers"]) == (201, [(b"x-one", b"1")])
    assert body["body"] == b"hello"
    assert seen["body"] == b"ababcde"
    assert seen["PATH_INFO"] == "/č/".encode().decode("latin-1")
    assert (seen["HTTP_COOKIE"], seen["HTTP_HOST"]) == ("a=1; b=2", "x.org")
    assert (seen["CONTENT_LENGTH"], seen["CONTENT_TYPE"]) == ("7", "text/plain")
    assert (seen["REMOTE_ADDR"], seen["QUERY_STRING"]) == ("10.0.0.7", "a=1")
    assert "HTTP_X_FORWARDED_PROTO" not in seen


def test_a_large_answer_goes_out_in_pieces_and_the_request_is_closed() -> None:
    closed = []

    class Pieces:
        def __iter__(self) -> Any:
            return iter([b"x" * gateway.IN_MEMORY, b"y", b"z"])

        def close(self) -> None:
            closed.append(True)

    def wsgi(environ: dict[str, Any], start: Any) -> Any:
        start("200 OK", [])
        return Pieces()

    start, *bodies = ask(wsgi)
    assert start["status"] == 200
    assert b"".join(each["body"] for each in bodies) == b"x" * gateway.IN_MEMORY + b"yz"
    assert [each.get("more_body", False) for each in bodies] == [True, False]
    assert closed == [True]


def test_head_has_no_body() -> None:
    def wsgi(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("200 OK", [("Content-Length", "5")])
        return [b"hello"]

    start, body = ask(wsgi, method="HEAD")
    assert (start["headers"], body["body"]) == ([(b"content-length", b"5")], b"")


def test_a_browser_that_leaves_early_is_no_request() -> None:
    def wsgi(environ: dict[str, Any], start: Any) -> list[bytes]:
        raise AssertionError("nobody asked")

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
    sent: list[Any] = []

    async def gone() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(Gateway(wsgi, threads=1)(scope, gone, send))
    assert sent == []


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gateway, "MOST_BYTES", 3)
    [start, _body] = ask(lambda environ, start: [], (b"four",))
    assert start["status"] == 413


def test_a_ticket_becomes_an_open_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def wsgi(environ: dict[str, Any], start: Any) -> list[bytes]:
        start("204 No Content", [(HEADER, TICKET.written())])
        return []

    async def listen(hub: Any, ticket: Ticket) -> Any:
        assert ticket == TICKET
        yield b"one"
        yield b"two"

    monkeypatch.setattr(Hub, "listen", listen)
    start, *bodies = ask(wsgi)
    assert (start["status"], start["headers"]) == (200, gateway.STREAM)
    assert [each["body"] for each in bodies][:1] == [b"one"]
