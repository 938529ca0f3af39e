"""Ticking what is set up."""

from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.market.models import Channel, SetupTick


def tick(
    business: Business, key: str, *, channel: Channel | None, done: bool, note: str, by: User
) -> SetupTick:
    """Say that something is set up, or not any more; the first who said so stays named."""
    row, _new = SetupTick.objects.get_or_create(business=business, channel=channel, key=key)
    if done and row.done_at is None:
        row.done_at, row.done_by = timezone.now(), by
    elif not done:
        row.done_at, row.done_by = None, None
    row.note = note.strip()
    row.save()
    return row
