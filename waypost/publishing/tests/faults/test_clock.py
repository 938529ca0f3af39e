"""The clock jumps, and is turned twice a year."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from waypost.content.clock import moment
from waypost.publishing import actions
from waypost.publishing.tests.faults.boundaries import Act, Boundary, Walk, as_worker
from waypost.publishing.tests.faults.network import NETWORKS, USUAL, some
from waypost.publishing.tests.faults.shop import Shop

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("Europe/Ljubljana")
HOUR = timedelta(hours=1)
JUMPS = {"an hour on": HOUR, "an hour back": -HOUR, "a day on": 24 * HOUR, "a day back": -24 * HOUR}


@pytest.mark.parametrize("jump", some(*JUMPS, at_once=("an hour on", "a day back")))
@pytest.mark.parametrize("name", some(*NETWORKS, at_once=USUAL[1:]))
def test_a_post_stands_once_when_the_clock_jumps_at_any_step(
    name: str, jump: str, shop: Shop
) -> None:
    network = shop.network(name)

    def strike(_boundary: Boundary, act: Act) -> object:
        shop.clock.forward(JUMPS[jump])
        return act()

    for at in range(1, 100):
        walk = Walk(at, strike)
        shop.post(network)
        as_worker(shop.work, walk)
        shop.verdict()
        if not walk.struck:
            return
    raise AssertionError("a post takes more steps than this test jumps at")


@pytest.mark.parametrize("jump", JUMPS)
@pytest.mark.parametrize("name", NETWORKS)
def test_a_post_stands_once_when_the_clock_jumps_while_a_second_worker_sweeps(
    name: str, jump: str, shop: Shop
) -> None:
    """The first worker is alive, in the middle of its call; the clock says its lease is over."""
    network = shop.network(name)
    calls: list[str] = []

    def strike(boundary: Boundary, act: Act) -> object:
        if boundary.kind == "call" and not calls:
            calls.append(boundary.name)
            answer = act()
            shop.clock.forward(JUMPS[jump])
            shop.elsewhere(shop.work)
            return answer
        return act()

    shop.post(network)
    as_worker(shop.work, lambda boundary, act: strike(boundary, act))
    assert calls
    shop.verdict()


@pytest.mark.parametrize(
    ("day", "at", "hours"),
    [
        (datetime(2026, 10, 25), ["01:30", "02:30", "03:30"], [23.5, 24.5, 26.5]),
        (datetime(2026, 3, 29), ["01:30", "03:00", "03:30"], [24.5, 25.0, 25.5]),
    ],
    ids=["the night with an hour twice", "the night without an hour"],
)
def test_posts_of_the_night_when_the_clock_is_turned_go_out_once_at_their_moment(
    day: datetime, at: list[str], hours: list[float], shop: Shop
) -> None:
    network = shop.network("key and look-up")
    evening = (day - timedelta(days=1)).replace(tzinfo=UTC)
    shop.clock.jump(evening)
    for time in at:
        item = shop.draft(network)
        hour, minute = time.split(":")
        wall = day.replace(hour=int(hour), minute=int(minute))
        actions.schedule(item, due_at=moment(wall, ZONE).at, by=shop.owner)
    for _hour in range(28):
        minutes = 60 if shop.is_near(HOUR) else 1
        for _ in range(minutes):
            shop.clock.forward(HOUR / minutes)
            shop.work()
    shop.verdict()
    posts = [call for call in network.server.calls if call.method == "POST"]
    assert [round((call.at - evening) / HOUR, 3) for call in posts] == hours


def test_the_hour_that_comes_twice_holds_two_different_moments(shop: Shop) -> None:
    network = shop.network("look-up only")
    wall = datetime(2026, 10, 25, 2, 30)
    shop.clock.jump(datetime(2026, 10, 25, 0, 0, tzinfo=UTC))
    for fold in (0, 1):
        due_at = wall.replace(tzinfo=ZONE, fold=fold).astimezone(UTC)
        actions.schedule(shop.draft(network), due_at=due_at, by=shop.owner)
    shop.verdict()
    first, second = [call.at for call in network.server.calls if call.method == "POST"]
    assert HOUR <= second - first <= HOUR + timedelta(seconds=2)
