"""`make bench`: measures what was promised, prints a table, writes var/bench.json."""

import contextlib
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import bench_live
import bench_rush
import psutil

from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_server import Answer, Request

Row = dict[str, object]
ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "waypost" / "static" / "dist"
RUSHES = (("SQLite", 1), ("PostgreSQL", 1), ("PostgreSQL", 2), ("PostgreSQL", 4))
POSTS = 100
AHEAD = 12.0
"""Seconds from making the posts until they are due; longer than a worker needs to start."""


def row(name: str, value: float, unit: str, limit: float) -> Row:
    return {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "limit": limit,
        "ok": value <= limit,
    }


def environment(folder: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WAYPOST_")}
    return {
        **kept,
        "WAYPOST_DATA": folder,
        "WAYPOST_ALLOW_PRIVATE_HOSTS": "true",
        "WAYPOST_LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
    }


def python(script: str, *words: str, folder: str) -> str:
    command = [sys.executable, str(ROOT / "tools" / script), *words]
    done = subprocess.run(
        command, env=environment(folder), check=True, text=True, stdout=subprocess.PIPE
    )
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Running:
    """`waypost up` in a folder, from its start until Ctrl-C."""

    def __init__(self, folder: str) -> None:
        self.port = free_port()
        self.started = time.monotonic()
        words = [sys.executable, "-m", "waypost", "up", "--port", str(self.port)]
        self.process = subprocess.Popen(
            words, env=environment(folder), stdout=subprocess.DEVNULL, cwd=ROOT
        )

    def until_ready(self) -> float:
        """Seconds from the start to the first answered page."""
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/account/login/")
                return time.monotonic() - self.started
            time.sleep(0.05)

    def processes(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)


@contextlib.contextmanager
def running(folder: str) -> Iterator[Running]:
    product = Running(folder)
    try:
        yield product
    finally:
        product.stop()


def pages() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        rows: list[Row] = json.loads(python("bench_pages.py", folder=folder).splitlines()[-1])
    return rows


def weight() -> list[Row]:
    """What a first visit loads beside its page: style, script, icons, both fonts, compressed."""
    manifest = json.loads((DIST / "manifest.json").read_text())
    entry = manifest["frontend/main.ts"]
    loaded = {entry["file"], *entry.get("css", [])}
    loaded |= {name for name in entry.get("assets", []) if "latin" in name}
    total = sum(compressed(DIST / name) for name in loaded)
    total += sum(compressed(each) for each in DIST.glob("assets/*.svg"))
    total += sum(
        compressed(each)
        for each in DIST.rglob("*.woff2")
        if str(each.relative_to(DIST)) not in loaded
    )
    return [row("First load without the page itself", total / 1024, "KB", 250)]


def compressed(file: Path) -> int:
    gzipped = file.with_name(file.name + ".gz")
    return (gzipped if gzipped.exists() else file).stat().st_size


def memory_and_start() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        with running(folder) as first:
            first.until_ready()
        with running(folder) as second:
            seconds = second.until_ready()
            time.sleep(12)
            busy = [each.cpu_times() for each in second.processes()]
            time.sleep(20)
            after = [each.cpu_times() for each in second.processes()]
            used = sum(sum(b[:2]) - sum(a[:2]) for a, b in zip(busy, after, strict=True))
            pss = sum(each.memory_full_info().pss for each in second.processes())
    return [
        row("Second start of waypost up until it answers", seconds, "s", 5),
        row("waypost up idle: memory (PSS)", pss / 2**20, "MB", 180),
        row("waypost up idle: processor", used / 20 * 100, "%", 1),
    ]


def live() -> list[Row]:
    """Open connections to a board, beside the pages."""
    with tempfile.TemporaryDirectory() as folder:
        migrate = [sys.executable, "-m", "waypost", "migrate", "--quiet"]
        subprocess.run(migrate, env=environment(folder), check=True)
        grown, waited = bench_live.measure(running, python, folder)
    return [
        row(f"{bench_live.CONNECTIONS} open connections: memory more", grown / 2**20, "MB", 150),
        row("Another person's move is heard after", waited, "s", 2),
    ]


class Stopwatch(FakeMastodon):
    """Notes when each post came over the wire."""

    def __init__(self) -> None:
        super().__init__()
        self.arrivals: list[float] = []

    def answer(self, request: Request) -> Answer:
        if request.method == "POST" and re.fullmatch(r"/api/v1/statuses", request.path):
            self.arrivals.append(time.time())
        return super().answer(request)


def lateness() -> list[Row]:
    """From due time to the request on the wire, for posts that fall due together."""
    with Stopwatch() as server, tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [sys.executable, "-m", "waypost", "migrate", "--quiet"],
            env=environment(folder),
            check=True,
        )
        due = float(
            python(
                "bench_seed.py",
                server.url,
                server.new_token(),
                str(POSTS),
                str(AHEAD),
                folder=folder,
            )
        )
        with running(folder):
            deadline = due + 60
            while len(server.arrivals) < POSTS and time.time() < deadline:
                time.sleep(0.2)
        late = sorted(arrival - due for arrival in server.arrivals)
        standing = len(server.statuses)
    if standing != POSTS:
        raise SystemExit(f"{standing} of {POSTS} posts stand on the network")
    return [
        row(f"{POSTS} posts due at once: lateness, median", statistics.median(late), "s", 2),
        row(f"{POSTS} posts due at once: lateness, last", late[-1], "s", 15),
        row(f"{POSTS} posts due at once: earliest before due", max(-late[0], 0), "s", 0),
    ]


class Counting(FakeMastodon):
    """Counts the connections that are opened to it."""

    def __init__(self) -> None:
        super().__init__()
        self.came_from: set[socket.socket] = set()

    def respond(self, request: Request) -> Answer | None:
        with self.lock:
            self.came_from |= self.open_sockets
        return super().respond(request)


def posted(address: str, token: str, number: int) -> str:
    """The id of a new post there."""
    asked = urllib.request.Request(
        f"{address}/api/v1/statuses",
        json.dumps({"status": f"Post {number}"}).encode(),
        {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"post-{number}",
            "Connection": "close",
        },
    )
    with urllib.request.urlopen(asked) as answer:
        return str(json.load(answer)["id"])


def pull() -> list[Row]:
    """Twenty accounts with 25 posts each are asked for their numbers, through one pool."""
    with Counting() as server, tempfile.TemporaryDirectory() as folder:
        migrate = [sys.executable, "-m", "waypost", "migrate", "--quiet"]
        subprocess.run(migrate, env=environment(folder), check=True)
        token = server.new_token()
        ids = [posted(server.url, token, number) for number in range(25)]
        server.requests.clear()
        server.came_from.clear()
        seconds = float(python("bench_pull.py", server.url, token, *ids, folder=folder))
        asked, opened = len(server.requests), len(server.came_from)
    name = "Numbers of 20 accounts with 25 posts each"
    return [
        row(f"{name}: asked", seconds, "s", 10),
        row(f"{name}: requests", asked, "requests", 20 * 26),
        row(f"{name}: connections opened", opened, "", 32),
    ]


def rushes() -> list[Row]:
    """A thousand posts of the same second; the loop without Waypost is the measure."""
    alone = bench_rush.bare()
    rows = []
    for where, workers in RUSHES:
        found = bench_rush.rush(where, workers)
        name = f"1,000 posts at once, {where}, workers: {workers}"
        rows += [
            row(f"{name}: lateness, median", found.percentile(50), "s", 15),
            row(f"{name}: lateness, p99", found.percentile(99), "s", 15),
            row(f"{name}: all out", found.last, "s", 15),
            row(f"{name}: against a bare loop", found.last / alone, "times", 2),
            row(f"{name}: sent twice or early", found.doubled + found.early, "posts", 0),
        ]
    return rows


def table(rows: list[Row]) -> str:
    width = max(len(str(each["name"])) for each in rows)
    lines = [
        f"{each['name']!s:<{width}}  {each['value']:>9} {each['unit']!s:<8}"
        f" limit {each['limit']:>6}  {'ok' if each['ok'] else 'OVER'}"
        for each in rows
    ]
    return "\n".join(lines)


def fixed_sum() -> float:
    """Seconds that the same work takes at this moment, whatever the program does."""
    start = time.perf_counter()
    sum(number * number for number in range(1_500_000))
    return time.perf_counter() - start


def main() -> int:
    before = fixed_sum()
    rows = [*pages(), *weight(), *memory_and_start(), *live(), *lateness(), *pull(), *rushes()]
    out = ROOT / "var" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(rows, indent=2) + "\n")
    print(table(rows))
    print(f"\nwritten to {out.relative_to(ROOT)}")
    print(
        f"A fixed sum took {before:.3f} s before and {fixed_sum():.3f} s after: "
        "two runs can be compared where it took as long."
    )
    return 0 if all(each["ok"] for each in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
