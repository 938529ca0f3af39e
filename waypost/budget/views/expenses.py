"""Pages of a cell's expenses: the list, and each of them."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.budget.actions import expenses as actions
from waypost.budget.expense_forms import ExpenseForm, told
from waypost.budget.models import MONTHS, Expense, Line
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal

UNDO_SALT = "budget.expense"
UNDO_LASTS = 24 * 3600  # seconds


@business_view("budget.view")
@require_GET
def expenses(request: BusinessRequest, pk: int, month: int) -> HttpResponse:
    line = _line(request, pk, month)
    return _show_cell(request, line, month, _empty_form(request, line, month))


@business_view("budget.actuals_ads")
@require_POST
def expense_new(request: BusinessRequest, pk: int, month: int) -> HttpResponse:
    line = _line(request, pk, month)
    _refuse_others_lines(request, line)
    form = ExpenseForm(request.POST, request.FILES, budget=line.budget)
    if form.is_valid():
        try:
            expense = actions.add_expense(line, by=request.user, receipt=form.upload, **form.values)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The expense is saved."))
            return go(request, cell_url(request, line, expense.month))
    return _show_cell(request, line, month, form)


@business_view("budget.actuals_ads")
@require_http_methods(["GET", "POST"])
def expense_edit(request: BusinessRequest, pk: int) -> HttpResponse:
    expense = _expense(request, pk)
    line = expense.line
    _refuse_others_lines(request, line)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ExpenseForm(*given, budget=line.budget, initial=told(expense))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_expense(expense, by=request.user, receipt=form.upload, **form.values)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The expense is saved."))
            return go(request, cell_url(request, line, expense.month))
    context = {"form": form, "expense": expense, "line": line}
    status = 422 if form.errors else 200
    return render(request, "budget/expense_form.html", context, status=status)


@business_view("budget.actuals_ads")
@require_POST
def expense_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    expense = _expense(request, pk)
    line, month = expense.line, expense.month
    _refuse_others_lines(request, line)
    try:
        row = actions.remove_expense(expense, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        token = signing.dumps([line.pk, row], salt=UNDO_SALT)
        back = reverse("budget:expense_restore", args=[request.business.slug, line.pk, token])
        messages.success(request, _("The expense is removed."), extra_tags=f"undo:{back}")
    return go(request, cell_url(request, line, month))


@business_view("budget.actuals_ads")
@require_POST
def expense_restore(request: BusinessRequest, pk: int, token: str) -> HttpResponse:
    line = _line(request, pk, 1)
    _refuse_others_lines(request, line)
    row = _read_token(line, token)
    try:
        actions.put_back_expense(line, row, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.info(request, _("The expense is back."))
    return go(request, cell_url(request, line, dt.date.fromisoformat(row["date"]).month))


def cell_url(request: BusinessRequest, line: Line, month: int) -> str:
    return reverse("budget:expenses", args=[request.business.slug, line.pk, month])


def may_spend(request: BusinessRequest, line: Line) -> bool:
    """Editors on every line, contributors on those of advertising."""
    member = request.member
    return member.may("budget.edit") or (line.is_ads and member.may("budget.actuals_ads"))


def _refuse_others_lines(request: BusinessRequest, line: Line) -> None:
    if not may_spend(request, line):
        raise PermissionDenied


def _line(request: BusinessRequest, pk: int, month: int) -> Line:
    if month not in MONTHS:
        raise Http404
    lines = Line.objects.kept().filter(budget__business=request.business)
    line = get_object_or_404(lines.select_related("budget", "category"), pk=pk)
    line.budget.business = request.business
    return line


def _expense(request: BusinessRequest, pk: int) -> Expense:
    rows = Expense.objects.filter(
        line__budget__business=request.business, line__removed_at=None
    ).select_related("line__budget", "line__category", "receipt")
    expense = get_object_or_404(rows, pk=pk)
    expense.line.budget.business = request.business
    return expense


def _empty_form(request: BusinessRequest, line: Line, month: int) -> ExpenseForm:
    today = timezone.localdate()
    inside = (today.year, today.month) == (line.budget.year, month)
    initial: dict[str, Any] = {
        "date": today if inside else dt.date(line.budget.year, month, 1),
        "vendor": line.vendor,
        "initiative": line.initiative_id,
        "connection": line.connection_id,
    }
    return ExpenseForm(budget=line.budget, initial=initial)


def _show_cell(request: BusinessRequest, line: Line, month: int, form: ExpenseForm) -> HttpResponse:
    rows = line.expenses.filter(month=month).select_related(
        "receipt", "initiative", "connection", "created_by"
    )
    shown = list(rows)
    typed = line.actuals.filter(month=month).first()
    closed = line.budget.closes.filter(month=month).exists()
    context = {
        "line": line,
        "month": month,
        "first_day": dt.date(line.budget.year, month, 1),
        "expenses": shown,
        "total": sum(each.amount for each in shown),
        "typed": typed.amount if typed else None,
        "closed": closed,
        "may_spend": may_spend(request, line) and not closed,
        "form": form,
    }
    return render(request, "budget/expenses.html", context, status=422 if form.errors else 200)


def _read_token(line: Line, token: str) -> dict[str, Any]:
    try:
        line_pk, row = signing.loads(token, salt=UNDO_SALT, max_age=UNDO_LASTS)
    except signing.BadSignature:
        raise Http404 from None
    if line_pk != line.pk:
        raise Http404
    return dict(row)
