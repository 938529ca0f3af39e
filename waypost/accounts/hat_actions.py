"""Verbs on the hats of a business and the hours of its people."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from waypost.accounts import log
from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, Deed, HatHolder, Member, Thing, User
from waypost.kit.errors import Refusal

OTHER = {"holder": "outside", "outside": "holder"} | {
    "backup": "backup_outside",
    "backup_outside": "backup",
}
"""Of each pair only one can say who it is."""
LOGGED = (gettext_noop("who"), gettext_noop("backup"), gettext_noop("note"))


@transaction.atomic
def wear(business: Business, hat: Hat, *, by: User | None, **changes: Any) -> HatHolder:
    """Change ``holder``, ``outside``, ``backup``, ``backup_outside`` or ``note`` of a hat.

    Naming somebody empties the other field of the pair. Raises ``Refusal`` when both are
    named at once, or when the backup is the one who wears the hat.
    """
    row, _new = HatHolder.objects.select_for_update().get_or_create(business=business, hat=hat)
    before = (row.worn_by, row.backed_up_by, row.note)
    for name, value in changes.items():
        setattr(row, name, value)
    for name, other in OTHER.items():
        if changes.get(name):
            _only_one(row, hat, other, named_too=bool(changes.get(other)))
    if row.backed_up_by and row.backed_up_by == row.worn_by and row.backup == row.holder:
        raise Refusal(
            _("%(person)s wears this hat already. Choose somebody else as backup.")
            % {"person": row.worn_by},
            field=f"{hat}_backup",
        )
    row.updated_by = by
    row.save()
    after = (row.worn_by, row.backed_up_by, row.note)
    fields = [log.Field(*each) for each in zip(LOGGED, before, after, strict=True)]
    log.record(business, Thing.HAT, Deed.CHANGED, by=by, on=hat.label, changes=fields)
    return row


def _only_one(row: HatHolder, hat: Hat, other: str, *, named_too: bool) -> None:
    if named_too:
        raise Refusal(
            _("Choose a person from the list or write a name, not both."), field=f"{hat}_{other}"
        )
    setattr(row, other, "" if "outside" in other else None)


@transaction.atomic
def wear_all(business: Business, member: Member, *, by: User | None) -> None:
    """Solo work: ``member`` wears every hat, without a backup. Notes stay."""
    for hat in Hat:
        wear(business, hat, by=by, holder=member, backup=None, backup_outside="")


def set_hours(member: Member, hours: Decimal | None, *, by: User | None = None) -> None:
    """Hours a week for social media; None: nobody knows."""
    field = log.Field(
        Member._meta.get_field("hours_a_week").verbose_name, member.hours_a_week, hours
    )
    on = str(member.user)
    log.record(member.business, Thing.PERSON, Deed.CHANGED, by=by, on=on, changes=[field])
    member.hours_a_week = hours
    member.save(update_fields=["hours_a_week"])


@transaction.atomic
def hand_over_hats(
    leaving: Member, successors: Mapping[str, Member | None], *, by: User | None
) -> int:
    """Give each hat of ``leaving`` to its successor and take them off every backup.

    A hat without a successor is worn by nobody. Answers how many hats were passed on.
    """
    passed = 0
    for row in leaving.hats.select_related("backup"):
        row.holder = successors.get(row.hat)
        row.backup = None if row.backup == row.holder else row.backup
        row.updated_by = by
        row.save()
        passed += row.holder is not None
    leaving.backed_up_hats.update(backup=None)
    return passed
