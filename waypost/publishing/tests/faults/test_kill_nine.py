"""Worker processes that are truly killed, by their own hand or by the network's.

The clock is the real one until the worker is dead; then it is moved on.
"""

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO

import pytest
from django.conf import settings as django_settings
from time_machine import escape_hatch

from waypost.providers.tests.fake_server import Request
from waypost.publishing.tests.faults import database
from waypost.publishing.tests.faults.network import NETWORKS
from waypost.publishing.tests.faults.shop import Shop
from waypost.publishing.tests.faults.test_schedules import SEED

pytestmark = pytest.mark.django_db

SHORT, LONG = 8, 60
MOMENTS = ("arrived", "accepted")


class Nursery:
    """Forks workers, one at a time; ``pid`` is that of the living one."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.known = threading.Event()
        self._in: IO[str] = process.stdin
        self._out: IO[str] = process.stdout

    def run(self, *, dies_at: int = 0) -> None:
        self.known.clear()
        self._in.write(f"{dies_at}\n")
        self._in.flush()
        self.pid = int(self._out.readline())
        self.known.set()
        assert self._out.readline() == "ended\n"


@pytest.fixture
def nursery(shop: Shop) -> Iterator[Nursery]:
    environ = {
        **os.environ,
        "DATABASE_URL": database.url(),
        "WAYPOST_ALLOW_PRIVATE_HOSTS": "1",
        "WAYPOST_CREDENTIAL_KEYS": ",".join(django_settings.CREDENTIAL_KEYS),
    }
    words = [sys.executable, "-m", "waypost.publishing.tests.faults.child"]
    with subprocess.Popen(
        words,
        env=environ,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        yield Nursery(process)
        assert process.stdin is not None
        process.stdin.close()


def real_now() -> datetime:
    """The moment that another process has, whose clock nobody stopped."""
    return escape_hatch.datetime.datetime.now(UTC)


def play(shop: Shop, nursery: Nursery, cases: int) -> None:
    draw = random.Random(SEED)
    for case in range(cases):
        network = shop.network(draw.choice(sorted(NETWORKS)))
        moment, at = draw.choice((*MOMENTS, "statement")), draw.randint(1, 24)
        shop.clock.jump(real_now())
        item = shop.post(network)
        struck: list[str] = []

        def gate(
            here: str, request: Request, moment: str = moment, struck: list[str] = struck
        ) -> None:
            if here == moment and request.method == "POST" and not struck:
                struck.append(request.path)
                nursery.known.wait(5)
                os.kill(nursery.pid, signal.SIGKILL)

        network.server.gate = gate
        nursery.run(dies_at=at if moment == "statement" else 0)
        try:
            shop.verdict()
        except AssertionError as error:
            raise AssertionError(f"seed {SEED}, case {case}: {moment} {at}: {error}") from error
        assert struck or moment == "statement", f"nobody was killed: {item.deliveries.all()}"
        shop.clear()


def test_a_post_whose_process_is_killed_stands_exactly_once(shop: Shop, nursery: Nursery) -> None:
    play(shop, nursery, SHORT)


@pytest.mark.real
def test_many_posts_whose_processes_are_killed_stand_exactly_once(
    shop: Shop, nursery: Nursery
) -> None:
    play(shop, nursery, LONG)
