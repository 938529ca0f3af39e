"""What runs in the worker: an id in, one call. A lost or doubled wake-up does no harm."""

from datetime import timedelta

from django.utils import timezone

from waypost.flow.engine import crontab, huey, own_connection
from waypost.library.erasing import erase_forgotten
from waypost.library.models import Asset
from waypost.library.preparing import prepare

AT_ONCE = 50  # files that one sweep hands out


@huey.task()
@own_connection
def look_at(asset_id: int) -> None:
    """Make the small picture of a new file, or look into its video."""
    prepare(asset_id)


@huey.periodic_task(crontab(minute="*/2"))
@own_connection
def look_after_files() -> None:
    """Prepare what a lost wake-up left behind, and erase what was deleted long ago."""
    waiting = Asset.objects.unprepared(timezone.now() - timedelta(minutes=1))
    for pk in waiting.values_list("pk", flat=True)[:AT_ONCE]:
        look_at(pk)
    erase_forgotten()
