"""Taking back what was written into cells."""

from decimal import Decimal
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts.models import Deed, Member
from waypost.budget.actions.cells import KINDS, Kind, is_allowed, write_cell
from waypost.budget.actions.log import new_batch, tell_cells
from waypost.budget.models import ActualAmount, Budget, Change, PlannedAmount
from waypost.budget.sheet import Amount
from waypost.kit.errors import Refusal


@transaction.atomic
def undo(budget: Budget, *, batch: str, member: Member) -> str:
    """Write again what stood in the cells of ``batch``; the answer is the batch of the undo.

    Raises ``Refusal`` when there is no such deed of this person, or when somebody changed
    one of the cells after it; then nothing is taken back.
    """
    changes = list(
        budget.changes.filter(batch=batch, what__in=KINDS, by=member.user).select_related(
            "line__category", "line__budget"
        )
        if batch
        else []
    )
    if not changes:
        raise Refusal(_("There is nothing to undo."))
    back = new_batch()
    for change in changes:
        _take_back(change, member, back)
    tell_cells(budget, changes[0].what, len(changes), by=member.user, deed=Deed.RESTORED)
    return back


def _take_back(change: Change, member: Member, batch: str) -> None:
    line, month, kind = change.line, change.month, cast(Kind, change.what)
    if line is None or month is None or not is_allowed(member, line, kind):
        raise Refusal(_("There is nothing to undo."))
    model: type[PlannedAmount | ActualAmount] = PlannedAmount if kind == "plan" else ActualAmount
    now = model._default_manager.get(line=line, month=month)
    if now.amount != _amount(change.new):
        raise Refusal(_("This cannot be undone: the cell was changed again since."))
    write_cell(
        line,
        kind=kind,
        month=month,
        amount=_amount(change.old),
        by=member.user,
        version=None,
        batch=batch,
    )


def _amount(text: str) -> Amount:
    return Decimal(text) if text else None
