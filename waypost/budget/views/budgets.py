"""Starting a budget, its settings, closing its months, its log."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.budget import actions
from waypost.budget.forms import BudgetForm, NewBudgetForm
from waypost.budget.views.shared import (
    budget_of,
    form_page,
    number_in,
    say_refused,
    sheet_url,
)
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal

LOG_PAGE = 100


@business_view("budget.edit")
@require_http_methods(["GET", "POST"])
def new(request: BusinessRequest) -> HttpResponse:
    latest = request.business.budgets.first()
    year = latest.year + 1 if latest else timezone.localdate().year
    form = NewBudgetForm(request.POST or None, business=request.business, year=year)
    if request.method == "POST" and form.is_valid():
        try:
            budget = actions.start_budget(request.business, by=request.user, **form.values)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The budget is here. Fill in the plan."))
            return go(request, sheet_url(request, budget))
    return form_page(request, "budget/budget_form.html", form)


@business_view("budget.edit")
@require_http_methods(["GET", "POST"])
def settings(request: BusinessRequest, pk: int) -> HttpResponse:
    budget = budget_of(request, pk)
    form = BudgetForm(request.POST or None, instance=budget)
    if request.method == "POST" and form.is_valid():
        actions.edit_budget(budget, by=request.user, **form.cleaned_data)
        messages.success(request, _("The settings are saved."))
        return go(request, sheet_url(request, budget))
    return form_page(request, "budget/budget_form.html", form, budget=budget)


@business_view("budget.close")
@require_POST
def close(request: BusinessRequest, pk: int) -> HttpResponse:
    budget, month = budget_of(request, pk), number_in(request, "month")
    try:
        actions.close_month(budget, month=month, by=request.user)
    except Refusal as refusal:
        say_refused(request, refusal.message)
    else:
        words = {"month": MONTH_NAMES[month]}
        messages.success(
            request, _("%(month)s is closed. What is left goes to the next month.") % words
        )
    return go(request, sheet_url(request, budget))


@business_view("budget.close")
@require_POST
def reopen(request: BusinessRequest, pk: int) -> HttpResponse:
    budget, month = budget_of(request, pk), number_in(request, "month")
    try:
        actions.reopen_month(budget, month=month, by=request.user)
    except Refusal as refusal:
        say_refused(request, refusal.message)
    else:
        words = {"month": MONTH_NAMES[month]}
        messages.success(request, _("%(month)s is open again.") % words)
    return go(request, sheet_url(request, budget))


@business_view("budget.view")
@require_GET
def log(request: BusinessRequest, pk: int) -> HttpResponse:
    budget = budget_of(request, pk)
    pages = Paginator(budget.changes.select_related("by"), LOG_PAGE)
    context = {
        "budget": budget,
        "page": pages.get_page(request.GET.get("page")),
        "months": MONTH_NAMES,
    }
    return render(request, "budget/log.html", context)
