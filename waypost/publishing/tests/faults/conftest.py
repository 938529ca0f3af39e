"""A business over a database of its own, and a clock that stands still until it is moved."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from waypost.accounts.models import Business
from waypost.flow.engine import huey
from waypost.publishing.tests.faults import boundaries
from waypost.publishing.tests.faults.clock import Clock
from waypost.publishing.tests.faults.database import own_database
from waypost.publishing.tests.faults.shop import Shop
from waypost.tests import factories


@pytest.fixture(autouse=True)
def connections_outlive_tasks() -> None:
    """Here tasks may close connections: nothing runs inside a transaction of the test."""


@pytest.fixture(scope="module")
def shopkeeper(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Business]:
    """A business in a database of its own, which lasts for one file of tests."""
    with django_db_blocker.unblock(), own_database(tmp_path_factory.mktemp("faults")):
        yield factories.make_business(owner=factories.make_user(name="Olga Owner"))


@pytest.fixture
def _django_db_helper(shopkeeper: Business) -> None:
    """What the mark ``django_db`` brings: here no transaction around the test."""


@pytest.fixture
def clock() -> Iterator[Clock]:
    with Clock.stopped() as stopped:
        yield stopped


@pytest.fixture
def shop(
    shopkeeper: Business,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Iterator[Shop]:
    boundaries.watch_calls(monkeypatch)
    huey.storage.flush_all()
    with Shop(shopkeeper, clock) as opened:
        yield opened
    request.node.user_properties.append(("cases of the proof by fault", opened.verdicts))
