"""Due dates of one person, in all their businesses, for a calendar program."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.board.models import DueFeed, Task
from waypost.board.models.frame import new_feed_key
from waypost.documents.rendering import render
from waypost.documents.values import Agenda, Event


def key_of(user: User) -> str:
    """The secret part of the address; made when it is first asked for."""
    return DueFeed.objects.get_or_create(user=user)[0].key


def renew(user: User) -> str:
    """A new key; whoever knows the old one sees nothing any more."""
    row, _new = DueFeed.objects.update_or_create(user=user, defaults={"key": new_feed_key()})
    return row.key


def find(key: str) -> User | None:
    row = DueFeed.objects.select_related("user").filter(key=key, user__is_active=True).first()
    return row.user if row else None


def agenda(user: User) -> bytes:
    """An ``.ics`` of everything with a day that is still theirs to do, two queries."""
    mine = Task.objects.on_board().held_by(user).exclude(due_date=None)
    # Whoever left a business sees nothing of it here either.
    rows = mine.filter(business__members__user=user).select_related("business").distinct()
    with translation.override(user.language or settings.LANGUAGE_CODE):
        events = tuple(_event(task) for task in rows)
        return render(Agenda(_("My tasks"), events), "ics")


def _event(task: Task) -> Event:
    assert task.due_date is not None
    address = reverse("board:task", args=[task.business.slug, task.pk])
    return Event(
        uid=f"task-{task.pk}@waypost",
        day=task.due_date,
        summary=task.title,
        stamp=task.updated_at or timezone.now(),
        sequence=task.version,
        description=task.business.name,
        url=settings.PUBLIC_URL + address,
    )
