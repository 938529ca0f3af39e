"""What open connections cost: memory of the web process, and how soon news arrive."""

import contextlib
import json
import socket
import time
import urllib.request
from collections.abc import Callable
from typing import Any

CONNECTIONS = 200
OF_A_PERSON = 8


def connect(port: int, told: dict[str, Any], session: str) -> socket.socket:
    """One stream, after its first bytes."""
    stream = socket.create_connection(("127.0.0.1", port), timeout=30)
    lines = (
        f"GET /b/{told['slug']}/board/live/ HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        f"Cookie: {told['cookie']}={session}",
    )
    stream.sendall("\r\n".join((*lines, "", "")).encode())
    answer = b""
    while b"retry:" not in answer:
        piece = stream.recv(4096)
        if not piece:
            raise SystemExit(f"the connection was refused: {answer[:200]!r}")
        answer += piece
    return stream


def measure(running: Any, seed: Callable[..., str], folder: str) -> tuple[float, float]:
    """(bytes that 200 connections cost, seconds until one of them hears of a new card)."""
    told = json.loads(
        seed("bench_live_seed.py", str(-(-CONNECTIONS // OF_A_PERSON)), folder=folder)
    )
    with running(folder) as product:
        product.until_ready()
        first = connect(product.port, told, told["sessions"][0])  # what is made once
        first.close()
        time.sleep(3)
        before = _memory(product)
        streams = [
            connect(product.port, told, told["sessions"][number // OF_A_PERSON])
            for number in range(CONNECTIONS)
        ]
        time.sleep(3)
        grown = _memory(product) - before
        waited = _add_and_hear(product.port, told, streams[-1])
        for stream in streams:
            with contextlib.suppress(OSError):
                stream.close()
    return grown, waited


def _memory(product: Any) -> float:
    return float(sum(each.memory_full_info().pss for each in product.processes()))


def _add_and_hear(port: int, told: dict[str, Any], stream: socket.socket) -> float:
    cookie = f"{told['cookie']}={told['sessions'][0]}; csrftoken={'a' * 32}"
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/b/{told['slug']}/board/new/",
        data=f"title=News&csrfmiddlewaretoken={'a' * 32}".encode(),
        headers={"Cookie": cookie},
    )
    opener = urllib.request.build_opener(_Stay)
    start = time.monotonic()
    with contextlib.suppress(urllib.error.HTTPError):  # the way to the board, not taken
        opener.open(request)
    stream.settimeout(20)
    heard = b""
    while b"event: change" not in heard:
        heard += stream.recv(4096)
    return time.monotonic() - start


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_words: Any) -> None:
        return None
