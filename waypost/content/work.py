"""What runs in the worker for ideas. A lost or doubled wake-up does no harm."""

from django.db import close_old_connections
from django.utils import translation

from waypost.content import feeds
from waypost.content.models import Feed
from waypost.flow.engine import crontab, huey


@huey.task()
def read_feed(feed_id: int) -> None:
    close_old_connections()
    try:
        feed = Feed.objects.select_related("business").filter(pk=feed_id).first()
        if feed is None:
            return
        # Reasons are written for the owner.
        with translation.override(feed.business.language):
            feeds.read(feed)
    finally:
        close_old_connections()


@huey.periodic_task(crontab(minute="23"))
def read_feeds() -> None:
    """Every hour: each feed in a task of its own, so that a slow server holds up no other."""
    close_old_connections()
    try:
        for feed_id in feeds.due():
            read_feed(feed_id)
    finally:
        close_old_connections()
