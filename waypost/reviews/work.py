"""What runs in the worker for reports. A lost or doubled wake-up does no harm."""

from django.db import close_old_connections
from django.utils import timezone

from waypost.flow.engine import crontab, huey
from waypost.reviews.actions.reminding import remind
from waypost.reviews.actions.sending import send_reports


@huey.periodic_task(crontab(minute="37"))
def remind_of_reports() -> None:
    """Every hour, since businesses live in different time zones; reports go out, too."""
    close_old_connections()
    try:
        remind(timezone.now())
        send_reports(timezone.now())
    finally:
        close_old_connections()
