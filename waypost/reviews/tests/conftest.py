"""The clock stands on Monday 12 October 2026."""

from collections.abc import Iterator

import pytest
import time_machine

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.reviews.models import Report
from waypost.reviews.tests import world
from waypost.tests import factories


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(world.NOW, tick=False):
        yield


@pytest.fixture
def channel(business: Business) -> Connection:
    return factories.make_connection(business, handle="candles")


@pytest.fixture
def report(business: Business, owner: User) -> Report:
    return world.written(business, owner)
