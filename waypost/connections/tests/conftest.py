"""Started fakes of networks, and accounts there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from waypost.accounts.models import Business, User
from waypost.connections import actions
from waypost.connections.models import Connection
from waypost.providers.bluesky import Bluesky
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_pds import FakePds

Keys = Callable[[list[str]], None]


@pytest.fixture
def pds() -> Iterator[FakePds]:
    with FakePds() as server:
        yield server


@pytest.fixture
def instance() -> Iterator[FakeMastodon]:
    with FakeMastodon() as server:
        yield server


@pytest.fixture
def keys(settings: Any, tmp_path: Path) -> Keys:
    """``keys([new, old])`` makes these the installation's keys, and there is no key file."""

    def use(names: list[str]) -> None:
        settings.CREDENTIAL_KEY_FILE = tmp_path / "none.key"
        settings.CREDENTIAL_KEYS = names

    return use


def login(server: FakePds, **changes: str) -> dict[str, str]:
    """What a person types to connect their account."""
    return {
        "handle": server.handle,
        "password": server.password,
        "host": server.url,
        **changes,
    }


@pytest.fixture
def connection(pds: FakePds, business: Business, owner: User) -> Connection:
    """An account whose access token ends and can be renewed."""
    return actions.connect_with_form(business, Bluesky(), login(pds), by=owner)
