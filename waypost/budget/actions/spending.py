"""Bringing payments of a bank or an ad network into a budget: all of them, or none."""

from collections import Counter
from collections.abc import Mapping as Words
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.budget.actions.expenses import closed_months, wrong_day
from waypost.budget.actions.log import new_batch
from waypost.budget.models import Budget, Change, Expense, ImportMapping, Line
from waypost.budget.spend import Entries, Entry, same
from waypost.documents.kinds import RowError


@dataclass
class Brought:
    """What a table brings, or would bring."""

    new: list[tuple[Entry, Line]] = field(default_factory=list)
    known: list[Entry] = field(default_factory=list)  # in the budget already
    left_out: list[Entry] = field(default_factory=list)  # no line takes them
    errors: list[RowError] = field(default_factory=list)
    replaced: int = 0  # subscriptions posted as planned that a real payment takes the place of

    @property
    def sum(self) -> Decimal:
        return sum((entry.amount for entry, _line in self.new), Decimal(0))


@transaction.atomic
def bring_spending(budget: Budget, told: Entries, *, by: User | None, dry_run: bool) -> Brought:
    """Write the payments as expenses; an error in any row, or ``dry_run``, writes nothing."""
    closed = closed_months(budget)  # holds the budget until all is written
    brought = Brought(errors=list(told.errors))
    lines = {line.name: line for line in reversed(budget.lines.kept())}
    known = _Known(budget)
    for entry in told.found:
        if known.has(entry):
            brought.known.append(entry)
        elif not entry.line:
            brought.left_out.append(entry)
        elif fault := _fault(budget, entry, lines, closed):
            brought.errors.append(RowError(entry.row, fault))
        else:
            brought.new.append((entry, lines[entry.line]))
    brought.errors.sort(key=lambda error: error.row)
    posted = _posted(budget, brought)
    brought.replaced = len(posted)
    if not (brought.errors or dry_run):
        Expense.objects.filter(pk__in=[expense.pk for expense in posted]).delete()
        _write(budget, brought, by)
    return brought


def remember(business: Business, signature: str, columns: dict[str, Any]) -> None:
    """Keep how tables with these headings are read."""
    ImportMapping.objects.update_or_create(
        business=business, name=signature, defaults={"columns": columns}
    )


class _Known:
    """The payments a budget has, however they came in."""

    def __init__(self, budget: Budget) -> None:
        rows = Expense.objects.filter(line__budget=budget, line__removed_at=None)
        told = list(rows.values_list("date", "vendor", "amount", "fingerprint"))
        self.marks = {mark for _day, _vendor, _amount, mark in told if mark}
        self.left = Counter((day, vendor.casefold(), amount) for day, vendor, amount, _ in told)

    def has(self, entry: Entry) -> bool:
        """Each payment of the budget answers for one row of the table."""
        key = same(entry)
        found = entry.fingerprint in self.marks or self.left[key] > 0
        self.left[key] -= 1
        return found


def _fault(budget: Budget, entry: Entry, lines: Words[str, Line], closed: frozenset[int]) -> str:
    if entry.line not in lines:
        return _("The budget has no line “%(line)s”.") % {"line": entry.line}
    return wrong_day(budget, entry.date, closed)


def _posted(budget: Budget, brought: Brought) -> list[Expense]:
    cells = {(line.pk, entry.date.month) for entry, line in brought.new}
    rows = Expense.objects.filter(line__budget=budget, source=Expense.Source.RECURRING)
    return [row for row in rows if (row.line_id, row.month) in cells]


def _write(budget: Budget, brought: Brought, by: User | None) -> None:
    batch = new_batch()
    Expense.objects.bulk_create(
        (
            Expense(
                line=line,
                date=entry.date,
                month=entry.date.month,
                vendor=entry.vendor,
                amount=entry.amount,
                fingerprint=entry.fingerprint,
                source=Expense.Source.IMPORTED,
                initiative_id=line.initiative_id,
                connection_id=line.connection_id,
                created_by=by,
            )
            for entry, line in brought.new
        ),
        batch_size=500,
    )
    Change.objects.bulk_create(
        (
            Change(
                budget=budget,
                what=Change.What.EXPENSE,
                line=line,
                line_name=line.name,
                month=entry.date.month,
                new=f"{entry.amount:.2f} {entry.vendor}".strip(),
                batch=batch,
                by=by,
            )
            for entry, line in brought.new
        ),
        batch_size=500,
    )
