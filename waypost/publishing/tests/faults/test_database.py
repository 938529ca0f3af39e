"""The database fails at every line: refuses, forgets to answer, is locked, full, restarted."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any

import pytest
from django.db import OperationalError, connections

from waypost.publishing.tests.faults import database
from waypost.publishing.tests.faults.boundaries import (
    Act,
    Around,
    Boundary,
    Kind,
    Walk,
    as_worker,
    unwatched,
)
from waypost.publishing.tests.faults.network import NETWORKS, USUAL, Network, some
from waypost.publishing.tests.faults.shop import Shop

pytestmark = pytest.mark.django_db

MOST_STEPS = 160
STATEMENTS: tuple[Kind, ...] = ("begin", "write", "commit")


def refuse(_boundary: Boundary, _act: Act) -> Any:
    raise OperationalError("the database does not answer")


def lose_the_answer(boundary: Boundary, act: Act) -> Any:
    if boundary.kind != "begin":  # nothing was begun on a connection that is gone
        act()
    raise OperationalError("the database did it and the connection ended")


def fail_for_real(fault: Callable[[], AbstractContextManager[None]]) -> Around:
    """Let the statement run while the database is in trouble."""

    def strike(boundary: Boundary, act: Act) -> Any:
        if boundary.inside:
            return act()  # who is inside holds the lock; it is tried where one gets in
        with unwatched():
            trouble = fault()
            trouble.__enter__()
        try:
            return act()
        finally:
            with unwatched():
                trouble.__exit__(None, None, None)

    return strike


def terminate(_boundary: Boundary, act: Act) -> Any:
    with unwatched():
        database.terminate()
    return act()


def at_every_step(
    shop: Shop,
    network: Network,
    strike: Around,
    *,
    kinds: tuple[Kind, ...] = STATEMENTS,
    pictures: int = 0,
) -> int:
    """Send one post for each step, with the strike there; answers how many there were."""
    for at in range(1, MOST_STEPS):
        walk = Walk(at, strike, kinds=kinds)
        shop.post(network, pictures=pictures)
        as_worker(lambda: shop.work(breaks=True), walk)
        connections["default"].close()
        shop.verdict()
        if not walk.struck:
            return at - 1
    raise AssertionError("a post takes more steps than this test breaks")


@pytest.mark.parametrize("strike", [refuse, lose_the_answer])
@pytest.mark.parametrize("name", some(*NETWORKS, at_once=USUAL[1:]))
def test_a_post_stands_once_whatever_statement_fails(name: str, strike: Around, shop: Shop) -> None:
    assert at_every_step(shop, shop.network(name), strike) > 8


@pytest.mark.parametrize("fault", [database.locked, database.full])
def test_a_post_stands_once_when_the_file_is_locked_or_full(
    fault: Callable[[], AbstractContextManager[None]], shop: Shop
) -> None:
    if not database.is_sqlite():
        pytest.skip("PostgreSQL has no file of ours; it is restarted instead")
    network = shop.network("look-up only")
    assert at_every_step(shop, network, fail_for_real(fault), pictures=1) > 8


@pytest.mark.parametrize("name", some(*USUAL, at_once=USUAL[1:]))
def test_a_post_stands_once_when_the_server_ends_the_connection(name: str, shop: Shop) -> None:
    if database.is_sqlite():
        pytest.skip("SQLite has no server; its file is locked instead")
    assert at_every_step(shop, shop.network(name), terminate, kinds=("read", *STATEMENTS)) > 16


def test_a_log_that_cannot_be_written_stops_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = shop.network("key and look-up")
    root = logging.getLogger()
    full = open("/dev/full", "w")  # noqa: SIM115 - closing it fails, as writing does
    handler = logging.StreamHandler(full)
    monkeypatch.setattr(logging, "raiseExceptions", False)
    root.addHandler(handler)
    try:
        at_every_step(shop, network, refuse)
    finally:
        root.removeHandler(handler)
        with suppress(OSError):
            full.close()
