"""A film on its way: uploaded, worked on for a while, published. Whatever dies meanwhile."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any, cast

import pytest

from waypost.library.tests.samples import mp4
from waypost.providers.bluesky import Bluesky
from waypost.providers.tests.fake_films import FakeFilms
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.publishing import lasting
from waypost.publishing.tests.faults.boundaries import STEPS, Act, Boundary, Walk, as_worker, kill
from waypost.publishing.tests.faults.network import MISHAPS, USUAL, Network, StormyPds, some
from waypost.publishing.tests.faults.shop import Shop
from waypost.publishing.tests.faults.test_wire import Once

pytestmark = pytest.mark.django_db

MOST = 120
Opened = Callable[[str], Network]
_padding = count(100)


@pytest.fixture
def opened(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """A network of that name, with the service for films where it has one."""

    def made(name: str) -> Network:
        network = shop.network(name)
        if isinstance(network.server, StormyPds):
            monkeypatch.setattr(Bluesky, "video", network.server.films.start().url)
        return network

    return made


def service(network: Network) -> FakeFilms | FakeMastodon:
    """Who takes the films."""
    if isinstance(network.server, StormyPds):
        return network.server.films
    return cast("FakeMastodon", network.server)


def film(shop: Shop, network: Network) -> None:
    """A post with a film that no other post has, on which the network works for a while."""
    service(network).polls_needed = 2
    shop.post(network, film=mp4(padding=next(_padding)))


@pytest.mark.parametrize("name", some(*USUAL, at_once=USUAL))
def test_a_film_whose_worker_dies_at_any_step_stands_exactly_once(
    name: str, shop: Shop, opened: Opened
) -> None:
    """Also while it waits: each of its steps is found again by another worker."""
    network = opened(name)
    for at in range(1, MOST):
        walk = Walk(at, kill)
        film(shop, network)
        alive = as_worker(lambda: with_waits(shop), walk)
        assert alive != walk.struck
        shop.verdict()
        if alive:
            break
    else:
        raise AssertionError("a film takes more steps than this test kills at")
    assert at > 20, "the steps are not seen any more"


def with_waits(shop: Shop) -> None:
    """What one worker does until the network is done with the film."""
    for _ in range(5):
        shop.work()
        shop.clock.forward(timedelta(seconds=20))


@pytest.mark.parametrize(
    "mishap",
    some(
        "cut before",
        "cut after",
        "500 after",
        "429 with a header",
        "half an answer",
        "accepted late",
        at_once=("cut after",),
    ),
)
@pytest.mark.parametrize("name", some(*USUAL, at_once=USUAL))
def test_a_film_stands_once_whatever_happens_to_any_one_request(
    name: str, mishap: str, shop: Shop, opened: Opened
) -> None:
    network = opened(name)
    servers: set[Any] = {network.server, service(network)}
    for at in range(1, MOST):
        weather = Once(MISHAPS[mishap], at)
        for server in servers:
            server.forecast = weather
        film(shop, network)
        shop.work()
        shop.verdict()
        if not weather.paths:
            break
    else:
        raise AssertionError("requests without end")
    assert at > 4, "no request of a film was met"


def test_a_film_stands_once_when_a_second_worker_comes_in_at_any_step(
    shop: Shop, opened: Opened
) -> None:
    network = opened("look-up only")

    def strike(boundary: Boundary, act: Act) -> object:
        if not boundary.inside:
            shop.elsewhere(shop.work)
        return act()

    for at in range(1, MOST):
        walk = Walk(at, strike, kinds=STEPS)
        film(shop, network)
        as_worker(lambda: with_waits(shop), walk)
        shop.verdict()
        if not walk.struck:
            return
    raise AssertionError("a film takes more steps than this test tries")


def test_a_worker_that_stands_still_while_a_film_leaves_gives_way(
    shop: Shop, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two pieces another worker has time for everything."""
    network = opened("look-up only")
    reads: list[int] = []

    def frozen(self: Any, buffer: Any) -> int:
        reads.append(len(buffer))
        if len(reads) == 2:
            shop.clock.forward(timedelta(minutes=4))
            shop.elsewhere(shop.calm)
        return usual(self, buffer)

    usual = lasting.Lasting.readinto
    monkeypatch.setattr(lasting.Lasting, "readinto", frozen)
    service(network).polls_needed = 0
    shop.post(network, film=mp4(padding=300_000))
    as_worker(shop.work, Walk())
    shop.verdict()
    assert len(reads) > 6
    uploads = network.server.asked("/api/v2/media", "POST")
    assert len(uploads) == 1  # that of the quicker worker; the other hung up
