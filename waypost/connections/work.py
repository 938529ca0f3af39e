"""What runs in the worker for connections. A lost or doubled wake-up does no harm."""

from django.db import close_old_connections
from django.utils import timezone

from waypost.connections import actions
from waypost.connections.models import Connection
from waypost.flow.engine import crontab, huey


@huey.task()
def renew(pk: int) -> None:
    close_old_connections()
    try:
        actions.renew_ahead(pk)
    finally:
        close_old_connections()


@huey.periodic_task(crontab())
def look_after() -> None:
    """Once a minute: renew what ends soon, and tell owners what they must do themselves."""
    close_old_connections()
    try:
        now = timezone.now()
        for pk in Connection.objects.to_renew(now).values_list("pk", flat=True):
            renew(pk)
        actions.tell_owners(now)
    finally:
        close_old_connections()
