"""Verbs on expenses: money that went out on one day. The expenses of a cell are its actual."""

import datetime as dt
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waypost.accounts.log import Field, record
from waypost.accounts.models import Deed, Thing, User
from waypost.budget.actions.log import note
from waypost.budget.actions.months import closed_words
from waypost.budget.models import Budget, Change, Expense, Line
from waypost.connections.models import Connection
from waypost.goals.models import Initiative
from waypost.kit.errors import Refusal
from waypost.library.actions import add_file
from waypost.library.kinds import Kind

CENT = Decimal("0.01")
LARGEST = Decimal("9999999999.99")


class ExpenseFields(TypedDict):
    """What a person says about an expense."""

    date: dt.date
    vendor: str
    amount: Decimal
    initiative: Initiative | None
    connection: Connection | None
    note: str


def without_vat(amount: Decimal, rate: Decimal) -> Decimal:
    """``amount`` with ``rate`` percent of VAT taken out, to the cent."""
    return (amount / (1 + rate / 100)).quantize(CENT, "ROUND_HALF_UP")


@transaction.atomic
def add_expense(
    line: Line,
    *,
    by: User | None,
    receipt: "UploadedFile[bytes] | None" = None,
    **fields: Unpack[ExpenseFields],
) -> Expense:
    """Raises ``Refusal`` with the field that is wrong: a closed month, a day of another year."""
    refuse_day(line.budget, fields["date"])
    refuse_amount(fields["amount"])
    expense = Expense(line=line, created_by=by, source=Expense.Source.TYPED, **fields)
    _attach(expense, receipt, by)
    expense.save()
    note_change(line, expense.month, new=expense, by=by)
    return expense


@transaction.atomic
def edit_expense(
    expense: Expense,
    *,
    by: User | None,
    receipt: "UploadedFile[bytes] | None" = None,
    **fields: Unpack[ExpenseFields],
) -> Expense:
    """Raises ``Refusal`` with the field that is wrong; both months must be open."""
    budget = expense.line.budget
    refuse_day(budget, expense.date)
    refuse_day(budget, fields["date"])
    refuse_amount(fields["amount"])
    before = _words(expense)
    for name, value in fields.items():
        setattr(expense, name, value)
    _attach(expense, receipt, by)
    expense.save()
    note_change(expense.line, expense.month, old=before, new=expense, by=by)
    return expense


@transaction.atomic
def remove_expense(expense: Expense, *, by: User | None) -> dict[str, Any]:
    """Delete it; the answer is what :func:`put_back_expense` takes. Raises ``Refusal``."""
    refuse_day(expense.line.budget, expense.date)
    row = _row(expense)
    note_change(expense.line, expense.month, old=_words(expense), by=by)
    expense.delete()
    return row


@transaction.atomic
def put_back_expense(line: Line, row: dict[str, Any], *, by: User | None) -> Expense:
    """Undo :func:`remove_expense`. Raises ``Refusal`` when the month was closed meanwhile."""
    day = dt.date.fromisoformat(row["date"])
    refuse_day(line.budget, day)
    known = line.expenses.filter(fingerprint=row["fingerprint"]).exclude(fingerprint="").first()
    if known:
        return known
    business = line.budget.business
    expense = Expense.objects.create(
        line=line,
        date=day,
        vendor=row["vendor"],
        amount=Decimal(row["amount"]),
        note=row["note"],
        fingerprint=row["fingerprint"],
        source=row["source"],
        receipt=business.assets.filter(pk=row["receipt"]).first(),
        initiative=business.initiatives.filter(pk=row["initiative"]).first(),
        connection=business.connections.filter(pk=row["connection"]).first(),
        created_by=by,
    )
    note_change(line, expense.month, new=expense, by=by)
    return expense


def refuse_day(budget: Budget, day: dt.date) -> None:
    """Raises ``Refusal`` (field ``date``) for another year or a closed month."""
    if fault := wrong_day(budget, day, closed_months(budget)):
        raise Refusal(fault, field="date")


def wrong_day(budget: Budget, day: dt.date, closed: frozenset[int]) -> str:
    """Why no expense of ``day`` can be written, in words; empty when it can."""
    if day.year != budget.year:
        words = {"year": budget.year, "day": date_format(day, "DATE_FORMAT")}
        return _("This budget is for %(year)s; %(day)s is not in it.") % words
    if day.month in closed:
        return closed_words(day.month)
    return ""


def closed_months(budget: Budget) -> frozenset[int]:
    """The months of ``budget`` in which nothing changes any more.

    Inside a transaction the budget is held, so that nobody closes a month in between.
    """
    held = Budget.objects.select_for_update().get(pk=budget.pk)
    return frozenset(held.closes.values_list("month", flat=True))


def refuse_amount(amount: Decimal) -> None:
    """Raises ``Refusal`` (field ``amount``)."""
    if fault := wrong_amount(amount):
        raise Refusal(fault, field="amount")


def wrong_amount(amount: Decimal) -> str:
    """Why this is no amount of an expense, in words; empty when it is one."""
    if not amount:
        return _("The amount is 0. Write what was paid, or below 0 for money that came back.")
    if abs(amount) > LARGEST:
        return _("The amount is larger than any that can be kept. Check it.")
    return ""


def note_change(
    line: Line,
    month: int,
    *,
    by: User | None,
    old: str = "",
    new: Expense | None = None,
    batch: str = "",
) -> None:
    """Write into the log what happened to an expense of a cell."""
    told = _words(new) if new else ""
    what = Change.What.EXPENSE
    note(line.budget, what, by=by, line=line, month=month, old=old, new=told, batch=batch)
    if not batch:
        on = f"{line.budget}: {line.name}, {MONTHS[month]}"
        changes = [Field(what.label, old, told)]
        record(line.budget.business, Thing.BUDGET, Deed.CHANGED, by=by, on=on, changes=changes)


def _words(expense: Expense) -> str:
    return " ".join(filter(None, [f"{expense.amount:.2f}", expense.vendor]))[:200]


def _attach(expense: Expense, receipt: "UploadedFile[bytes] | None", by: User | None) -> None:
    if receipt is None:
        return
    added = add_file(
        expense.line.budget.business,
        upload=receipt,
        by=by,
        only=(Kind.PICTURE, Kind.PDF),
        wrong=_("A receipt is a PDF or a picture. Choose a file of that kind."),
        field="receipt",
    )
    expense.receipt = added.asset


def _row(expense: Expense) -> dict[str, Any]:
    return {
        "date": expense.date.isoformat(),
        "vendor": expense.vendor,
        "amount": str(expense.amount),
        "note": expense.note,
        "fingerprint": expense.fingerprint,
        "source": expense.source,
        "receipt": expense.receipt_id,
        "initiative": expense.initiative_id,
        "connection": expense.connection_id,
    }
