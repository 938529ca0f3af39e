"""Where somebody is signed in, and ending it."""

from allauth.account.internal.flows.logout import logout
from allauth.core import context as allauth_context
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from waypost.accounts.devices import name_of
from waypost.accounts.guard import PersonRequest, signed_in_view


@signed_in_view
@never_cache
@require_GET
def sessions(request: PersonRequest) -> HttpResponse:
    UserSession.objects.create_from_request(request)
    rows = UserSession.objects.purge_and_list(request.user)
    here = request.session.session_key
    context = {
        "sessions": [
            (row, name_of(row.user_agent), row.session_key == here)
            for row in sorted(rows, key=lambda row: row.last_seen_at, reverse=True)
        ]
    }
    return render(request, "accounts/sessions.html", context)


@signed_in_view
@require_POST
def session_end(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(UserSession, pk=pk, user=request.user)
    if row.session_key == request.session.session_key:
        with allauth_context.request_context(request):
            logout(request)
        row.delete()
        return redirect("account_login")
    row.end()
    messages.success(request, _("That session has ended."))
    return redirect("sessions")


@signed_in_view
@require_POST
def sessions_end(request: PersonRequest) -> HttpResponse:
    """All but this one."""
    others = UserSession.objects.filter(user=request.user)
    for row in others.exclude(session_key=request.session.session_key):
        row.end()
    messages.success(request, _("You are signed in only here now."))
    return redirect("sessions")
