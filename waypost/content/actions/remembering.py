"""What stood in an item before, and bringing it back."""

from datetime import timedelta

from django.utils import timezone

from waypost.accounts.models import User
from waypost.content.models import Item, Revision

SITTING = timedelta(minutes=15)
"""What one person saves within this time of the first word is one entry of the history."""
KEPT = 100  # entries of one item


def remember(item: Item, *, by: User) -> None:
    """Keep the words of ``item`` as they are saved now."""
    words = {
        "title": item.title,
        "text": item.text,
        "link": item.link,
        "channels": {str(v.connection_id): v.text for v in item.variants.all() if v.text},
    }
    now = timezone.now()
    last = item.revisions.first()
    if last and all(getattr(last, name) == value for name, value in words.items()):
        return
    if last and last.by_id == by.pk and last.at > now - SITTING:
        Revision.objects.filter(pk=last.pk).update(**words)
        return
    Revision.objects.create(item=item, by=by, at=now, **words)
    old = item.revisions.values_list("pk", flat=True)[KEPT:]
    Revision.objects.filter(pk__in=list(old)).delete()
