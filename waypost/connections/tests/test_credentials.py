"""Renewing credentials: in time, by one process, never losing the old ones too early."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections import actions
from waypost.connections.actions import credentials
from waypost.connections.models import Connection, Health
from waypost.connections.tests.conftest import Keys, login
from waypost.kit.secrets import unseal
from waypost.providers.base import Credentials, Renewed
from waypost.providers.bluesky import Bluesky
from waypost.providers.errors import Busy, Disconnected
from waypost.providers.tests.fake_pds import FakePds
from waypost.tests.factories import make_connection

REFRESH = "refreshSession"


def ends_in(connection: Connection, **duration: int) -> None:
    connection.expires_at = timezone.now() + timedelta(**duration)
    connection.save(update_fields=["expires_at"])


def again(connection: Connection) -> Connection:
    """The row as another process would read it."""
    return Connection.objects.get(pk=connection.pk)


@pytest.fixture
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "WAIT", timedelta(0))


def test_a_token_that_lasts_is_used_as_it_is(connection: Connection, pds: FakePds) -> None:
    before = unseal(connection.sealed_secrets)
    assert actions.fresh_credentials(connection) == Credentials(
        pds.did, pds.handle, pds.url, before, {}
    )
    assert pds.asked(REFRESH) == []


def test_an_account_without_an_end_is_never_renewed(business: Business) -> None:
    connection = make_connection(business, secrets={"token": "t"})
    assert actions.fresh_credentials(connection).secrets == {"token": "t"}
    assert actions.renew_now(connection) is False


def test_a_token_that_ends_soon_is_renewed_and_stored(connection: Connection, pds: FakePds) -> None:
    old = unseal(connection.sealed_secrets)
    ends_in(connection, minutes=5)
    new = actions.fresh_credentials(connection)
    stored = again(connection)
    assert new.secrets == unseal(stored.sealed_secrets) != old
    assert stored.expires_at is not None
    assert stored.expires_at > timezone.now() + timedelta(hours=1)
    assert (stored.refreshing_until, stored.health) == (None, Health.CONNECTED)
    assert len(pds.asked(REFRESH)) == 1


def test_another_process_that_renewed_is_noticed(connection: Connection, pds: FakePds) -> None:
    ends_in(connection, minutes=5)
    stale = again(connection)
    new = actions.fresh_credentials(connection)
    assert actions.fresh_credentials(stale) == new
    assert len(pds.asked(REFRESH)) == 1


def test_two_at_once_renew_once_and_the_good_token_is_used_meanwhile(
    connection: Connection, pds: FakePds, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_in(connection, minutes=5)
    old = unseal(connection.sealed_secrets)
    seen: list[Any] = []
    refresh = Bluesky.refresh

    def slow(self: Bluesky, given: Credentials) -> Renewed:
        seen.append(actions.fresh_credentials(again(connection)).secrets)
        return refresh(self, given)

    monkeypatch.setattr(Bluesky, "refresh", slow)
    assert actions.fresh_credentials(connection).secrets != old
    assert seen == [old]
    assert len(pds.asked(REFRESH)) == 1


@pytest.mark.usefixtures("no_patience")
def test_who_waits_in_vain_for_another_is_told_to_come_back(
    connection: Connection, pds: FakePds
) -> None:
    ends_in(connection, minutes=-1)
    connection.refreshing_until = timezone.now() + timedelta(minutes=1)
    connection.save()
    with pytest.raises(Busy):
        actions.fresh_credentials(connection)
    assert pds.asked(REFRESH) == []


def test_a_lease_left_by_a_dead_process_is_taken_over(connection: Connection) -> None:
    ends_in(connection, minutes=-1)
    old = unseal(connection.sealed_secrets)
    connection.refreshing_until = timezone.now() - timedelta(seconds=1)
    connection.save()
    assert actions.fresh_credentials(connection).secrets != old


def test_a_busy_network_leaves_the_old_token_in_use(connection: Connection, pds: FakePds) -> None:
    ends_in(connection, minutes=5)
    old = unseal(connection.sealed_secrets)
    pds.fail_next(REFRESH, status=503)
    assert actions.fresh_credentials(connection).secrets == old
    stored = again(connection)
    assert unseal(stored.sealed_secrets) == old
    assert (stored.health, stored.refreshing_until) == (Health.CONNECTED, None)


@pytest.mark.parametrize("fault", ["busy", "cut"])
def test_a_busy_network_and_an_ended_token_mean_later(
    connection: Connection, pds: FakePds, fault: str
) -> None:
    ends_in(connection, minutes=-1)
    if fault == "busy":
        pds.fail_next(REFRESH, status=503, times=3)
    else:
        pds.cut_next(REFRESH, accept=False, times=3)
    with pytest.raises(Busy):
        actions.fresh_credentials(connection)
    assert again(connection).health == Health.CONNECTED


def test_only_a_clear_no_breaks_the_account(connection: Connection, pds: FakePds) -> None:
    ends_in(connection, minutes=5)
    pds.revoke_all()
    with pytest.raises(Disconnected):
        actions.fresh_credentials(connection)
    stored = again(connection)
    assert stored.health == Health.BROKEN
    assert stored.broken_reason != ""
    assert stored.broken_at is not None
    with pytest.raises(Disconnected):
        actions.fresh_credentials(stored)
    assert len(pds.asked(REFRESH)) == 1


def test_what_a_person_connected_meanwhile_is_not_overwritten(
    connection: Connection, pds: FakePds, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_in(connection, minutes=-1)
    refresh = Bluesky.refresh

    def overtaken(self: Bluesky, given: Credentials) -> Renewed:
        renewed = refresh(self, given)
        actions.connect_with_form(connection.business, Bluesky(), login(pds), by=owner)
        return renewed

    monkeypatch.setattr(Bluesky, "refresh", overtaken)
    used = actions.fresh_credentials(connection).secrets
    assert used == unseal(again(connection).sealed_secrets)
    assert used["accessJwt"] == list(pds.access)[-1] or used["accessJwt"] in pds.access
    assert Connection.objects.count() == 1


def test_a_refused_call_renews_once(connection: Connection, pds: FakePds) -> None:
    stale = again(connection)
    assert actions.renew_now(connection) is True
    assert actions.renew_now(stale) is True
    assert len(pds.asked(REFRESH)) == 1
    assert stale.sealed_secrets == connection.sealed_secrets


def test_a_refused_call_of_a_revoked_account_breaks_it(
    connection: Connection, pds: FakePds
) -> None:
    pds.revoke_all()
    assert actions.renew_now(connection) is False
    assert again(connection).health == Health.BROKEN
    assert actions.renew_now(connection) is False
    assert len(pds.asked(REFRESH)) == 1


def test_a_refused_call_of_a_busy_network_is_tried_later(
    connection: Connection, pds: FakePds
) -> None:
    pds.fail_next(REFRESH, status=502)
    with pytest.raises(Busy):
        actions.renew_now(connection)
    assert again(connection).health == Health.CONNECTED


def test_old_credentials_that_fail_do_not_break_the_new_ones(
    connection: Connection, pds: FakePds, owner: User
) -> None:
    stale = again(connection)
    actions.connect_with_form(connection.business, Bluesky(), login(pds), by=owner)
    assert actions.mark_broken(stale, reason="The password was deleted.") is False
    assert again(connection).health == Health.CONNECTED
    fresh = again(connection)
    assert actions.mark_broken(fresh, reason="The password was deleted.") is True
    assert (again(connection).health, again(connection).broken_reason) == (
        Health.BROKEN,
        "The password was deleted.",
    )


def test_a_lost_key_asks_for_a_new_connection_in_words(connection: Connection, keys: Keys) -> None:
    keys([Fernet.generate_key().decode()])
    with pytest.raises(Disconnected, match="Connect the account again"):
        actions.fresh_credentials(connection)


def test_a_removed_account_holds_no_secrets(connection: Connection, owner: User) -> None:
    actions.remove(connection, by=owner)
    stored = again(connection)
    assert (unseal(stored.sealed_secrets), stored.health) == ({}, Health.REMOVED)
    with pytest.raises(Disconnected, match="removed"):
        actions.fresh_credentials(stored)
    assert list(connection.business.connections.usable()) == []
