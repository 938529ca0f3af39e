"""Pages of initiatives; the page that shows one with its posts belongs to insights."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.goals import actions
from waypost.goals.forms import InitiativeForm
from waypost.goals.models import Initiative
from waypost.goals.views.shared import form_page, goal_url
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal


@business_view("goals.edit")
@require_http_methods(["GET", "POST"])
def initiative_new(request: BusinessRequest, pk: int) -> HttpResponse:
    goal = get_object_or_404(request.business.goals, pk=pk)
    initial = {
        "start_date": max(goal.start_date, timezone.localdate()),
        "end_date": goal.deadline_date,
        "owner": goal.owner_id,
    }
    form = InitiativeForm(
        request.POST or None, business=request.business, goal=goal, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.create_initiative(goal, by=request.user, **form.values)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The initiative is saved."))
            return go(request, goal_url(request, goal))
    return form_page(request, "goals/initiative_form.html", form, goal=goal)


@business_view("goals.edit")
@require_http_methods(["GET", "POST"])
def initiative_edit(request: BusinessRequest, pk: int) -> HttpResponse:
    initiative = _initiative(request, pk)
    form = InitiativeForm(
        request.POST or None,
        business=request.business,
        goal=initiative.goal,
        instance=initiative,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_initiative(initiative, by=request.user, **form.values)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The initiative is saved."))
            return go(request, goal_url(request, initiative.goal))
    return form_page(
        request,
        "goals/initiative_form.html",
        form,
        goal=initiative.goal,
        initiative=initiative,
    )


@business_view("goals.edit")
@require_POST
def initiative_status(request: BusinessRequest, pk: int) -> HttpResponse:
    initiative = _initiative(request, pk)
    try:
        actions.set_status(initiative, status=request.POST.get("status", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The initiative is saved."))
    return go(request, reverse("insights:initiative", args=[request.business.slug, pk]))


def _initiative(request: BusinessRequest, pk: int) -> Initiative:
    rows = request.business.initiatives.select_related("goal")
    return get_object_or_404(rows, pk=pk)
