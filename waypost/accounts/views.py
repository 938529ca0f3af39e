"""Pages of people and of the business's settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts import actions, invite
from waypost.accounts.forms import EXPLAINED, BusinessSettingsForm, PersonForm, RoleForm
from waypost.accounts.guard import BusinessRequest, business_view
from waypost.accounts.models import Member
from waypost.accounts.permissions import Role
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal

INVITED = "invited"  # key in the session: whom the link is for, and the link


@business_view("accounts.view")
@never_cache
@require_GET
def people(request: BusinessRequest) -> HttpResponse:
    manages = request.member.may("accounts.manage")
    members = request.business.members.select_related("user")
    context = {
        "members": [(member, RoleForm(initial={"role": member.role})) for member in members],
        "manages": manages,
        "roles": [(role.label, EXPLAINED[role]) for role in Role],
        "invited": request.session.pop(INVITED, None) if manages else None,
    }
    return render(request, "accounts/people.html", context)


@business_view("accounts.manage")
@require_http_methods(["GET", "POST"])
def add(request: BusinessRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            member = actions.add_person(request.business, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            _welcome(request, member)
            return redirect("accounts:people", request.business.slug)
    return render(request, "accounts/add.html", {"form": form}, status=422 if form.errors else 200)


def _welcome(request: BusinessRequest, member: Member) -> None:
    if invite.may_be_invited(member):
        _show_link(request, member)
        return
    messages.success(
        request,
        _("%(person)s was added and signs in with the password they have here already.")
        % {"person": member.user},
    )


def _show_link(request: BusinessRequest, member: Member) -> None:
    address = invite.link(member.user)
    if invite.sends_mail():
        invite.mail(member.user, request.business, address)
    request.session[INVITED] = {
        "name": member.user.name,
        "email": member.user.email,
        "link": address,
        "mailed": invite.sends_mail(),
    }


@business_view("accounts.manage")
@require_POST
def link(request: BusinessRequest, pk: int) -> HttpResponse:
    """A new link for somebody who has not set a password yet."""
    member = get_object_or_404(request.business.members, pk=pk)
    if invite.may_be_invited(member):
        _show_link(request, member)
    else:
        messages.error(
            request,
            _("%(person)s has a password. They can use “Forgot your password?” to sign in.")
            % {"person": member.user},
        )
    return redirect("accounts:people", request.business.slug)


@business_view("accounts.manage")
@require_POST
def role(request: BusinessRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(request.business.members.select_related("user"), pk=pk)
    form = RoleForm(request.POST)
    try:
        if not form.is_valid():
            raise Refusal(_("Choose a role from the list."))
        actions.change_role(member, role=form.cleaned_data["role"])
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
        actions.change_business(request.business, **form.cleaned_data)
        messages.success(request, _("The settings are saved."))
        return redirect("accounts:business", request.business.slug)
    return render(
        request, "accounts/business.html", {"form": form}, status=422 if form.errors else 200
    )
