"""Pages of people and of the business's settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts import actions
from waypost.accounts.away import absences_of
from waypost.accounts.forms import EXPLAINED, BusinessSettingsForm, RoleForm, SecondFactorForm
from waypost.accounts.guard import BusinessRequest, business_view
from waypost.accounts.permissions import Role
from waypost.accounts.views.inviting import INVITED
from waypost.kit.errors import Refusal


@business_view("accounts.view")
@never_cache
@require_GET
def people(request: BusinessRequest) -> HttpResponse:
    manages = request.member.may("accounts.manage")
    members = request.business.members.select_related("user")
    today = timezone.localdate()
    away = {each.member_id: each for each in absences_of(request.business).on(today)}
    context = {
        "members": [
            (member, RoleForm(initial={"role": member.role}), away.get(member.pk))
            for member in members
        ],
        "invitations": request.business.invitations.waiting() if manages else [],
        "manages": manages,
        "roles": [(role.label, EXPLAINED[role]) for role in Role],
        "invited": request.session.pop(INVITED, None) if manages else None,
    }
    return render(request, "accounts/people.html", context)


@business_view("accounts.manage")
@require_POST
def role(request: BusinessRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(request.business.members.select_related("user"), pk=pk)
    form = RoleForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(_("Choose a role from the list."))
        actions.change_role(member, role=form.cleaned_data["role"], by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request,
            _("%(person)s: %(role)s.") % {"person": member.user, "role": Role(member.role).label},
        )
    return redirect("accounts:people", request.business.slug)


@business_view("accounts.manage")
@require_http_methods(["GET", "POST"])
def business(request: BusinessRequest) -> HttpResponse:
    form = BusinessSettingsForm(request.business, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.change_business(request.business, **form.cleaned_data, by=request.user)
        messages.success(request, _("The settings are saved."))
        return redirect("accounts:business", request.business.slug)
    factor = SecondFactorForm()
    context = {"form": form, "factor": factor}
    return render(request, "accounts/business.html", context, status=422 if form.errors else 200)


@business_view("accounts.manage")
@require_POST
def second_factor(request: BusinessRequest) -> HttpResponse:
    """Demand two steps of everybody, or leave it to them."""
    form = SecondFactorForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the answers."))
        return redirect("accounts:business", request.business.slug)
    actions.demand_second_factor(
        request.business, grace=form.cleaned_data["grace"], by=request.user
    )
    if request.business.two_factor_from:
        day = date_format(request.business.two_factor_from)
        told = _("From %(day)s on everybody signs in with two steps.") % {"day": day}
        messages.success(request, told)
    else:
        messages.success(request, _("Everybody decides for themselves about two steps."))
    return redirect("accounts:business", request.business.slug)
