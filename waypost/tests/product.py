"""Waypost as an operator runs it: real processes over a data folder of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self, TypeVar

import httpx
import psutil

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 180.0  # seconds; a busy machine makes the tables slowly
STOPS_WITHIN = 60.0  # seconds; a worker may finish its call first
_OURS = ("WAYPOST_", "DATABASE_URL", "REDIS_URL", "DJANGO_", "COVERAGE_", "COV_CORE_")
T = TypeVar("T")


def free_port(*, after: int = 0) -> int:
    """A port nobody listens on, below those that outgoing connections are given."""
    for port in range(max(after + 1, 20_000 + os.getpid() % 5_000), 32_000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise AssertionError("no port is free")


def wait_for(what: str, ask: Callable[[], T], *, within: float = 30.0, every: float = 0.2) -> T:
    """Ask until the answer is true; fails with ``what`` after ``within`` seconds."""
    deadline = time.monotonic() + within
    while not (answer := ask()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {within:.0f} s")
        time.sleep(every)
    return answer


def environment(data: Path, **more: str) -> dict[str, str]:
    """What a process of the product gets: nothing of the test run's own settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    return {**kept, "WAYPOST_DATA": str(data), "WAYPOST_ALLOW_PRIVATE_HOSTS": "1", **more}


class Product:
    """``waypost up`` on a free port; a context manager that stops it as Ctrl-C does."""

    def __init__(
        self,
        data: Path,
        *,
        words: tuple[str, ...] = (sys.executable, "-m", "waypost"),
        environ: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
    ) -> None:
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = data / "up.log"
        self._words = words
        self._cwd = cwd
        self._environ = dict(environ) if environ is not None else environment(data)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.data.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as out:
            self._process = subprocess.Popen(
                [*self._words, "up", "--port", str(self.port)],
                env=self._environ,
                cwd=self._cwd,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            wait_for(f"{self.url} answers", self._is_up, within=STARTS_WITHIN)
        except AssertionError as error:
            self._end()
            raise AssertionError(f"{error}\n{self.log.read_text()}") from error
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        try:
            self.stop()
        finally:
            self._end()

    def stop(self) -> None:
        """Ctrl-C; every process must end by itself, and the first with code 0."""
        assert self._process is not None
        family = [self._process.pid, *(p.pid for p in self._family())]
        assert len(family) > 1, f"only one process ran:\n{self.log.read_text()}"
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(STOPS_WITHIN)
        assert code == 0, f"ended with code {code}:\n{self.log.read_text()}"
        wait_for("every process is gone", lambda: not any(map(psutil.pid_exists, family)))
        assert " ERROR " not in self.log.read_text(), self.log.read_text()

    def run(self, *words: str) -> str:
        """Output of ``waypost <words>`` over the same data."""
        done = subprocess.run(
            [*self._words, *words],
            env=self.environ,
            cwd=self._cwd,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def environ(self) -> dict[str, str]:
        """The environment of another process over the same data."""
        return {**self._environ, "WAYPOST_URL": self.url}

    def _is_up(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, "waypost up ended by itself"
        try:
            answer = httpx.get(f"{self.url}/healthz", timeout=5)
        except httpx.TransportError:
            return False
        return answer.status_code == 200 and answer.json()["worker_age"] is not None

    def _family(self) -> list[psutil.Process]:
        assert self._process is not None
        try:
            return psutil.Process(self._process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []

    def _end(self) -> None:
        """Whatever happened, nothing stays behind."""
        left = self._family()
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)
        for process in left:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(left, timeout=10)
