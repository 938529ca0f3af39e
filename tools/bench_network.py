"""A network that answers after 50 ms, for `tools/bench_rush.py`; a process of its own.

Prints its address. Answers what Waypost asks of a server when it posts. `GET /arrivals`
tells what came: ``[[epoch seconds, key], …]``, in order; `DELETE /arrivals` forgets it.
"""

import asyncio
import json
import sys
import time
from itertools import count

ANSWERS_AFTER = 0.05  # seconds
arrivals: list[tuple[float, str]] = []
numbers = count(1)


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection, kept open for as many requests as come."""
    try:
        while line := await reader.readline():
            word, path, _version = line.decode().split()
            headers = await _headers(reader)
            await reader.readexactly(int(headers.get("content-length", 0)))
            answer = json.dumps(await _answer(word, path, headers)).encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\n"
            writer.write(head.encode() + b"Content-Type: application/json\r\n\r\n" + answer)
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def _headers(reader: asyncio.StreamReader) -> dict[str, str]:
    headers = {}
    while line := (await reader.readline()).decode().strip():
        name, _colon, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return headers


async def _answer(word: str, path: str, headers: dict[str, str]) -> object:
    if path == "/arrivals":
        told = list(arrivals)
        if word == "DELETE":
            arrivals.clear()
        return told
    if (word, path) == ("POST", "/api/v1/statuses"):
        arrivals.append((time.time(), headers.get("idempotency-key", "")))
    number = next(numbers)
    await asyncio.sleep(ANSWERS_AFTER)
    return {"id": str(number), "url": f"http://127.0.0.1/@bench/{number}"}


async def main() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(0)
