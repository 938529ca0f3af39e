"""What publishing reports about an item; each may be called again without harm."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from waypost.content.models import ITEM, Item, Status


def start_publishing(item: Item) -> bool:
    """From scheduled or failed to publishing.

    False when it was in neither state, or was changed since ``item`` was loaded.
    """
    seen = {"version": item.version}
    sources = (Status.SCHEDULED, Status.FAILED)
    now = timezone.now()
    return any(
        ITEM.move(item, old, Status.PUBLISHING, holding=seen, updated_at=now) for old in sources
    )


def mark_published(item: Item, *, at: datetime | None = None) -> bool:
    """At least one channel shows it, and none failed. ``at``: now, unless told."""
    at = at or timezone.now()
    sources = (Status.PUBLISHING, Status.FAILED)
    return _from_any(item, sources, Status.PUBLISHED, published_at=at)


def mark_failed(item: Item) -> bool:
    """At least one channel refused it."""
    return _from_any(item, (Status.PUBLISHING,), Status.FAILED)


def mark_skipped(item: Item) -> bool:
    """Every channel was given up before it showed anything."""
    return _from_any(item, (Status.PUBLISHING, Status.FAILED), Status.CANCELLED)


def reopen(item: Item) -> bool:
    """A channel that was given up waits again, so the item is not closed yet.

    False when another channel shows it: what is out stays out.
    """
    item.refresh_from_db(fields=["status"])
    if item.status == Status.PUBLISHING:
        return True
    return _from_any(item, (Status.CANCELLED, Status.FAILED), Status.PUBLISHING)


def back_to_scheduled(item: Item) -> bool:
    """Nothing went out and it will be tried again."""
    return _from_any(item, (Status.PUBLISHING,), Status.SCHEDULED)


def _from_any(item: Item, sources: tuple[Status, ...], target: Status, **changes: Any) -> bool:
    """Compare and set from whichever of ``sources`` the row is in now.

    ``updated_at`` moves along: calendars that read along ask what is new by it.
    """
    changes["updated_at"] = timezone.now()
    return any(ITEM.move(item, source, target, **changes) for source in sources)
