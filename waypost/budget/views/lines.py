"""Pages of lines and categories."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.budget import actions
from waypost.budget.forms import CategoryForm, LineForm
from waypost.budget.views.shared import budget_of, form_page, line_of, say_refused, sheet_url
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal


@business_view("budget.edit")
@require_http_methods(["GET", "POST"])
def line_new(request: BusinessRequest, pk: int) -> HttpResponse:
    budget = budget_of(request, pk)
    initial = {"category": request.GET.get("category")}
    form = LineForm(request.POST or None, budget=budget, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_line(budget, by=request.user, **form.values)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The line is added."))
            return go(request, sheet_url(request, budget))
    return form_page(request, "budget/line_form.html", form, budget=budget)


@business_view("budget.edit")
@require_http_methods(["GET", "POST"])
def line_edit(request: BusinessRequest, pk: int) -> HttpResponse:
    line = line_of(request, pk)
    form = LineForm(request.POST or None, budget=line.budget, instance=line)
    if request.method == "POST" and form.is_valid():
        actions.edit_line(line, by=request.user, **form.values)
        messages.success(request, _("The line is saved."))
        return go(request, sheet_url(request, line.budget))
    return form_page(request, "budget/line_form.html", form, budget=line.budget, line=line)


@business_view("budget.edit")
@require_POST
def line_move(request: BusinessRequest, pk: int) -> HttpResponse:
    line = line_of(request, pk)
    actions.move_line(line, way="up" if request.POST.get("way") == "up" else "down")
    return go(request, sheet_url(request, line.budget, arrange=1) + f"#line-{line.pk}")


@business_view("budget.edit")
@require_POST
def line_hide(request: BusinessRequest, pk: int) -> HttpResponse:
    """Hide a line that is shown, show one that is hidden."""
    line = line_of(request, pk)
    actions.set_hidden(line, hidden=not line.hidden, by=request.user)
    said = _("The line is hidden; it still counts.") if line.hidden else _("The line is shown.")
    back = reverse("budget:line_hide", args=[request.business.slug, line.pk])
    messages.success(request, said, extra_tags=f"undo:{back}")
    return go(request, sheet_url(request, line.budget))


@business_view("budget.edit")
@require_POST
def line_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    line = line_of(request, pk)
    try:
        actions.remove_line(line, by=request.user)
    except Refusal as refusal:
        say_refused(request, refusal.message)
    else:
        back = reverse("budget:line_restore", args=[request.business.slug, line.pk])
        messages.success(request, _("The line is removed."), extra_tags=f"undo:{back}")
    return go(request, sheet_url(request, line.budget))


@business_view("budget.edit")
@require_POST
def line_restore(request: BusinessRequest, pk: int) -> HttpResponse:
    line = line_of(request, pk, removed=True)
    actions.restore_line(line, by=request.user)
    messages.success(request, _("The line is back with its amounts."))
    return go(request, sheet_url(request, line.budget))


@business_view("budget.edit")
@require_http_methods(["GET", "POST"])
def category_new(request: BusinessRequest, pk: int) -> HttpResponse:
    budget = budget_of(request, pk)
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_category(budget, name=form.cleaned_data["name"], by=request.user)
        messages.success(request, _("The category is added."))
        return go(request, sheet_url(request, budget))
    return form_page(request, "budget/category_form.html", form, budget=budget)
