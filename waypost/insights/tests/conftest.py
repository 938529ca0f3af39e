"""A business with an account at a network that tells numbers."""

import pytest

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.insights.tests.network import Chatter
from waypost.providers import registry
from waypost.tests import factories


@pytest.fixture
def chatter(monkeypatch: pytest.MonkeyPatch) -> Chatter:
    network = Chatter()
    monkeypatch.setitem(registry.ALL, network.id, network)
    return network


@pytest.fixture
def account(business: Business, chatter: Chatter) -> Connection:
    return factories.make_connection(
        business, provider_id=chatter.id, remote_id="me", handle="me@chatter", settings={}
    )
