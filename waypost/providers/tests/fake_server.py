"""A small real HTTP server that a test fills with routes and makes fail at will."""

import json
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Request:
    """One request as it came over the wire; header names in small letters."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    @property
    def bearer(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def parts(self) -> dict[str, bytes]:
        """The fields of a multipart form."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        found = {}
        for part in message_from_bytes(head + self.body).walk():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True)
            if isinstance(name, str) and isinstance(content, bytes):
                found[name] = content
        return found

    @property
    def values(self) -> dict[str, Any]:
        """The body's fields, whether JSON, a form or a multipart form."""
        kind = self.headers.get("content-type", "")
        if kind.startswith("application/json"):
            return dict(self.json)
        if kind.startswith("multipart/"):
            return {name: value.decode(errors="replace") for name, value in self.parts.items()}
        form = parse_qs(self.body.decode(), keep_blank_values=True)
        return {name: values[0] for name, values in form.items()}

    def one(self, name: str, default: str = "") -> str:
        return self.query.get(name, [default])[0]


@dataclass(frozen=True)
class Answer:
    """``body`` is bytes as they are, or anything that JSON can say."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_at: int | None = None  # the connection ends after so many bytes of the content

    @property
    def content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps({} if self.body is None else self.body).encode()


@dataclass
class Fault:
    """What shall happen to the next ``times`` requests whose path holds ``path``."""

    path: str
    answer: Answer | None  # instead of the right one; None: the connection is cut
    accept: bool  # whether the server does its work first
    times: int

    def fits(self, request: Request) -> bool:
        return self.times > 0 and self.path in request.path


class FakeServer:
    """Start with ``start()`` or as a context manager; ``url`` is its origin."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.answers: list[tuple[Request, Answer]] = []
        self.lock = threading.RLock()
        self.open_sockets: set[socket.socket] = set()
        self._faults: list[Fault] = []
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    # --- for the test ---

    def start(self) -> Self:
        self._server = _server_for(self)
        run = self._server.serve_forever
        self._thread = threading.Thread(target=run, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            # Who kept a connection open must see that the server is gone.
            for connection in list(self.open_sockets):
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._server.server_close()
            self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_error: object) -> None:
        self.stop()

    @property
    def port(self) -> int:
        assert self._server is not None, "start() it first"
        return int(self._server.server_address[1])

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.netloc}"

    def fail_next(
        self,
        path: str,
        *,
        status: int = 503,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        accept: bool = False,
        times: int = 1,
    ) -> None:
        """Answer requests to ``path`` with ``status``; with ``accept`` the work is done first."""
        answer = Answer(status, {"error": "no"} if body is None else body, headers or {})
        self._faults.append(Fault(path, answer, accept, times))

    def cut_next(self, path: str, *, accept: bool, times: int = 1) -> None:
        """Close the connection without an answer; with ``accept`` the work is done first."""
        self._faults.append(Fault(path, None, accept, times))

    def asked(self, path: str, method: str = "") -> list[Request]:
        """The requests so far whose path holds ``path``."""
        return [r for r in self.requests if path in r.path and method in {"", r.method}]

    # --- for the fake ---

    def answer(self, request: Request) -> Answer:
        """The right answer; each fake says its own."""
        raise NotImplementedError

    def respond(self, request: Request) -> Answer | None:
        with self.lock:
            self.requests.append(request)
            fault = next((fault for fault in self._faults if fault.fits(request)), None)
            if fault is not None:
                fault.times -= 1
                if fault.accept:
                    self.answer(request)
                return fault.answer
            answer = self.answer(request)
            self.answers.append((request, answer))
            return answer


def _server_for(fake: FakeServer) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet; two would wait for each other

        def setup(self) -> None:
            super().setup()
            fake.open_sockets.add(self.connection)

        def finish(self) -> None:
            fake.open_sockets.discard(self.connection)
            super().finish()

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            if len(body) < length:  # the caller hung up: no server does half of something
                self.close_connection = True
                return
            address = urlsplit(self.path)
            request = Request(
                self.command,
                address.path,
                parse_qs(address.query, keep_blank_values=True),
                {name.lower(): value for name, value in self.headers.items()},
                body,
            )
            answer = fake.respond(request)
            if answer is None:
                self.close_connection = True
                return
            self.send_response_only(answer.status)
            headers = {
                "Date": self.date_time_string(),
                "Content-Type": "application/json; charset=utf-8",
                **answer.headers,
            }
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content[: answer.cut_at])
            if answer.cut_at is not None:
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - the names http.server looks for

        def log_message(self, *_args: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    return server
