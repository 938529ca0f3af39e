"""Credentials that end are renewed in time, by one process at a time.

The worker renews what ends soon (:func:`renew_ahead`), so that a post rarely waits for it.
The lease ``refreshing_until`` is taken with a compare-and-set update. Who does not get
it waits for the one who did. The old secrets stand until the new ones are stored, in
the same statement that gives the lease back.

A process that dies after the network answered and before the answer is stored leaves its
lease and the old secrets. The next one renews with those: a network's ``reuse`` says for
how long it allows that.
"""

import logging
import time
from datetime import datetime, timedelta

import httpx
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from waypost.connections.actions.health import mark_broken
from waypost.connections.models import Connection, ConnectionQuerySet, Health
from waypost.kit.backoff import full_jitter
from waypost.kit.http import LONGEST_CALL
from waypost.kit.secrets import UnreadableSecret, seal
from waypost.providers.base import Credentials, Provider, Refreshes
from waypost.providers.errors import Busy, Disconnected, Refused

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=90)  # longer than the longest call (kit.http.LONGEST_CALL)
WAIT = timedelta(seconds=10)  # for the process that renews
STILL_GOOD = timedelta(seconds=90)  # an access token that ends later may still be used
PAUSE = 0.2  # seconds between two looks
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
MOST_TRIES = 1000  # counted


def fresh_credentials(connection: Connection) -> Credentials:
    """Decrypted credentials whose access token does not end within the next moments.

    Call it outside of a transaction: it may speak with the network. Raises
    ``Disconnected`` when a person must connect again, ``Busy`` when the token has ended
    and cannot be renewed just now.
    """
    if _renews_itself(connection) and _ends_soon(connection):
        connection.refresh_from_db()
        if _ends_soon(connection):
            _renew_in_time(connection)
    return _opened(connection)


def renew_ahead(pk: int) -> None:
    """Renew one connection whose access ends soon; does nothing when that is not needed.

    Whatever the network answers, nothing is raised: what cannot be renewed now is tried
    again at growing intervals, and only an explicit refusal breaks the connection.
    """
    connection = Connection.objects.to_renew(timezone.now()).filter(pk=pk).first()
    if connection is None:
        return
    with translation.override(connection.business.language):
        try:
            _renew_or_wait(connection, wait=timedelta(0))
        except Busy as answer:
            _try_later(connection, answer)
        except Disconnected:
            log.warning("connection %s cannot be renewed any more", pk)


def _try_later(connection: Connection, answer: Busy) -> None:
    tries = connection.refresh_tries + 1
    wait = full_jitter(tries, first=FIRST_PAUSE, ceiling=LONGEST_PAUSE)
    wait = max(wait, answer.after or wait)
    Connection.objects.filter(pk=connection.pk, sealed_secrets=connection.sealed_secrets).update(
        refresh_tries=min(tries, MOST_TRIES), refresh_after=timezone.now() + wait
    )
    log.info("connection %s was not renewed, try %s: %s", connection.pk, tries, answer)


def end_of(
    provider: Provider, expires_at: datetime | None, ends_at: datetime | None
) -> datetime | None:
    """When a connection ends for good: access that cannot be renewed ends with its token."""
    return ends_at or (None if isinstance(provider, Refreshes) else expires_at)


def renew_now(connection: Connection) -> bool:
    """Renew after a call answered ``Disconnected`` although the token seemed good.

    True when there are new credentials (then ask ``fresh_credentials`` and try once
    more); False when it cannot renew itself, or the network refuses, which breaks the
    connection. Raises ``Busy`` when the network cannot say so now.
    """
    if not _renews_itself(connection):
        return False
    used = connection.sealed_secrets
    connection.refresh_from_db()
    if connection.health != Health.CONNECTED:
        return False
    if connection.sealed_secrets != used:
        return True
    try:
        _renew_or_wait(connection, wait=WAIT)
    except Disconnected:
        return False
    return True


def _renews_itself(connection: Connection) -> bool:
    return connection.health == Health.CONNECTED and isinstance(connection.provider, Refreshes)


def _ends_soon(connection: Connection) -> bool:
    provider = connection.provider
    assert isinstance(provider, Refreshes)
    return _ends_within(connection, provider.refresh_ahead)


def _ends_within(connection: Connection, ahead: timedelta) -> bool:
    return connection.expires_at is not None and connection.expires_at <= timezone.now() + ahead


def _opened(connection: Connection) -> Credentials:
    if connection.health == Health.REMOVED:
        raise Disconnected(_("This account was removed from Waypost."))
    if connection.health == Health.BROKEN:
        raise Disconnected(connection.broken_reason)
    try:
        return connection.credentials()
    except UnreadableSecret as error:
        log.error("no key in WAYPOST_CREDENTIAL_KEYS opens connection %s", connection.pk)
        raise Disconnected(
            _("Waypost can no longer read the stored password. Connect the account again.")
        ) from error


def _renew_in_time(connection: Connection) -> None:
    urgent = _ends_within(connection, STILL_GOOD)
    try:
        _renew_or_wait(connection, wait=WAIT if urgent else timedelta(0))
    except Busy:
        if urgent:
            raise


def _renew_or_wait(connection: Connection, *, wait: timedelta) -> None:
    """Leave ``connection`` with new secrets; raises ``Busy`` or ``Disconnected``."""
    lease = _take_lease(connection)
    if lease is None:
        _wait_for_other(connection, wait)
        return
    try:
        _renew(connection, lease)
    finally:
        _under(connection, lease).update(refreshing_until=None)


def _take_lease(connection: Connection) -> datetime | None:
    """The lease, or ``None`` when another process has it or was quicker."""
    now = timezone.now()
    free = Q(refreshing_until=None) | Q(refreshing_until__lt=now)
    unchanged = Connection.objects.connected().filter(
        free, pk=connection.pk, sealed_secrets=connection.sealed_secrets
    )
    return now + LEASE if unchanged.update(refreshing_until=now + LEASE) else None


def _under(connection: Connection, lease: datetime) -> ConnectionQuerySet:
    return Connection.objects.filter(pk=connection.pk, refreshing_until=lease)


def _renew(connection: Connection, lease: datetime) -> None:
    provider = connection.provider
    assert isinstance(provider, Refreshes)
    credentials = _opened(connection)
    if lease - timezone.now() < timedelta(seconds=LONGEST_CALL):
        # This process was frozen: by the end of a call another one could hold the lease.
        raise Busy(_("The credentials are being renewed."))
    try:
        renewed = provider.refresh(credentials)
    except Disconnected as refused:
        mark_broken(connection, reason=refused.message)
        raise
    except (httpx.HTTPError, Refused) as error:
        # Not a word about the credentials themselves: they may be as good as before.
        raise Busy(str(error)) from error
    # Not under our lease any more: a person connected again, and theirs are newer.
    _under(connection, lease).update(
        sealed_secrets=seal(renewed.secrets),
        expires_at=renewed.expires_at,
        ends_at=end_of(provider, renewed.expires_at, renewed.ends_at),
        refreshing_until=None,
        refresh_after=None,
        refresh_tries=0,
    )
    connection.refresh_from_db()


def _wait_for_other(connection: Connection, wait: timedelta) -> None:
    old = connection.sealed_secrets
    until = time.monotonic() + wait.total_seconds()
    while True:
        connection.refresh_from_db()
        if connection.health != Health.CONNECTED:
            raise Disconnected(connection.broken_reason)
        if connection.sealed_secrets != old:
            return
        if connection.refreshing_until is None or time.monotonic() >= until:
            raise Busy(_("The credentials are being renewed."))
        time.sleep(PAUSE)
