"""A shop in a running Waypost, its owner's window, and the networks it talks to."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.tests.chromium import Visitor
from waypost.tests.factories import PASSWORD
from waypost.tests.journey import EMAIL, move_in
from waypost.tests.product import Product
from waypost.tests.real.pds import Pds, install


@pytest.fixture(scope="session")
def pds() -> Iterator[Pds]:
    install()
    with Pds() as server:
        yield server


@pytest.fixture
def mastodon() -> Iterator[FakeMastodon]:
    with FakeMastodon() as server:
        yield server


@dataclass
class Shop:
    product: Product
    founded: bool = False


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with Product(tmp_path_factory.mktemp("shop")) as product:
        yield Shop(product)


@pytest.fixture
def owner(shop: Shop, visit: Callable[..., Visitor]) -> Visitor:
    """The owner's window, signed in, on Today."""
    visitor = visit(shop.product)
    if shop.founded:
        visitor.sign_in(EMAIL, PASSWORD)
    else:
        move_in(visitor)
        shop.founded = True
    return visitor
