"""A shop and a counter of visits that answer over HTTP, and a post with tags."""

from collections.abc import Iterator

import pytest
import time_machine

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item, LinkRule
from waypost.goals.models import Initiative
from waypost.insights.tests.visits.world import (
    COUNTER,
    NOW,
    SHOP,
)
from waypost.providers.tests.fake_visits import FakeAnalytics, FakeShop
from waypost.providers.visit_sources import SOURCES
from waypost.tests import factories


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeShop]:
    with FakeShop() as server:
        monkeypatch.setattr(SOURCES[SHOP], "api", server.url, raising=False)
        yield server


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAnalytics]:
    with FakeAnalytics() as server:
        for name in ("api", "login"):
            monkeypatch.setattr(SOURCES[COUNTER], name, server.url, raising=False)
        yield server


@pytest.fixture
def x(business: Business) -> Connection:
    LinkRule.objects.create(business=business)
    return factories.make_connection(business, settings={"network": "x"})


@pytest.fixture
def advent(business: Business) -> Initiative:
    return factories.make_initiative(factories.make_goal(business), title="Advent")


@pytest.fixture
def post(business: Business, x: Connection, advent: Initiative) -> Item:
    return factories.make_item(
        business, channels=[x], title="Wreath", link="https://svit.si/a", initiative=advent
    )
