"""What runs in the worker for goals. A lost or doubled wake-up does no harm."""

from django.db import close_old_connections
from django.utils import timezone

from waypost.flow.engine import crontab, huey
from waypost.goals.actions.telling import tell_behind


@huey.periodic_task(crontab(minute="23", hour="*/6"))
def look_at_goals() -> None:
    """Four times a day, so that each business hears of it in its own morning or noon."""
    close_old_connections()
    try:
        tell_behind(timezone.now())
    finally:
        close_old_connections()
