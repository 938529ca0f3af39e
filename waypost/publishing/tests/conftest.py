"""A business with an account on a started fake network."""

from collections.abc import Iterator

import pytest

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.providers.tests.worlds import WORLDS, World
from waypost.tests import factories


@pytest.fixture(params=sorted(WORLDS))
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """Each network in turn."""
    made = WORLDS[request.param]()
    yield made
    made.server.stop()


@pytest.fixture
def mastodon() -> Iterator[World]:
    made = WORLDS["mastodon"]()
    yield made
    made.server.stop()


def connect(business: Business, world: World) -> Connection:
    return factories.make_connection(
        business,
        provider_id=world.provider.id,
        remote_id=world.credentials.remote_id,
        handle=world.credentials.handle,
        host=world.credentials.host,
        secrets=dict(world.credentials.secrets),
        settings=dict(world.credentials.settings),
    )


@pytest.fixture
def channel(business: Business, world: World) -> Connection:
    return connect(business, world)


@pytest.fixture
def mastodon_channel(business: Business, mastodon: World) -> Connection:
    return connect(business, mastodon)
