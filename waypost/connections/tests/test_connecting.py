"""Connecting accounts: by form, by journey, again, and under a new key."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.fernet import Fernet
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections import actions
from waypost.connections.models import Connection, Health, Journey, Registration
from waypost.connections.tests.conftest import Keys, login
from waypost.kit.errors import Refusal
from waypost.kit.secrets import seal, unseal
from waypost.providers.bluesky import Bluesky
from waypost.providers.mastodon import Mastodon
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_pds import FakePds

BACK = "http://127.0.0.1:8000/connect/callback/"


def begin(business: Business, instance: FakeMastodon, by: User) -> str:
    return actions.begin_journey(
        business, Mastodon(), {"host": instance.url}, redirect_uri=BACK, by=by
    )


def way_back(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_an_account_is_kept_with_encrypted_secrets(
    connection: Connection, pds: FakePds, business: Business, owner: User
) -> None:
    assert (connection.remote_id, connection.handle, connection.host) == (
        pds.did,
        pds.handle,
        pds.url,
    )
    assert (connection.business, connection.connected_by) == (business, owner)
    assert connection.health == Health.CONNECTED
    token = unseal(connection.sealed_secrets)["accessJwt"]
    assert token in pds.access
    assert token not in connection.sealed_secrets


def test_connecting_again_heals_the_same_account(
    connection: Connection, pds: FakePds, owner: User
) -> None:
    actions.mark_broken(connection, reason="Revoked.")
    healed = actions.connect_with_form(connection.business, Bluesky(), login(pds), by=owner)
    assert healed.pk == connection.pk
    assert (healed.health, healed.broken_reason, healed.broken_at) == (Health.CONNECTED, "", None)


def test_a_removed_account_can_come_back(connection: Connection, pds: FakePds, owner: User) -> None:
    actions.remove(connection, by=owner)
    back = actions.connect_with_form(connection.business, Bluesky(), login(pds), by=owner)
    assert (back.pk, back.health) == (connection.pk, Health.CONNECTED)


def test_two_businesses_may_use_the_same_account(
    connection: Connection, pds: FakePds, stranger: User
) -> None:
    other = stranger.memberships.get().business
    second = actions.connect_with_form(other, Bluesky(), login(pds), by=stranger)
    assert second.pk != connection.pk
    assert other.connections.get() == second


def test_a_wrong_password_is_refused_beside_its_field(
    pds: FakePds, business: Business, owner: User
) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.connect_with_form(business, Bluesky(), login(pds, password="wrong"), by=owner)
    assert refusal.value.field == "password"
    assert Connection.objects.count() == 0


def test_a_dead_server_is_a_sentence(pds: FakePds, business: Business, owner: User) -> None:
    address = login(pds)
    pds.stop()
    with pytest.raises(Refusal, match="cannot be reached now, so nothing was changed"):
        actions.connect_with_form(business, Bluesky(), address, by=owner)


def test_a_private_server_is_refused_in_words(
    pds: FakePds, business: Business, owner: User, settings: Any
) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    private = f"https://localhost.localdomain:{pds.port}"
    with pytest.raises(Refusal) as refusal:
        actions.connect_with_form(business, Bluesky(), login(pds, host=private), by=owner)
    assert refusal.value.message != ""
    assert pds.requests == []


def test_a_journey_ends_with_an_account(
    instance: FakeMastodon, business: Business, owner: User
) -> None:
    address = begin(business, instance, owner)
    assert address.startswith(f"{instance.url}/oauth/authorize?")
    back = way_back(instance.approve(address))
    journey = actions.take_journey(back["state"], user=owner)
    connection = actions.finish_journey(journey, back["code"])
    assert (connection.business, connection.connected_by) == (business, owner)
    assert (connection.handle, connection.host) == (f"svit@{instance.netloc}", instance.url)
    assert set(unseal(connection.sealed_secrets).values()) & instance.tokens != set()
    assert Journey.objects.count() == 0


def test_the_app_is_registered_once_per_server(
    instance: FakeMastodon, business: Business, owner: User
) -> None:
    begin(business, instance, owner)
    begin(business, instance, owner)
    assert (len(instance.apps), Registration.objects.count(), Journey.objects.count()) == (1, 1, 2)
    registration = Registration.objects.get()
    assert registration.redirect_uri == BACK
    (app,) = instance.apps.values()
    assert app["client_secret"] not in registration.sealed_secret


def test_an_old_registration_that_nobody_uses_is_made_anew(
    instance: FakeMastodon, business: Business, owner: User
) -> None:
    begin(business, instance, owner)
    Registration.objects.update(created_at=timezone.now() - timedelta(days=2))
    back = way_back(instance.approve(begin(business, instance, owner)))
    assert len(instance.apps) == 2
    actions.finish_journey(actions.take_journey(back["state"], user=owner), back["code"])
    Registration.objects.update(created_at=timezone.now() - timedelta(days=2))
    begin(business, instance, owner)
    assert len(instance.apps) == 2


def test_a_journey_can_be_taken_once(
    instance: FakeMastodon, business: Business, owner: User
) -> None:
    begin(business, instance, owner)
    state = Journey.objects.get().state
    assert actions.take_journey(state, user=owner).business == business
    with pytest.raises(Refusal, match="works once"):
        actions.take_journey(state, user=owner)


def test_a_journey_belongs_to_the_person_who_began_it(
    instance: FakeMastodon, business: Business, owner: User, stranger: User
) -> None:
    begin(business, instance, owner)
    with pytest.raises(Refusal):
        actions.take_journey(Journey.objects.get().state, user=stranger)
    assert Journey.objects.count() == 1


def test_a_journey_ends_after_half_an_hour_and_is_cleared_away(
    instance: FakeMastodon, business: Business, owner: User
) -> None:
    begin(business, instance, owner)
    Journey.objects.update(started_at=timezone.now() - timedelta(minutes=31))
    old = Journey.objects.get()
    with pytest.raises(Refusal):
        actions.take_journey(old.state, user=owner)
    begin(business, instance, owner)
    assert not Journey.objects.filter(pk=old.pk).exists()


def test_a_code_that_the_server_does_not_know_is_refused(
    instance: FakeMastodon, business: Business, owner: User
) -> None:
    begin(business, instance, owner)
    journey = actions.take_journey(Journey.objects.get().state, user=owner)
    with pytest.raises(Refusal):
        actions.finish_journey(journey, "made up")
    assert Connection.objects.count() == 0


def test_a_key_lost_on_the_way_is_a_sentence(
    instance: FakeMastodon, business: Business, owner: User, keys: Keys
) -> None:
    back = way_back(instance.approve(begin(business, instance, owner)))
    journey = actions.take_journey(back["state"], user=owner)
    keys([Fernet.generate_key().decode()])
    with pytest.raises(Refusal, match="Connect the account again"):
        actions.finish_journey(journey, back["code"])
    begin(business, instance, owner)
    assert (len(instance.apps), Registration.objects.count()) == (2, 1)


def test_every_secret_moves_to_the_newest_key(
    connection: Connection, instance: FakeMastodon, owner: User, settings: Any, keys: Keys
) -> None:
    begin(connection.business, instance, owner)
    before = unseal(connection.sealed_secrets)
    new = Fernet.generate_key().decode()
    keys([new, *settings.CREDENTIAL_KEYS])
    assert actions.rotate_all() == actions.Rotation(changed=3, unreadable=0)
    keys([new])
    connection.refresh_from_db()
    assert unseal(connection.sealed_secrets) == before
    assert unseal(Registration.objects.get().sealed_secret) != {}
    assert unseal(Journey.objects.get().sealed_verifier) != {}


def test_what_no_key_opens_is_counted_and_left(connection: Connection, keys: Keys) -> None:
    keys([Fernet.generate_key().decode()])
    foreign = connection.sealed_secrets
    Connection.objects.create(
        business=connection.business,
        provider_id=connection.provider_id,
        remote_id="other",
        handle="other",
        name="Other",
        sealed_secrets=seal({"a": "b"}),
    )
    assert actions.rotate_all() == actions.Rotation(changed=1, unreadable=1)
    connection.refresh_from_db()
    assert connection.sealed_secrets == foreign
