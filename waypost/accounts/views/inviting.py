"""Inviting somebody, and the page that opens for whoever has the link."""

from typing import Any, cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.actions import inviting
from waypost.accounts.forms import InvitationForm, JoinForm
from waypost.accounts.guard import BusinessRequest, business_view, open_view
from waypost.accounts.limits import missed_too_often, too_often
from waypost.accounts.models import Invitation, User
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal

INVITED = "invited"  # key in the session: whom the link is for, and the link
USUAL = 7  # days of a link that is made anew


@business_view("accounts.manage")
@require_http_methods(["GET", "POST"])
def add(request: BusinessRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if limited := too_often(request, "invite"):
            return limited
        try:
            made = inviting.invite(request.business, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            _show_link(request, *made)
            return redirect("accounts:people", request.business.slug)
    return render(request, "accounts/add.html", {"form": form}, status=422 if form.errors else 200)


def _show_link(request: BusinessRequest, invitation: Invitation, token: str) -> None:
    address = inviting.link(token)
    request.session[INVITED] = {
        "email": invitation.email,
        "link": address,
        "mailed": inviting.mail(invitation, address),
    }


@business_view("accounts.manage")
@require_POST
def renew(request: BusinessRequest, pk: int) -> HttpResponse:
    """A new link for the same person; the old one ends."""
    invitation = get_object_or_404(request.business.invitations, pk=pk)
    if limited := too_often(request, "invite"):
        return limited
    try:
        token = inviting.renew(invitation, days=USUAL, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        _show_link(request, invitation, token)
    return redirect("accounts:people", request.business.slug)


@business_view("accounts.manage")
@require_POST
def take_back(request: BusinessRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(request.business.invitations, pk=pk)
    try:
        inviting.take_back(invitation, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The invitation is taken back. Its link opens nothing now."))
    return redirect("accounts:people", request.business.slug)


@open_view
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """What a link of an invitation opens, for whoever has it."""
    if limited := too_often(request, "join"):
        return limited
    invitation = inviting.find(token)
    if invitation is None and (limited := missed_too_often(request)):
        return limited
    why = inviting.why_shut(invitation)
    if invitation is None or why:
        return _shut(request, invitation, why)
    request.session[inviting.JOINING] = token
    if request.user.is_authenticated:
        return _join_as(request, invitation, request.user)
    return _join_anew(request, invitation)


def _shut(request: HttpRequest, invitation: Invitation | None, why: str) -> HttpResponse:
    """404 for a link that nobody made, 410 for one that is over; both in words."""
    inside = invitation is not None and (
        request.user.is_authenticated
        and invitation.business.members.filter(user=request.user).exists()
    )
    context = {"why": why, "business_in": invitation.business if inside and invitation else None}
    status = 410 if invitation else 404
    return render(request, "accounts/join_shut.html", context, status=status)


def _join_as(request: HttpRequest, invitation: Invitation, user: User) -> HttpResponse:
    """Somebody who is signed in is asked once."""
    told = ""
    if request.method == "POST":
        try:
            inviting.accept(invitation, user=user)
        except Refusal as refusal:
            told = refusal.message
        else:
            request.session.pop(inviting.JOINING, None)
            return _welcome(request, invitation)
    business = invitation.business
    context = {
        "invitation": invitation,
        "told": told,
        "other_address": bool(invitation.email) and invitation.email != user.email,
        "is_inside": business.members.filter(user=user).exists(),
        "here": request.path,
    }
    return render(request, "accounts/join.html", context, status=422 if told else 200)


def _join_anew(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Somebody without an account makes one; who has one signs in first."""
    known = invitation.email and User.objects.filter(email=invitation.email).exists()
    form = JoinForm(invitation, request.POST or None)
    if request.method == "POST" and not known and form.is_valid():
        values: dict[str, Any] = form.cleaned_data
        language = get_language() or invitation.business.language
        try:
            member = inviting.accept_as_new(invitation, **values, language=language)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            request.session.pop(inviting.JOINING, None)
            messages.success(request, _welcome_words(invitation))
            target = reverse("home:today", args=[invitation.business.slug])
            login = Login(user=member.user, redirect_url=target)
            return cast(HttpResponse, perform_login(request, login))
    context = {
        "invitation": invitation,
        "form": form,
        "known": known,
        "sign_in": f"{reverse('account_login')}?next={request.path}",
        "here": request.path,
    }
    return render(request, "accounts/join.html", context, status=422 if form.errors else 200)


def _welcome_words(invitation: Invitation) -> str:
    return _("Welcome to %(business)s.") % {"business": invitation.business}


def _welcome(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    messages.success(request, _welcome_words(invitation))
    return redirect("home:today", invitation.business.slug)
