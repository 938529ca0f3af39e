"""Everything that a network can do wrong with one request, at each request of a post."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import httpx
import pytest

from waypost.kit import http
from waypost.providers.tests.fake_server import Request
from waypost.publishing.models import Status
from waypost.publishing.tests.faults.network import MISHAPS, NETWORKS, USUAL, Mishap, some
from waypost.publishing.tests.faults.shop import Shop

pytestmark = pytest.mark.django_db

MOST_REQUESTS = 30


@dataclass
class Once:
    """The ``at``-th request meets with the mishap, and the next ones where it strikes twice."""

    mishap: Mishap
    at: int
    times: int = 1
    seen: int = 0
    paths: list[str] = field(default_factory=list)

    def __call__(self, request: Request) -> Mishap | None:
        self.seen += 1
        if not self.at <= self.seen < self.at + self.times:
            return None
        self.paths.append(request.path)
        return self.mishap


@pytest.mark.parametrize("mishap", MISHAPS)
@pytest.mark.parametrize("name", some(*NETWORKS, at_once=(*USUAL, "key only")))
def test_a_text_stands_once_whatever_happens_to_any_one_request(
    name: str, mishap: str, shop: Shop
) -> None:
    at_every_request(shop, name, mishap, pictures=0)


@pytest.mark.parametrize("mishap", MISHAPS)
@pytest.mark.parametrize("name", some(*NETWORKS, at_once=()))
def test_a_picture_stands_once_whatever_happens_to_any_one_request(
    name: str, mishap: str, shop: Shop
) -> None:
    at_every_request(shop, name, mishap, pictures=1)


def at_every_request(shop: Shop, name: str, mishap: str, *, pictures: int) -> None:
    network = shop.network(name)
    for at in range(1, MOST_REQUESTS):
        weather = Once(MISHAPS[mishap], at)
        network.server.forecast = weather
        shop.post(network, pictures=pictures)
        shop.work()
        shop.verdict()
        if not weather.paths:
            break
    else:
        raise AssertionError("requests without end")
    assert at > 1, "no request of a post was met"


@pytest.mark.parametrize("mishap", ["cut after", "500 after", "accepted late", "not JSON"])
@pytest.mark.parametrize("name", some(*NETWORKS, at_once=USUAL))
def test_a_post_stands_once_when_sending_and_the_looks_after_it_fail(
    name: str, mishap: str, shop: Shop
) -> None:
    network = shop.network(name)
    sent: list[Request] = []

    def weather(request: Request) -> Mishap | None:
        if network.publish_path in request.path and request.method == "POST" and not sent:
            sent.append(request)
            return MISHAPS[mishap]
        if not 0 < len(sent) < 6:
            return None
        sent.append(request)
        return MISHAPS["500 before"]

    network.server.forecast = weather
    shop.post(network)
    shop.work()
    assert sent
    shop.verdict()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """We wait a tenth of a second for an answer instead of twenty."""
    with http.client(timeout=httpx.Timeout(0.1)) as client:
        monkeypatch.setattr(http, "shared", lambda **_words: client)
        monkeypatch.setattr("waypost.providers._calls.shared", lambda **_words: client)
        yield


@pytest.mark.parametrize("name", NETWORKS)
def test_a_post_that_is_taken_while_we_no_longer_listen_stands_once(
    name: str, shop: Shop, impatient: None
) -> None:
    network = shop.network(name)
    item = shop.post(network)
    slow: list[str] = []
    taken = threading.Event()

    def gate(moment: str, request: Request) -> None:
        publishes = request.method == "POST" and network.publish_path in request.path
        if moment == "arrived" and publishes and not slow:
            slow.append(request.path)
            time.sleep(0.3)
        if moment == "accepted" and publishes:
            taken.set()

    network.server.gate = gate
    shop.work()
    assert item.deliveries.get().status == Status.UNCONFIRMED
    assert taken.wait(10)  # the server's clock is the real one
    shop.verdict()
    assert slow


@pytest.mark.parametrize("status", [401, 403], ids=str)
@pytest.mark.parametrize("name", ["key is the name", "look-up only"])
def test_access_that_ends_between_two_uploads_waits_for_the_owner_and_goes_on(
    name: str, status: int, shop: Shop
) -> None:
    network = shop.network(name)
    uploads: list[str] = []

    def weather(request: Request) -> Mishap | None:
        if "edia" in request.path or "Blob" in request.path:
            uploads.append(request.path)
            return MISHAPS["revoked"] if len(uploads) == 2 else None
        return None

    network.server.forecast = weather
    item = shop.post(network, pictures=3)
    shop.work()
    delivery = item.deliveries.get()
    assert (delivery.status, len(delivery.staged)) == (Status.BLOCKED, 1)
    shop.verdict()
    # What was uploaded before the access ended is not uploaded again.
    assert len(uploads) == 4


def test_a_network_is_not_asked_before_the_time_that_it_gave(shop: Shop) -> None:
    network = shop.network("key and look-up")
    network.server.forecast = Once(MISHAPS["429 with a date"], at=1)
    shop.post(network)
    shop.work()
    begun = shop.clock.now
    shop.verdict()
    first, second = [call.at for call in network.server.calls if call.method == "POST"]
    assert first == begun
    assert timedelta(seconds=45) <= second - first <= timedelta(seconds=120)
