"""What the headers of networks' answers say about the calls that are left."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from waypost.providers._calls import call
from waypost.providers.allowance import (
    CALLS,
    Meter,
    Price,
    asked_wait,
    listening,
    read,
    retry_after,
)
from waypost.providers.base import Post
from waypost.providers.bluesky import Bluesky
from waypost.providers.errors import Busy
from waypost.providers.mastodon import Mastodon
from waypost.providers.tests.fake_server import Answer, FakeServer, Request
from waypost.providers.tests.worlds import WORLDS, World

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def answer(status: int = 200, **headers: str) -> httpx.Response:
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    return httpx.Response(status, headers=named)


def http(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


@pytest.fixture
def noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    "written",
    [
        {"Retry_After": "60"},
        {"Retry_After": http(NOW + timedelta(seconds=60))},
        {"X_RateLimit_Reset": (NOW + timedelta(seconds=60)).isoformat()},
        {"X_RateLimit_Reset": "2026-11-24T12:01:00.000000Z"},
        {"RateLimit_Reset": str(int(NOW.timestamp()) + 60)},
        {"RateLimit_Reset": "60"},
    ],
)
def test_the_time_to_wait_is_read_in_every_way_that_servers_write_it(
    written: dict[str, str],
) -> None:
    assert asked_wait(answer(429, **written)) == timedelta(seconds=60)


@pytest.mark.parametrize("value", ["", "soon", "-5", "999999999999999", "1e5", "nan"])
def test_a_time_to_wait_that_makes_no_sense_is_not_believed(value: str) -> None:
    assert asked_wait(answer(429, Retry_After=value)) is None


@pytest.mark.usefixtures("noon")
def test_a_moment_that_is_past_means_now() -> None:
    past = answer(429, X_RateLimit_Reset="2020-01-01T00:00:00Z")
    assert asked_wait(past) == timedelta(0)


@given(st.integers(min_value=0, max_value=300_000_000))
def test_what_a_network_asks_for_is_never_shortened(seconds: int) -> None:
    assert retry_after(answer(429, Retry_After=str(seconds))) == timedelta(seconds=seconds)


@given(
    st.integers(min_value=0, max_value=86_400),
    st.integers(min_value=-86_400, max_value=86_400),
)
def test_a_server_whose_clock_is_wrong_is_understood_by_its_own_clock(
    seconds: int, wrong: int
) -> None:
    there = NOW + timedelta(seconds=wrong)
    asked = answer(429, Date=http(there), Retry_After=http(there + timedelta(seconds=seconds)))
    assert retry_after(asked) == timedelta(seconds=seconds)


@pytest.mark.usefixtures("noon")
def test_the_budget_of_an_account_is_read_from_an_answer() -> None:
    told = read(
        answer(
            X_RateLimit_Limit="300",
            X_RateLimit_Remaining="12",
            X_RateLimit_Reset="2026-11-24T12:05:00.000000Z",
        ),
        Meter("posts"),
    )
    assert told is not None
    assert (told.scope, told.limit, told.remaining) == ("posts", 300, 12)
    assert (told.resets_at, told.whole_app) == (NOW + timedelta(minutes=5), False)


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize(
    ("policy", "scope", "whole_app"),
    [
        ("5000;w=3600", "writes/3600", False),
        ("35000;w=86400", "writes/86400", False),
        ("3000;w=300", "calls/300", True),
    ],
)
def test_the_window_of_a_policy_tells_budgets_apart(
    policy: str, scope: str, whole_app: bool
) -> None:
    told = read(
        answer(
            RateLimit_Limit="5000",
            RateLimit_Remaining="2",
            RateLimit_Reset=str(int(NOW.timestamp()) + 30),
            RateLimit_Policy=policy,
        ),
        Meter("writes", shared_windows=(300,)),
    )
    assert told is not None
    assert (told.scope, told.whole_app, told.remaining) == (scope, whole_app, 2)


@pytest.mark.usefixtures("noon")
def test_a_refusal_is_a_budget_of_nothing_until_it_may_be_asked_again() -> None:
    told = read(answer(429, Retry_After="90", X_RateLimit_Remaining="7"), Meter("posts"))
    assert told is not None
    assert (told.remaining, told.resets_at) == (0, NOW + timedelta(seconds=90))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X_RateLimit_Remaining": "5"},
        {"X_RateLimit_Reset": "60"},
        {"X_RateLimit_Remaining": "many", "X_RateLimit_Reset": "60"},
        {"X_RateLimit_Remaining": "-1", "X_RateLimit_Reset": "60"},
    ],
)
def test_headers_that_say_no_budget_are_left_alone(headers: dict[str, str]) -> None:
    assert read(answer(200, **headers), Meter()) is None


class Generous(FakeServer):
    """Says with every answer that one call is left."""

    status = 200

    def answer(self, request: Request) -> Answer:
        left = {"X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "1"}
        return Answer(self.status, {}, {**left, "X-RateLimit-Reset": "60", "Retry-After": "7"})


def test_who_listens_hears_what_every_answer_says_also_a_refusal() -> None:
    with Generous() as server, listening() as told:
        call("GET", f"{server.url}/a")
        server.status = 429
        with pytest.raises(Busy):
            call("GET", f"{server.url}/b", meter=Meter("posts"))
    assert [(each.scope, each.remaining) for each in told] == [(CALLS, 1), ("posts", 0)]


def test_a_fault_of_the_server_is_not_taken_for_a_full_budget() -> None:
    """Its answer carries the reset of a budget that has calls left; only Retry-After counts."""
    with Generous() as server:
        server.status = 503
        with pytest.raises(Busy) as busy:
            call("GET", f"{server.url}/")
    assert busy.value.after == timedelta(seconds=7)


@pytest.mark.parametrize("name", sorted(WORLDS))
def test_publishing_tells_the_budget_it_used(name: str) -> None:
    world = WORLDS[name]()
    try:
        headers = {"Retry-After": "30"}
        world.server.fail_next(world.publish_path, status=429, headers=headers)
        with listening() as told, pytest.raises(Busy):
            world.publish(Post("Sveče"), world.publisher.new_key())
    finally:
        world.server.stop()
    used = told[-1]
    assert used.remaining == 0
    assert used.scope == price(world).scope


def price(world: World) -> Price:
    return world.publisher.price("publish")


@pytest.mark.parametrize("name", sorted(WORLDS))
@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("body", [b"<html>Attention required</html>", b"", b"[]"])
def test_a_firewall_that_says_no_does_not_disconnect_an_account(
    name: str, status: int, body: bytes
) -> None:
    world = WORLDS[name]()
    try:
        world.server.fail_next(world.publish_path, status=status, body=body)
        with pytest.raises(Busy):
            world.publish(Post("Sveče"), world.publisher.new_key())
        assert world.standing() == 0
    finally:
        world.server.stop()


@pytest.mark.parametrize(
    ("provider", "step", "cost"),
    [
        (Bluesky(), "publish", Price("writes", 3)),
        (Bluesky(), "picture-0", Price("uploads")),
        (Bluesky(), "find", Price("calls")),
        (Mastodon(), "publish", Price("posts")),
        (Mastodon(), "picture-1", Price("media")),
        (Mastodon(), "picture-1-ready", Price("calls")),
        (Mastodon(), "find", Price("calls")),
    ],
)
def test_each_step_has_its_price(provider: Bluesky | Mastodon, step: str, cost: Price) -> None:
    assert provider.price(step) == cost
