"""Lets one of several workers take one step at a time, as a seed will have it."""

import random
import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

from waypost.publishing.tests.faults.boundaries import Act, Boundary, Killed, watched


class Player(threading.Thread):
    """A worker in a thread of its own, which stops before each of its steps."""

    def __init__(self, job: Act, before: Callable[["Player", Boundary], None]) -> None:
        super().__init__(daemon=True)
        self._job, self._before = job, before
        self.go, self.stopped = threading.Semaphore(0), threading.Semaphore(0)
        self.over = self.dead = False
        self.failed: BaseException | None = None

    def run(self) -> None:
        self.go.acquire()
        try:
            with watched(self._around):
                self._job()
        except Killed:
            pass
        except BaseException as error:  # noqa: BLE001 - told where somebody hears it
            self.failed = error
        finally:
            connections["default"].close()
            self.over = True
            self.stopped.release()

    def _around(self, boundary: Boundary, act: Act) -> Any:
        if self.dead:
            raise Killed
        if not boundary.inside:  # who holds a lock is not stopped: the others would wait
            self.stopped.release()
            self.go.acquire()
        try:
            self._before(self, boundary)
        except Killed:
            self.dead = True
            raise
        return act()

    def step(self) -> None:
        self.go.release()
        self.stopped.acquire()


def conduct(players: list[Player], draw: random.Random) -> None:
    """Step through all of them until each is over or dead."""
    for player in players:
        player.start()
    while playing := [player for player in players if not player.over]:
        draw.choice(playing).step()
    for player in players:
        player.join()
        if player.failed:
            raise player.failed
