"""Starts and stops the processes. Loads neither Django nor the application itself."""

import argparse
import os
import socket
import subprocess
import sys
import threading
import time

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

RESTART_AFTER = 2.0
"""Seconds before a worker that died is started again."""

LET_GO_WITHIN = 10
"""Seconds that open connections get when the server stops."""

STOP_WITHIN = 40.0
"""Seconds a worker may take to finish its call when it is asked to stop."""


def up(arguments: list[str]) -> None:
    """Migrate, then run web and worker until Ctrl-C."""
    options = _options("up", arguments)
    _announce(options.host, options.port)
    migrated = subprocess.run(_waypost("migrate", "--quiet"), check=False)  # noqa: S603
    if migrated.returncode:
        raise SystemExit("The database could not be prepared; nothing was started.")
    worker = KeptWorker()
    worker.start()
    try:
        address = os.environ.get("WAYPOST_URL") or f"http://{options.host}:{options.port}"
        print(f"Waypost is at {address}  (Ctrl-C stops it)", flush=True)
        _serve(options.host, options.port)
    finally:
        worker.stop()


def web(arguments: list[str]) -> None:
    """Run the web server alone."""
    options = _options("web", arguments)
    _announce(options.host, options.port)
    _serve(options.host, options.port)


def _options(word: str, arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"waypost {word}")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on")
    return parser.parse_args(arguments)


def _announce(host: str, port: int) -> None:
    """Fix the public address and refuse a port that is taken, before anything starts."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    if "WAYPOST_URL_FILE" not in os.environ:
        os.environ.setdefault("WAYPOST_URL", f"http://{shown}:{port}")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SystemExit(
                f"Port {port} on {host} cannot be used: {error.strerror}. "
                "Stop the other program or choose another --port."
            ) from error


def _number(name: str, default: int) -> int:
    """A variable that counts something; leaves with a sentence when it does not."""
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or int(text) < 1:
        raise SystemExit(f"{name} must be a number, 1 or more, not “{text}”.")
    return int(text)


def _serve(host: str, port: int) -> None:
    processes = _number("WAYPOST_WEB_PROCESSES", 1)
    _number("WAYPOST_WEB_THREADS", 4)  # read by the application; a wrong one stops us here
    Server(
        "waypost.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=processes,
        workers_kill_timeout=LET_GO_WITHIN,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        websockets=False,
    ).serve()


def _waypost(*words: str) -> list[str]:
    return [sys.executable, "-m", "waypost", *words]


class KeptWorker:
    """The worker process; started again when it dies."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process = self._spawn()
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def _spawn(self) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches this process only, which then stops it.
        words = _waypost("worker", "--under", str(os.getpid()))
        return subprocess.Popen(words, start_new_session=True)  # noqa: S603 - our own words

    def start(self) -> None:
        self._watch.start()

    def _keep(self) -> None:
        while not self._stopping.is_set():
            code = self._process.wait()
            if self._stopping.wait(RESTART_AFTER):
                return
            print(f"The worker ended with code {code}; it is started again.", file=sys.stderr)
            self._process = self._spawn()

    def stop(self) -> None:
        """Ask it to finish its call; end it when that takes too long."""
        self._stopping.set()
        deadline = time.monotonic() + STOP_WITHIN
        self._process.terminate()
        try:
            self._process.wait(timeout=max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            self._process.kill()
