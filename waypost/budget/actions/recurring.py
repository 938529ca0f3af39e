"""Subscriptions post themselves: the plan of a recurring line becomes an expense each month."""

import datetime as dt
from calendar import monthrange

from django.db import IntegrityError, transaction
from django.utils import timezone

from waypost.budget.actions.expenses import closed_months, note_change
from waypost.budget.models import Change, Expense, Line


def post_recurring(now: dt.datetime) -> int:
    """Post what is due at ``now`` (aware) in each business's own day; the answer counts them."""
    years = {now.year - 1, now.year, now.year + 1}
    lines = Line.objects.kept().filter(recurring=True, budget__year__in=years)
    return sum(
        post_line(line, timezone.localtime(now, line.budget.business.zone).date())
        for line in lines.select_related("budget__business")
    )


def post_line(line: Line, today: dt.date) -> bool:
    """Post this month's plan of ``line`` as spent, unless anything was said of the month.

    A row of the database and a line of the log keep it from being posted twice, even when
    two workers try at once or somebody took the posted expense away again.
    """
    if line.budget.year != today.year or today < due_day(line, today):
        return False
    try:
        with transaction.atomic():
            return _post(line, today)
    except IntegrityError:
        return False  # another worker was faster


def due_day(line: Line, today: dt.date) -> dt.date:
    """The day of this month on which the line renews; the first when no day is known."""
    last = monthrange(today.year, today.month)[1]
    day = line.renewal_date.day if line.renewal_date else 1
    return today.replace(day=min(day, last))


def _post(line: Line, today: dt.date) -> bool:
    month = today.month
    closed = closed_months(line.budget)  # holds the budget: the checks below stay true
    plan = line.planned.filter(month=month).first()
    if month in closed or plan is None or not plan.amount or _was_said(line, month):
        return False
    expense = Expense.objects.create(
        line=line,
        date=due_day(line, today),
        vendor=line.vendor,
        amount=plan.amount,
        connection_id=line.connection_id,
        initiative_id=line.initiative_id,
        source=Expense.Source.RECURRING,
        fingerprint=mark(line, month),
    )
    note_change(line, month, new=expense, by=None, batch=mark(line, month))
    return True


def _was_said(line: Line, month: int) -> bool:
    typed = line.actuals.filter(month=month, amount__isnull=False)
    posted = Change.objects.filter(line=line, batch=mark(line, month))
    return typed.exists() or line.expenses.filter(month=month).exists() or posted.exists()


def mark(line: Line, month: int) -> str:
    """What makes the posting of a line and month the only one."""
    return f"recurring:{line.pk}:{month}"
