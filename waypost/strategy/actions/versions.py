"""Verbs on versions and changes."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from waypost.accounts.log import record
from waypost.accounts.models import Business, Deed, Thing, User
from waypost.budget.models import Line
from waypost.content.models import Item
from waypost.goals.models import Goal, Initiative
from waypost.kit.errors import Refusal
from waypost.strategy.models import Change, Version
from waypost.strategy.reading import read


@transaction.atomic
def approve(business: Business, *, note: str = "", by: User) -> Version:
    """Keep the strategy as it is now; later ones are compared with it.

    Raises ``Refusal`` when there is nothing to keep, or nothing new since the last version.
    """
    Business.objects.select_for_update().get(pk=business.pk)
    content = [chapter.as_json() for chapter in read(business)]
    if not any(chapter["lines"] for chapter in content):
        raise Refusal(_("Nothing is answered yet, so there is nothing to approve."))
    last = business.strategy_versions.first()
    if last and last.content == content:
        raise Refusal(_("Nothing has changed since version %(number)s.") % {"number": last.number})
    highest = business.strategy_versions.aggregate(last=Max("number"))["last"] or 0
    version = business.strategy_versions.create(
        number=highest + 1,
        note=note.strip(),
        language=(get_language() or business.language)[:8],
        content=content,
        approved_by=by,
        approved_at=timezone.now(),
    )
    on = _("Version %(number)s") % {"number": version.number}
    record(business, Thing.STRATEGY, Deed.APPROVED, by=by, on=on)
    return version


class ChangeFields(TypedDict):
    """What a recorded change says; the last four are what it touches."""

    date: date
    trigger: str
    change: str
    decided_by: User | None
    goals: Iterable[Goal]
    initiatives: Iterable[Initiative]
    lines: Iterable[Line]
    items: Iterable[Item]


@transaction.atomic
def record_change(business: Business, *, by: User, **fields: Unpack[ChangeFields]) -> Change:
    """Write down what happened, what changes and what it touches."""
    return _write_change(Change(business=business, created_by=by), fields)


@transaction.atomic
def edit_change(change: Change, /, **fields: Unpack[ChangeFields]) -> Change:
    return _write_change(change, fields)


def _write_change(change: Change, fields: ChangeFields) -> Change:
    change.date, change.trigger, change.change = fields["date"], fields["trigger"], fields["change"]
    change.decided_by = fields["decided_by"]
    change.save()
    change.goals.set(fields["goals"])
    change.initiatives.set(fields["initiatives"])
    change.lines.set(fields["lines"])
    change.items.set(fields["items"])
    return change
