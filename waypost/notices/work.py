"""What runs in the worker for notices. A lost or doubled wake-up does no harm."""

from django.db import close_old_connections
from django.utils import timezone

from waypost.flow.engine import crontab, huey
from waypost.notices import sending


@huey.periodic_task(crontab())
def send_notices() -> None:
    """Once a minute: what goes out at once, and daily mails whose hour has come."""
    close_old_connections()
    try:
        now = timezone.now()
        sending.send_due(now)
        sending.send_digests(now)
    finally:
        close_old_connections()
