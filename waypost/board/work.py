"""What runs in the worker for boards. A lost or doubled wake-up does no harm."""

from django.db import close_old_connections
from django.utils import timezone

from waypost.board.actions import bring_due
from waypost.board.actions.periods import close_what_is_over
from waypost.board.actions.telling import tell_late
from waypost.flow.engine import crontab, huey
from waypost.live.actions import forget


@huey.periodic_task(crontab(minute="11"))
def look_at_boards() -> None:
    """Once an hour: what repeats at its day, what is late or over, news nobody asks for."""
    close_old_connections()
    try:
        bring_due(timezone.localdate())
        close_what_is_over()
        tell_late(timezone.now())
        forget()
    finally:
        close_old_connections()
