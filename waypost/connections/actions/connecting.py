"""Connecting an account: with a form of secrets, or by a journey to the network and back."""

import base64
import hashlib
import logging
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.log import record
from waypost.accounts.models import Business, Deed, Thing, User
from waypost.connections.actions.credentials import end_of
from waypost.connections.actions.notices import tell_no_more
from waypost.connections.models import Connection, Health, Journey, Registration
from waypost.kit.errors import Refusal
from waypost.kit.http import HostNotAllowed
from waypost.kit.secrets import UnreadableSecret, seal, unseal
from waypost.providers import registry
from waypost.providers.base import App, Connected, ConnectsByForm, ConnectsByOAuth, Provider
from waypost.providers.errors import Busy, Disconnected, Refused

log = logging.getLogger(__name__)

TRUSTED_FOR = timedelta(days=1)
"""Servers sweep out registrations that nobody used; an older one is trusted only while
an account of that server is connected."""


def connect_with_form(
    business: Business, provider: Provider, values: Mapping[str, str], *, by: User
) -> Connection:
    """Log in at the network with what the person typed and keep the account.

    ``values`` are named as ``provider.fields``. Raises ``Refusal`` in words for the
    person, with the field it belongs to when the network said so.
    """
    assert isinstance(provider, ConnectsByForm)
    with network_in_words(provider):
        connected = provider.connect(values)
    return keep(business, provider, connected, by=by)


def begin_journey(
    business: Business,
    provider: Provider,
    values: Mapping[str, str],
    *,
    redirect_uri: str,
    by: User,
) -> str:
    """Where to send the person. Waypost registers itself at the server when it must.

    Raises ``Refusal`` as ``connect_with_form`` does.
    """
    assert isinstance(provider, ConnectsByOAuth)
    with network_in_words(provider):
        registration = _registration(provider, provider.host_of(values), redirect_uri)
    verifier, state = secrets.token_urlsafe(64), secrets.token_urlsafe(32)
    _clear_old_journeys()
    Journey.objects.create(
        business=business,
        user=by,
        registration=registration,
        state=state,
        sealed_verifier=seal({"verifier": verifier}),
    )
    return provider.authorize_url(
        _app(registration), redirect_uri=redirect_uri, state=state, challenge=_challenge(verifier)
    )


def finish_journey(journey: Journey, code: str) -> Connection:
    """Turn the ``code`` that the network sent the person back with into an account.

    ``journey`` comes from :func:`take_journey`. Raises ``Refusal`` as
    ``connect_with_form`` does.
    """
    registration = journey.registration
    provider = registry.get(registration.provider_id)
    assert isinstance(provider, ConnectsByOAuth)
    with network_in_words(provider):
        connected = provider.exchange(
            _app(registration),
            code=code,
            redirect_uri=registration.redirect_uri,
            verifier=unseal(journey.sealed_verifier)["verifier"],
        )
    return keep(journey.business, provider, connected, by=journey.user)


def take_journey(state: str, *, user: User) -> Journey:
    """The journey that ``user`` began with ``state``; it can be taken once.

    Raises ``Refusal`` when it is unknown, used, too old or somebody else's.
    """
    oldest = timezone.now() - Journey.LASTS
    with transaction.atomic():
        journey = (
            Journey.objects.select_related("business", "registration", "user")
            .filter(state=state, user=user, started_at__gte=oldest)
            .first()
        )
        taken = journey and Journey.objects.filter(pk=journey.pk).delete()[0]
    if journey is None or not taken:
        raise Refusal(
            _(
                "This way back from the network is not valid any more. It works once, for half "
                "an hour, for the person who began it. Connect the account again."
            )
        )
    return journey


def keep(business: Business, provider: Provider, connected: Connected, *, by: User) -> Connection:
    """Store the account; an account that was here before is healed, not doubled."""
    account = connected.account
    connection, made = Connection.objects.update_or_create(
        business=business,
        provider_id=provider.id,
        remote_id=account.remote_id,
        defaults={
            "handle": account.handle,
            "name": account.name,
            "url": account.url,
            "host": account.host,
            "sealed_secrets": seal(connected.secrets),
            "settings": dict(connected.settings),
            "expires_at": connected.expires_at,
            "ends_at": end_of(provider, connected.expires_at, connected.ends_at),
            "refreshing_until": None,
            "refresh_after": None,
            "refresh_tries": 0,
            "health": Health.CONNECTED,
            "broken_reason": "",
            "broken_at": None,
            "connected_by": by,
            "connected_at": timezone.now(),
        },
    )
    if not made:
        tell_no_more(connection)
    deed = Deed.CONNECTED
    record(business, Thing.ACCOUNT, deed, by=by, on=connection)
    return connection


def _registration(provider: ConnectsByOAuth, host: str, redirect_uri: str) -> Registration:
    assert isinstance(provider, Provider)
    key: dict[str, Any] = {"provider_id": provider.id, "host": host, "redirect_uri": redirect_uri}
    known = Registration.objects.filter(**key).first()
    if known is not None and _still_trusted(known):
        return known
    app = provider.register(host, redirect_uri)
    made, _new = Registration.objects.update_or_create(
        **key,
        defaults={
            "client_id": app.client_id,
            "sealed_secret": seal({"client_secret": app.client_secret}),
            "created_at": timezone.now(),
        },
    )
    return made


def _still_trusted(registration: Registration) -> bool:
    try:
        unseal(registration.sealed_secret)
    except UnreadableSecret:
        return False
    if registration.created_at > timezone.now() - TRUSTED_FOR:
        return True
    in_use = Connection.objects.filter(
        provider_id=registration.provider_id, host=registration.host, health=Health.CONNECTED
    )
    return in_use.exists()


def _app(registration: Registration) -> App:
    return App(
        host=registration.host,
        client_id=registration.client_id,
        client_secret=unseal(registration.sealed_secret)["client_secret"],
    )


def _challenge(verifier: str) -> str:
    """The S256 challenge of RFC 7636."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _clear_old_journeys() -> None:
    Journey.objects.filter(started_at__lt=timezone.now() - Journey.LASTS).delete()


@contextmanager
def network_in_words(provider: Provider) -> Iterator[None]:
    """Turn what a network answers to a person who connects into a ``Refusal``."""
    try:
        yield
    except Refused as refused:
        raise Refusal(refused.message, field=refused.field) from refused
    except Disconnected as refused:
        raise Refusal(refused.message or _("The network did not accept this.")) from refused
    except UnreadableSecret as error:
        log.error("no key in WAYPOST_CREDENTIAL_KEYS opens a registration or journey")
        raise Refusal(_("The way back took too long. Connect the account again.")) from error
    except HostNotAllowed as error:
        raise Refusal(str(error)) from error
    except (Busy, httpx.HTTPError) as error:
        log.warning("connecting through %s failed: %r", provider.id, error)
        raise Refusal(
            _(
                "%(network)s cannot be reached now, so nothing was changed. "
                "Check the address and try again in a few minutes."
            )
            % {"network": provider.name}
        ) from error
