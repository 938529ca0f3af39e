"""Started fakes, stopped again after the test."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from waypost.providers.tests.worlds import WORLDS, World, bluesky_world, mastodon_world


@pytest.fixture(autouse=True)
def local_servers(settings: Settings) -> None:
    settings.ALLOW_PRIVATE_HOSTS = True


@pytest.fixture(params=sorted(WORLDS))
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """Each network in turn."""
    made = WORLDS[request.param]()
    yield made
    made.server.stop()


@pytest.fixture
def bluesky() -> Iterator[World]:
    made = bluesky_world()
    yield made
    made.server.stop()


@pytest.fixture
def mastodon() -> Iterator[World]:
    made = mastodon_world()
    yield made
    made.server.stop()
