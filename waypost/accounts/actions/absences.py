"""Verbs on the days on which somebody is away."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from waypost.accounts import log
from waypost.accounts.models import Absence, Deed, Member, Thing, User
from waypost.kit.errors import Refusal


@transaction.atomic
def add_absence(
    member: Member,
    *,
    from_date: date,
    until_date: date,
    stand_in: Member | None,
    note: str,
    by: User,
) -> Absence:
    """Raises ``Refusal`` for days that end before they begin or that are taken already."""
    absence = Absence(member=member)
    _check(absence, from_date, until_date, stand_in)
    absence.from_date, absence.until_date = from_date, until_date
    absence.stand_in, absence.note = stand_in, note
    absence.save()
    _write_down(absence, Deed.ADDED, by, before={})
    return absence


@transaction.atomic
def change_absence(
    absence: Absence,
    *,
    from_date: date,
    until_date: date,
    stand_in: Member | None,
    note: str,
    by: User,
) -> None:
    """Raises ``Refusal`` like :func:`add_absence`."""
    _check(absence, from_date, until_date, stand_in)
    before = _values(absence)
    absence.from_date, absence.until_date = from_date, until_date
    absence.stand_in, absence.note = stand_in, note
    absence.save()
    _write_down(absence, Deed.CHANGED, by, before=before)


def remove_absence(absence: Absence, *, by: User) -> None:
    """They work on these days after all."""
    _write_down(absence, Deed.REMOVED, by, before=_values(absence), gone=True)
    absence.delete()


def _check(absence: Absence, start: date, end: date, stand_in: Member | None) -> None:
    if end < start:
        told = _("The last day lies before the first. Choose a later one.")
        raise Refusal(told, field="until_date")
    if stand_in is not None and stand_in.pk == absence.member_id:
        raise Refusal(_("Nobody stands in for themselves."), field="stand_in")
    others = absence.member.absences.exclude(pk=absence.pk)
    if others.filter(from_date__lte=end, until_date__gte=start).exists():
        told = _("They are away on some of these days already. Change that entry instead.")
        raise Refusal(told, field="from_date")


def _values(absence: Absence) -> dict[str, Any]:
    stand_in = absence.stand_in.user if absence.stand_in else None
    return {
        gettext_noop("from"): absence.from_date,
        gettext_noop("until"): absence.until_date,
        gettext_noop("stands in"): stand_in,
    }


def _write_down(
    absence: Absence, deed: Deed, by: User, *, before: dict[str, Any], gone: bool = False
) -> None:
    now = _values(absence)
    changes = [
        log.Field(name, before.get(name), None if gone else value) for name, value in now.items()
    ]
    on = str(absence.member.user)
    log.record(absence.member.business, Thing.ABSENCE, deed, by=by, on=on, changes=changes)
