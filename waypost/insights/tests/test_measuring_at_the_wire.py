"""Measuring through the real providers, against servers that answer over HTTP."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from waypost.accounts.models import Business
from waypost.connections.models import Connection, Health
from waypost.insights import actions
from waypost.insights.models import PostPull, PostSnapshot, Pull, Reading
from waypost.providers import registry
from waypost.providers.base import Post
from waypost.providers.tests.worlds import WORLDS, World
from waypost.publishing.models import Delivery, Status
from waypost.tests import factories


@pytest.fixture(params=sorted(WORLDS))
def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    made = WORLDS[request.param]()
    # A network's public server must not be asked from a test.
    monkeypatch.setattr(made.provider, "appview", made.server.url, raising=False)
    monkeypatch.setitem(registry.ALL, made.provider.id, made.provider)
    yield made
    made.server.stop()


@pytest.fixture
def account(world: World, business: Business) -> Connection:
    who = world.credentials
    return factories.make_connection(
        business,
        provider_id=world.provider.id,
        remote_id=who.remote_id,
        handle=who.handle,
        host=who.host,
        settings=dict(who.settings),
        secrets=dict(who.secrets),
    )


@pytest.fixture
def delivery(world: World, account: Connection) -> Delivery:
    published = world.publish(Post("Fresh candles"), world.publisher.new_key())
    return factories.make_delivery(
        factories.make_item(account.business),
        account,
        status=Status.PUBLISHED,
        remote_id=published.remote_id,
        remote_url=published.url,
        published_at=timezone.now() - timedelta(hours=1),
    )


def arm_and_measure(account: Connection) -> bool:
    actions.arm(timezone.now())
    return actions.measure(account)


def test_each_network_tells_its_numbers(account: Connection, delivery: Delivery) -> None:
    assert arm_and_measure(account) is True
    assert Reading.objects.get().metric == "followers"
    snapshot = PostSnapshot.objects.get()
    assert snapshot.delivery == delivery
    assert (snapshot.likes, snapshot.comments, snapshot.shares) == (0, 0, 0)


def test_a_server_that_is_down_is_asked_later(
    world: World, account: Connection, delivery: Delivery
) -> None:
    world.server.fail_next("", status=503, times=99)
    now = timezone.now()
    assert arm_and_measure(account) is False
    account.refresh_from_db()
    assert account.health == Health.CONNECTED
    assert Pull.objects.get().failures == 1
    assert Pull.objects.get().next_at > now
    assert PostPull.objects.get().next_at > now


def test_a_server_that_says_when_is_asked_then(
    world: World, account: Connection, delivery: Delivery
) -> None:
    world.server.fail_next("", status=429, headers={"Retry-After": "7200"}, times=99)
    now = timezone.now()
    assert arm_and_measure(account) is False
    wait = Pull.objects.get().next_at - now
    assert timedelta(seconds=7190) < wait < timedelta(seconds=7260)
