"""Changes of the strategy: what happened, what changes, what it touches, who decided."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.strategy.actions import versions as actions
from waypost.strategy.forms import ChangeForm


@business_view("strategy.view")
@require_GET
def changes(request: BusinessRequest) -> HttpResponse:
    rows = request.business.strategy_changes.select_related("decided_by").prefetch_related(
        "goals", "initiatives", "lines", "items"
    )
    context = {"changes": rows, "may_edit": request.member.may("strategy.edit")}
    return render(request, "strategy/changes.html", context)


@business_view("strategy.edit")
@require_http_methods(["GET", "POST"])
def new(request: BusinessRequest) -> HttpResponse:
    today = timezone.localdate()
    initial = {"date": today, "decided_by": request.user.pk}
    form = ChangeForm(request.POST or None, business=request.business, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.record_change(request.business, by=request.user, **form.cleaned_data)
        messages.success(request, _("The change is recorded."))
        return redirect("strategy:changes", request.business.slug)
    status = 422 if form.is_bound else 200
    return render(request, "strategy/change_form.html", {"form": form}, status=status)


@business_view("strategy.edit")
@require_http_methods(["GET", "POST"])
def edit(request: BusinessRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(request.business.strategy_changes, pk=pk)
    form = ChangeForm(
        request.POST or None,
        business=request.business,
        today=timezone.localdate(),
        instance=change,
    )
    if request.method == "POST" and form.is_valid():
        actions.edit_change(change, **form.cleaned_data)
        messages.success(request, _("The change is saved."))
        return redirect("strategy:changes", request.business.slug)
    status = 422 if form.is_bound else 200
    context = {"form": form, "change": change}
    return render(request, "strategy/change_form.html", context, status=status)


@business_view("strategy.edit")
@require_POST
def remove(request: BusinessRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(request.business.strategy_changes, pk=pk)
    change.delete()
    messages.success(request, _("The record of the change is removed. The plan stays as it is."))
    return redirect("strategy:changes", request.business.slug)
