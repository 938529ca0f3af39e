"""A chat that answers."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest


class Chat:
    """What a service got, and what it answers."""

    def __init__(self, url: str) -> None:
        self.url, self.status = url, 200
        self.got: list[dict[str, Any]] = []


@pytest.fixture
def chat() -> Iterator[Chat]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.got.append(json.loads(body))
            self.send_response(made.status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    listener = HTTPServer(("127.0.0.1", 0), Handler)
    made = Chat(f"json://127.0.0.1:{listener.server_port}/team")
    thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    listener.shutdown()
    listener.server_close()
    thread.join()
