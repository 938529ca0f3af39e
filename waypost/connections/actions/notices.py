"""Owners are told that a connection ends or broke: each event once, by one process.

The row of a notice is written before anybody is told. Two workers that find the same event
are told apart by the database.
"""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from waypost.accounts.models import User
from waypost.accounts.permissions import Role
from waypost.connections.models import Connection, Health, Notice
from waypost.notices.actions import settle, tell
from waypost.notices.kinds import Kind

KINDS = {Notice.Event.BROKEN: Kind.BROKEN, Notice.Event.ENDING: Kind.ENDING}


def tell_owners(now: datetime) -> None:
    """Write a notice for what nobody was told of yet, and tell the owners."""
    for connection in Connection.objects.untold(now):
        about, event = _event(connection)
        _notice, is_new = Notice.objects.get_or_create(
            connection=connection, event=event, about=about, defaults={"told_at": now}
        )
        if is_new:
            _tell(connection, event, about)


def _event(connection: Connection) -> tuple[datetime, Notice.Event]:
    if connection.health == Health.BROKEN:
        assert connection.broken_at is not None
        return connection.broken_at, Notice.Event.BROKEN
    assert connection.ends_at is not None
    return connection.ends_at, Notice.Event.ENDING


def _tell(connection: Connection, event: Notice.Event, about: datetime) -> None:
    business = connection.business
    owners = User.objects.filter(
        memberships__business=business, memberships__role=Role.OWNER, is_active=True
    )
    with override(business.language):
        day = date_format(timezone.localtime(about, business.zone))
    tell(
        owners,
        KINDS[event],
        business=business,
        key=_key(connection, about),
        url=reverse("connections:list", args=[business.slug]),
        thing=connection if event == Notice.Event.BROKEN else f"{connection} ({day})",
        why=connection.broken_reason,
    )


def _key(connection: Connection, about: datetime) -> str:
    return f"connection:{connection.pk}:{about.timestamp():.0f}"


def tell_no_more(connection: Connection) -> None:
    """It was connected again: what is still under way to people need not arrive."""
    for notice in connection.notices.all():
        key = _key(connection, notice.about)
        settle(KINDS[Notice.Event(notice.event)], business=connection.business, key=key)
