"""What runs in the worker for the whole installation."""

from waypost.flow import statistics
from waypost.flow.engine import crontab, huey, own_connection


@huey.periodic_task(crontab(minute="53", hour="*/6"))
@own_connection
def look_at_tables() -> None:
    statistics.refresh()
