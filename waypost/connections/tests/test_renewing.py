"""The worker renews ahead of the end, and no fault on the way loses the access."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.connections import actions, work
from waypost.connections.actions import credentials
from waypost.connections.models import Connection, Health
from waypost.flow.engine import huey
from waypost.kit.secrets import unseal
from waypost.providers import registry
from waypost.providers.base import Credentials, Refreshes, Renewed
from waypost.providers.bluesky import Bluesky
from waypost.providers.errors import Disconnected
from waypost.providers.tests.fake_pds import FakePds
from waypost.tests import factories

pytestmark = pytest.mark.django_db

REFRESH = "refreshSession"
MINUTE = timedelta(minutes=1)


class KilledError(BaseException):
    """Stands for kill -9."""


@pytest.fixture(autouse=True)
def connections_outlive_tasks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The end of a task must not end the transaction that a test runs in."""
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    huey.storage.flush_all()
    yield
    huey.storage.flush_all()


def again(connection: Connection) -> Connection:
    return Connection.objects.get(pk=connection.pk)


def due(connection: Connection) -> Connection:
    Connection.objects.filter(pk=connection.pk).update(
        expires_at=timezone.now() + 5 * MINUTE, refresh_after=None
    )
    return again(connection)


def look_after() -> int:
    """One minute of a worker's life; answers how many renewals it began."""
    work.look_after.call_local()
    tasks = list(huey.pending())
    huey.storage.flush_queue()
    for task in tasks:
        work.renew.call_local(*task.args)
    return len(tasks)


def works(connection: Connection, pds: FakePds) -> bool:
    """Whether the stored access is one that the server lets in."""
    stored = again(connection)
    return (
        stored.health == Health.CONNECTED
        and actions.fresh_credentials(stored).secrets["accessJwt"] in pds.access
    )


def test_access_that_ends_soon_is_renewed_without_a_post(
    connection: Connection, pds: FakePds
) -> None:
    old = unseal(due(connection).sealed_secrets)
    assert look_after() == 1
    stored = again(connection)
    assert unseal(stored.sealed_secrets) != old
    assert stored.expires_at is not None
    assert stored.expires_at > timezone.now() + timedelta(hours=1)
    assert stored.ends_at is not None
    assert stored.ends_at > timezone.now() + timedelta(days=50)
    assert (stored.refreshing_until, stored.refresh_after, stored.refresh_tries) == (None, None, 0)
    assert look_after() == 0


def test_access_that_lasts_is_left_alone(connection: Connection, pds: FakePds) -> None:
    assert look_after() == 0
    assert pds.asked(REFRESH) == []


@pytest.mark.parametrize("health", [Health.BROKEN, Health.REMOVED])
def test_what_is_not_connected_is_not_renewed(connection: Connection, health: Health) -> None:
    due(connection)
    Connection.objects.filter(pk=connection.pk).update(health=health)
    assert look_after() == 0


def test_an_account_that_cannot_be_renewed_is_not_tried(business: Business) -> None:
    factories.make_connection(business, expires_at=timezone.now())
    assert look_after() == 0


def test_two_workers_with_the_same_wake_up_renew_once(connection: Connection, pds: FakePds) -> None:
    due(connection)
    for _worker in range(3):
        actions.renew_ahead(connection.pk)
    assert len(pds.asked(REFRESH)) == 1


def test_a_worker_that_comes_while_another_renews_stays_away(
    connection: Connection, pds: FakePds, monkeypatch: pytest.MonkeyPatch
) -> None:
    refresh, inside = Bluesky.refresh, []

    def slow(self: Bluesky, given: Credentials) -> Renewed:
        actions.renew_ahead(connection.pk)
        inside.append(len(pds.asked(REFRESH)))
        return refresh(self, given)

    monkeypatch.setattr(Bluesky, "refresh", slow)
    due(connection)
    actions.renew_ahead(connection.pk)
    assert inside == [0]
    assert len(pds.asked(REFRESH)) == 1
    assert works(connection, pds)


@pytest.mark.parametrize("fault", ["cut before", "cut after", 500, 502, 503, 429, "garbage"])
def test_no_fault_but_an_explicit_no_disconnects(
    fault: str | int, connection: Connection, pds: FakePds
) -> None:
    due(connection)
    if isinstance(fault, int):
        pds.fail_next(REFRESH, status=fault)
    elif fault == "garbage":
        pds.fail_next(REFRESH, status=200, body=b"<html>maintenance</html>", accept=True)
    else:
        pds.cut_next(REFRESH, accept=fault == "cut after")
    look_after()
    stored = again(connection)
    assert (stored.health, stored.refreshing_until, stored.refresh_tries) == (
        Health.CONNECTED,
        None,
        1,
    )
    assert stored.refresh_after is not None
    assert look_after() == 0  # not before its time

    with time_machine.travel(stored.refresh_after + timedelta(seconds=1)):
        assert look_after() == 1
        assert works(connection, pds)
        assert again(connection).refresh_tries == 0


def test_a_network_that_says_when_to_come_back_is_obeyed(
    connection: Connection, pds: FakePds
) -> None:
    due(connection)
    pds.fail_next(REFRESH, status=429, headers={"Retry-After": "7000"})
    look_after()
    stored = again(connection)
    assert stored.refresh_after is not None
    assert stored.refresh_after > timezone.now() + timedelta(seconds=6990)


def test_waits_between_tries_grow_up_to_an_hour(connection: Connection, pds: FakePds) -> None:
    waits = []
    for _number in range(12):
        due(connection)
        pds.fail_next(REFRESH, status=503)
        look_after()
        after = again(connection).refresh_after
        assert after is not None
        waits.append(after - timezone.now())
    assert max(waits) <= timedelta(hours=1)
    assert max(waits[6:]) > timedelta(minutes=5)
    assert again(connection).refresh_tries == 12


def test_a_clear_no_breaks_the_account_with_a_reason(connection: Connection, pds: FakePds) -> None:
    due(connection)
    pds.revoke_all()
    look_after()
    stored = again(connection)
    assert stored.health == Health.BROKEN
    assert stored.broken_reason
    assert stored.broken_at is not None


# --- death between the network's answer and our database ---


def die_before_storing(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """The network gave out a new token; the process is gone, and its lease stands."""

    def killed(_secrets: object) -> str:
        raise KilledError

    with monkeypatch.context() as patches:
        patches.setattr(credentials, "seal", killed)
        with suppress(KilledError):
            actions.renew_ahead(connection.pk)
    # A killed process cleans nothing up.
    Connection.objects.filter(pk=connection.pk).update(
        refreshing_until=timezone.now() + credentials.LEASE
    )


def test_a_process_that_dies_before_it_stores_the_answer_loses_nothing(
    connection: Connection, pds: FakePds, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = unseal(due(connection).sealed_secrets)
    die_before_storing(connection, monkeypatch)
    assert unseal(again(connection).sealed_secrets) == old
    assert old["refreshJwt"] in pds.used
    assert look_after() == 0  # the dead one's lease

    with time_machine.travel(timezone.now() + credentials.LEASE + timedelta(seconds=1)):
        assert look_after() == 1
        assert works(connection, pds)
    assert unseal(again(connection).sealed_secrets) != old


def test_where_a_network_takes_a_token_only_once_such_a_loss_is_told_to_the_owner(
    connection: Connection, pds: FakePds, monkeypatch: pytest.MonkeyPatch
) -> None:
    pds.grace = 0
    due(connection)
    die_before_storing(connection, monkeypatch)
    with time_machine.travel(timezone.now() + credentials.LEASE + timedelta(seconds=1)):
        look_after()
    assert again(connection).health == Health.BROKEN
    assert "Connect again" in again(connection).broken_reason


def test_a_process_that_was_frozen_with_the_lease_does_not_call(
    connection: Connection, pds: FakePds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the time it wakes up another process may hold the lease and use the token."""
    opened = credentials._opened
    due(connection)
    with time_machine.travel(timezone.now()) as clock, monkeypatch.context() as patches:

        def frozen(given: Connection) -> Credentials:
            clock.shift(credentials.LEASE)
            return opened(given)

        patches.setattr(credentials, "_opened", frozen)
        actions.renew_ahead(connection.pk)
    assert pds.asked(REFRESH) == []
    assert again(connection).health == Health.CONNECTED


@pytest.mark.parametrize(
    "provider", [each for each in registry.ALL.values() if isinstance(each, Refreshes)]
)
def test_every_network_that_renews_says_how_long_a_lost_answer_can_be_repeated(
    provider: Refreshes,
) -> None:
    assert provider.reuse >= timedelta(0)
    assert provider.refresh_ahead > credentials.LEASE


FAULTS = ("fine", "cut before", "cut after", "500", "503 after", "killed", "two at once")


@given(st.lists(st.sampled_from(FAULTS), min_size=1, max_size=10))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_goes_wrong_in_whatever_order_the_access_is_never_lost(
    connection: Connection, pds: FakePds, faults: list[str]
) -> None:
    patches = pytest.MonkeyPatch()
    clear(connection, pds)
    with time_machine.travel(timezone.now()) as clock:
        for fault in faults:
            due(connection)
            clock.shift(timedelta(seconds=credentials.LEASE.total_seconds() + 1))
            go_wrong(fault, connection, pds, patches)
            assert again(connection).health == Health.CONNECTED
        clock.shift(2 * MINUTE)
        clear(due(connection), pds)
        look_after()
        assert works(connection, pds)


def clear(connection: Connection, pds: FakePds) -> None:
    pds._faults.clear()
    Connection.objects.filter(pk=connection.pk).update(refreshing_until=None, refresh_after=None)


def go_wrong(fault: str, connection: Connection, pds: FakePds, patches: pytest.MonkeyPatch) -> None:
    match fault:
        case "cut before" | "cut after":
            pds.cut_next(REFRESH, accept=fault == "cut after")
        case "500" | "503 after":
            pds.fail_next(REFRESH, status=500, accept=fault == "503 after")
        case "killed":
            die_before_storing(connection, patches)
            return
        case "two at once":
            with suppress(Disconnected):
                actions.renew_now(again(connection))
    look_after()
