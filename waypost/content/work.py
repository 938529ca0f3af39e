"""What runs in the worker for content. A lost or doubled wake-up does no harm."""

from django.utils import timezone, translation

from waypost.accounts.models import Business
from waypost.content import feeds
from waypost.content.actions import repeating
from waypost.content.exchange import jobs
from waypost.content.models import CalendarImport, Feed, Repeat
from waypost.content.queue import Plan
from waypost.flow.engine import crontab, huey, own_connection


@huey.task()
@own_connection
def import_calendar(job_id: int) -> None:
    job = CalendarImport.objects.select_related("business", "by").filter(pk=job_id).first()
    if job is None:
        return
    # Sentences are written for whoever sent the file.
    language = (job.by.language if job.by else "") or job.business.language
    with translation.override(language), timezone.override(job.business.zone):
        jobs.run(job_id)


@huey.periodic_task(crontab(minute="*/3"))
@own_connection
def sweep_imports() -> None:
    """Start what a dead worker left behind, and forget files that are old."""
    for job_id in jobs.pick_up_left_behind():
        import_calendar(job_id)


@huey.periodic_task(crontab(minute="*/30"))
@own_connection
def plan_ahead() -> None:
    """Twice an hour: make the occurrences of the weeks ahead, fill empty posting times."""
    make_ahead()


def make_ahead() -> None:
    rows = Repeat.objects.filter(ended_at=None, business__is_demo=False)
    for repeat in rows.select_related("source__business", "business"):
        with translation.override(repeat.business.language):
            repeating.make_ahead(repeat)
    shelves = Business.objects.filter(is_demo=False, items__evergreen__isnull=False).distinct()
    for business in shelves:
        with translation.override(business.language):
            repeating.fill_empty_times(business.pk, Plan(business, timezone.now()))


@huey.task()
@own_connection
def read_feed(feed_id: int) -> None:
    feed = Feed.objects.select_related("business").filter(pk=feed_id).first()
    if feed is None:
        return
    # Reasons are written for the owner.
    with translation.override(feed.business.language):
        feeds.read(feed)


@huey.periodic_task(crontab(minute="23"))
@own_connection
def read_feeds() -> None:
    """Every hour: each feed in a task of its own, so that a slow server holds up no other."""
    for feed_id in feeds.due():
        read_feed(feed_id)
