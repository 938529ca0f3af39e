"""An account that stopped working, and one that is taken away."""

import logging

from django.utils import timezone

from waypost.accounts.log import record
from waypost.accounts.models import Deed, Thing, User
from waypost.connections.actions.notices import tell_no_more
from waypost.connections.models import Connection, Health
from waypost.kit.secrets import seal

log = logging.getLogger(__name__)


def mark_broken(connection: Connection, *, reason: str) -> bool:
    """Note that the network does not accept the account; ``reason`` is for the owner.

    False when the credentials were replaced or the account removed in the meantime:
    what failed were the old ones, and nothing is written.
    """
    rows = Connection.objects.connected().filter(
        pk=connection.pk, sealed_secrets=connection.sealed_secrets
    )
    changes = {"health": Health.BROKEN, "broken_reason": reason, "broken_at": timezone.now()}
    if not rows.update(**changes):
        return False
    for name, value in changes.items():
        setattr(connection, name, value)
    log.warning("connection %s is broken: %s", connection.pk, reason)
    return True


def remove(connection: Connection, *, by: User) -> None:
    """Forget the credentials. Posts and numbers of the account stay."""
    connection.sealed_secrets = seal({})
    connection.health = Health.REMOVED
    connection.expires_at = connection.ends_at = connection.refreshing_until = None
    connection.broken_at = connection.refresh_after = None
    connection.broken_reason = ""
    connection.save()
    record(connection.business, Thing.ACCOUNT, Deed.REMOVED, by=by, on=connection)
    tell_no_more(connection)
    log.info("connection %s was removed by user %s", connection.pk, by.pk)


def set_cap(connection: Connection, *, cap: int | None, by: User) -> None:
    """At most ``cap`` posts within any 24 hours; ``None``: only the network's own number."""
    connection.daily_cap = cap
    connection.save(update_fields=["daily_cap"])
    log.info("connection %s gets at most %s posts a day, user %s", connection.pk, cap, by.pk)
