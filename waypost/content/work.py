"""What runs in the worker for content: posts that repeat, and evergreen posts."""

from django.db import close_old_connections
from django.utils import timezone, translation

from waypost.accounts.models import Business
from waypost.content.actions import repeating
from waypost.content.models import Repeat
from waypost.content.queue import Plan
from waypost.flow.engine import crontab, huey


@huey.periodic_task(crontab(minute="*/30"))
def plan_ahead() -> None:
    """Twice an hour: make the occurrences of the weeks ahead, fill empty posting times."""
    close_old_connections()
    try:
        _plan_ahead()
    finally:
        close_old_connections()


def _plan_ahead() -> None:
    rows = Repeat.objects.filter(ended_at=None, business__is_demo=False)
    for repeat in rows.select_related("source__business", "business"):
        with translation.override(repeat.business.language):
            repeating.make_ahead(repeat)
    shelves = Business.objects.filter(is_demo=False, items__evergreen__isnull=False).distinct()
    for business in shelves:
        with translation.override(business.language):
            repeating.fill_empty_times(business.pk, Plan(business, timezone.now()))
