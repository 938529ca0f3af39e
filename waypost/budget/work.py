"""What runs in the worker for budgets. A lost or doubled wake-up does no harm."""

from django.db import close_old_connections
from django.utils import timezone

from waypost.budget.actions.recurring import post_recurring
from waypost.flow.engine import crontab, huey


@huey.periodic_task(crontab(minute="7"))
def post_subscriptions() -> None:
    """Every hour, since businesses live in different time zones."""
    close_old_connections()
    try:
        post_recurring(timezone.now())
    finally:
        close_old_connections()
