"""Random weather over several posts and workers, from a seed that is printed.

``WAYPOST_FAULT_SEED`` repeats a run, ``WAYPOST_FAULT_CASES`` says how many schedules.
"""

import os
import random
import secrets
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import OperationalError

from waypost.flow.engine import huey
from waypost.providers.tests.fake_server import Request
from waypost.publishing.models import Delivery, Status
from waypost.publishing.tests.faults.boundaries import Boundary, Killed
from waypost.publishing.tests.faults.conductor import Player, conduct
from waypost.publishing.tests.faults.network import MISHAPS, NETWORKS, Mishap
from waypost.publishing.tests.faults.shop import Shop, unless_refused
from waypost.publishing.tests.faults.test_crowd import cancel, edit, move, nearer, take_back

pytestmark = pytest.mark.django_db

SEED = int(os.environ.get("WAYPOST_FAULT_SEED") or secrets.randbelow(1_000_000))
SHORT, LONG = 12, 200
DEEDS = (move, nearer, take_back, cancel, edit)


@dataclass
class Schedule:
    """What one seed makes of a shop: who is killed, what fails, what the owner does."""

    shop: Shop
    draw: random.Random
    told: list[str] = field(default_factory=list)

    def weather(self, request: Request) -> Mishap | None:
        if self.draw.random() > 0.25:
            return None
        name = self.draw.choice(sorted(MISHAPS))
        self.told.append(f"{request.method} {request.path}: {name}")
        return MISHAPS[name]

    def before(self, _player: Player, boundary: Boundary) -> None:
        self.shop.clock.forward(timedelta(milliseconds=self.draw.randrange(200)))
        chance = self.draw.random()
        if chance < 0.01:
            self.told.append(f"killed before {boundary.name}")
            raise Killed
        if chance < 0.02 and boundary.kind != "call":
            self.told.append(f"no database for {boundary.name}")
            raise OperationalError("the database does not answer")

    def play(self) -> None:
        networks = [self.shop.network(name) for name in self.draw.sample(sorted(NETWORKS), k=2)]
        for network in networks:
            network.server.forecast = self.weather
        for _ in range(self.draw.randint(1, 3)):
            chosen = self.draw.sample(networks, k=self.draw.randint(1, 2))
            self.shop.post(*chosen, pictures=self.draw.randint(0, 1))
        for _ in range(self.draw.randint(2, 5)):
            self._round()
        for network in networks:
            network.server.forecast = lambda _request: None

    def _round(self) -> None:
        jobs = [self.shop.work] * self.draw.randint(2, 3)
        conduct([Player(lambda job=job: job(breaks=True), self.before) for job in jobs], self.draw)  # type: ignore[misc]
        self._owner()
        if self.draw.random() < 0.2:
            huey.storage.flush_all()  # every wake-up is lost
            self.told.append("wake-ups lost")
        seconds = self.draw.choice((1, 10, 70, 200, 1000))
        self.told.append(f"{seconds} s later")
        self.shop.clock.forward(timedelta(seconds=seconds))

    def _owner(self) -> None:
        item = self.draw.choice(self.shop.items)
        if self.draw.random() < 0.15:
            item.refresh_from_db()
            deed = self.draw.choice(DEEDS)
            self.told.append(f"{deed.__name__} {item.text}")
            with unless_refused():
                deed(self.shop, item)
        if self.draw.random() < 0.3:
            for delivery in Delivery.objects.filter(status=Status.UNCONFIRMED):
                with unless_refused():
                    self.shop.answer(delivery)


def play(shop: Shop, cases: int) -> None:
    print(f"WAYPOST_FAULT_SEED={SEED} cases={cases}")  # noqa: T201 - for whoever repeats it
    for case in range(cases):
        schedule = Schedule(shop, random.Random(f"{SEED}.{case}"))
        try:
            schedule.play()
            shop.verdict()
        except (AssertionError, RuntimeError) as error:
            told = "\n  ".join(schedule.told)
            raise AssertionError(f"seed {SEED}, case {case}: {error}\n  {told}") from error
        finally:
            shop.clear()


def test_each_post_of_a_few_random_schedules_stands_exactly_once(shop: Shop) -> None:
    play(shop, int(os.environ.get("WAYPOST_FAULT_CASES") or SHORT))


@pytest.mark.real
def test_each_post_of_hundreds_of_random_schedules_stands_exactly_once(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = int(os.environ.get("WAYPOST_FAULT_CASES") or LONG)
    with capsys.disabled():
        play(shop, cases)
