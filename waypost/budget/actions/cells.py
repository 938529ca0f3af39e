"""Writing one cell of the sheet."""

from decimal import Decimal
from typing import Literal, NamedTuple

from django.db import IntegrityError, transaction
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.accounts.log import Field, record
from waypost.accounts.models import Deed, Member, Thing, User
from waypost.budget.actions.log import new_batch, note
from waypost.budget.actions.months import refuse_closed
from waypost.budget.models import ActualAmount, Change, Line, PlannedAmount
from waypost.budget.sheet import Amount
from waypost.kit.errors import Refusal
from waypost.kit.numbers import NotANumber, parse

Kind = Literal["plan", "actual"]
KINDS: tuple[Kind, ...] = ("plan", "actual")
MOST = Decimal("9999999999.99")
CENT = Decimal("0.01")


class Conflict(Exception):
    """Somebody else changed the cell since it was read."""

    def __init__(self, theirs: Amount, version: int, by: User | None) -> None:
        super().__init__("the cell was changed meanwhile")
        self.theirs = theirs
        self.version = version
        self.by = by


class Written(NamedTuple):
    """A cell after it was written; ``batch`` undoes it (blank: nothing had to change)."""

    amount: Amount
    version: int
    batch: str


def is_allowed(member: Member, line: Line, kind: str) -> bool:
    """Whether ``member`` may write: an editor everything, a contributor actuals of adverts."""
    if member.may("budget.edit"):
        return True
    return kind == "actual" and line.is_ads and member.may("budget.actuals_ads")


def parse_amount(text: str, *, kind: str) -> Amount:
    """What a person typed into a cell; None for nothing. Raises ``Refusal`` in words."""
    typed = text.replace("€", "").strip()
    if not typed:
        return None
    try:
        amount = parse(typed)
    except NotANumber as error:
        raise Refusal(str(error), field="amount") from error
    return checked(amount, kind=kind)


def checked(amount: Decimal, *, kind: str) -> Decimal:
    """``amount`` in whole cents. Raises ``Refusal`` for one that no cell can hold."""
    if kind == "plan" and amount < 0:
        raise Refusal(_("A plan cannot be below zero. Enter 0 or more."), field="amount")
    if abs(amount) > MOST:
        raise Refusal(_("This amount is too large. Enter less than 10 billion."), field="amount")
    if amount != amount.quantize(CENT):
        raise Refusal(_("Money has two decimals. Round the amount to cents."), field="amount")
    return amount.quantize(CENT)


@transaction.atomic
def write_cell(
    line: Line,
    *,
    kind: Kind,
    month: int,
    amount: Amount,
    by: User,
    version: int | None,
    batch: str = "",
) -> Written:
    """Write a cell that the person read at ``version`` (None: whatever stands there).

    Raises ``Conflict`` when it changed since, ``Refusal`` for a closed month, a month out
    of the year, or an actual that is the sum of expenses.
    """
    refuse_closed(line.budget, month)
    if kind == "actual":
        refuse_sum(line, month)
    row, _new = _row(line, kind, month)
    if row.amount == amount:
        return Written(amount, row.version, "")
    if version is not None and row.version != version:
        raise _conflict(line, kind, month, row)
    old, seen = row.amount, row.version
    changed = (
        type(row)
        ._default_manager.filter(pk=row.pk, version=seen)
        .update(amount=amount, version=seen + 1)
    )
    if not changed:
        row.refresh_from_db()
        raise _conflict(line, kind, month, row)
    if not batch:  # a block of cells is told as one by whoever writes it
        _record(line, kind, month, old, amount, by)
    batch = batch or new_batch()
    note(line.budget, kind, by=by, line=line, month=month, old=old, new=amount, batch=batch)
    return Written(amount, seen + 1, batch)


def _record(line: Line, kind: Kind, month: int, old: Amount, new: Amount, by: User) -> None:
    changes = [Field(Change.What(kind).label, old, new)]
    on = f"{line.budget}: {line.name}, {MONTHS[month]}"
    record(line.budget.business, Thing.BUDGET, Deed.CHANGED, by=by, on=on, changes=changes)


def refuse_sum(line: Line, month: int) -> None:
    """Raises ``Refusal`` when the actual of the cell is made of expenses."""
    number = line.expenses.filter(month=month).count()
    if number:
        raise Refusal(
            ngettext(
                "This amount comes from %(n)s expense. Change the expense instead.",
                "This amount is the sum of %(n)s expenses. Change the expenses instead.",
                number,
            )
            % {"n": number},
            field="amount",
        )


def _row(line: Line, kind: Kind, month: int) -> tuple[PlannedAmount | ActualAmount, bool]:
    model: type[PlannedAmount | ActualAmount] = PlannedAmount if kind == "plan" else ActualAmount
    try:
        with transaction.atomic():
            return model._default_manager.get_or_create(line=line, month=month)
    except IntegrityError:  # another person made it at this moment
        return model._default_manager.get(line=line, month=month), False


def _conflict(line: Line, kind: Kind, month: int, row: PlannedAmount | ActualAmount) -> Conflict:
    last = Change.objects.filter(line=line, what=kind, month=month).select_related("by").first()
    return Conflict(row.amount, row.version, last.by if last else None)
