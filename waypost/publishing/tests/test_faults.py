"""A worker is killed at every line that writes or calls; each post stands exactly once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content import actions as content
from waypost.flow.states import StateGraph
from waypost.providers.tests.worlds import World
from waypost.publishing import publisher
from waypost.publishing.models import Status
from waypost.publishing.tests.walking import armed, fresh, run
from waypost.tests import factories

pytestmark = pytest.mark.django_db

LAST = 14
"""A delivery with a picture passes at most this many boundaries."""


class KilledError(BaseException):
    """Stands for kill -9: no handler of the code under test catches it."""


class Reaper:
    """Kills the worker before or after the n-th boundary that it passes."""

    def __init__(self, at: int, *, after: bool) -> None:
        self.at, self.after, self.passed, self.killed = at, after, 0, False

    def around(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **kwargs: Any) -> Any:
            self.passed += 1
            mine = self.passed == self.at and not self.killed
            if mine and not self.after:
                self.killed = True
                raise KilledError
            answer = act(*args, **kwargs)
            if mine:
                self.killed = True
                raise KilledError
            return answer

        return watched


def watch(monkeypatch: pytest.MonkeyPatch, reaper: Reaper, world: World) -> None:
    """Every committed move and every call to the network is a boundary."""
    provider = type(world.publisher)
    for owner, name in (
        (StateGraph, "move"),
        (publisher.Run, "keep"),
        (provider, "stage"),
        (provider, "publish"),
        (content, "start_publishing"),
        (publisher, "settle"),
    ):
        monkeypatch.setattr(owner, name, reaper.around(getattr(owner, name)))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("boundary", range(1, LAST + 1))
def test_a_post_whose_worker_is_killed_stands_exactly_once(
    boundary: int,
    after: bool,
    business: Business,
    channel: Connection,
    world: World,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item = factories.scheduled_item(business, channel, text="Enkrat in samo enkrat")
    factories.add_picture(item, factories.make_asset(business))
    delivery = armed(item)
    reaper = Reaper(boundary, after=after)
    with monkeypatch.context() as patches:
        watch(patches, reaper, world)
        try:
            publisher.deliver(delivery.pk)
        except KilledError:
            assert reaper.killed
        else:
            assert reaper.passed < boundary, "the worker came through a boundary alive"
    assert reaper.passed <= LAST, "there are more boundaries than this test kills at"
    delivery = run(delivery)

    assert world.standing() == 1
    assert delivery.status == Status.PUBLISHED


@pytest.mark.parametrize("accept", [True, False], ids=["taken", "not taken"])
def test_a_server_that_ignores_keys_is_never_sent_the_post_twice(
    accept: bool, business: Business, mastodon: World, mastodon_channel: Connection
) -> None:
    mastodon.server.honours_key = False  # type: ignore[attr-defined]
    mastodon_channel.settings["honours_key"] = False
    mastodon_channel.save()
    item = factories.scheduled_item(business, mastodon_channel)
    mastodon.server.cut_next(mastodon.publish_path, accept=accept)
    publisher.deliver(armed(item).pk)

    delivery = run(item.deliveries.get(), steps=1)
    if not accept:
        # Too early to believe that it is absent: the server may still be at it.
        assert delivery.status == Status.UNCONFIRMED
        delivery = run(delivery, by=timedelta(minutes=1))
    assert fresh(delivery).status == Status.PUBLISHED
    assert mastodon.standing() == 1
