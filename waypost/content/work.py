"""What runs in the worker for content. A lost or doubled wake-up does no harm."""

from django.utils import timezone, translation

from waypost.content.exchange import jobs
from waypost.content.models import CalendarImport
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
