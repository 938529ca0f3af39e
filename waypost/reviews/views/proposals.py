"""Deciding about what Waypost proposes."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go
from waypost.reviews import actions


@business_view("board.write")
@require_POST
def take_up(request: BusinessRequest) -> HttpResponse:
    """A proposal becomes a task."""
    try:
        task = actions.take_up(request.business, request.POST.get("key", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("On the board: %(title)s") % {"title": task.title})
    return _list(request)


@business_view("board.write")
@require_POST
def put_aside(request: BusinessRequest) -> HttpResponse:
    try:
        decision = actions.put_aside(request.business, request.POST.get("key", ""), by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        undo = reverse("reviews:decision_back", args=[request.business.slug, decision.pk])
        words = _("Put aside. It comes back next month if it is still so.")
        messages.success(request, words, extra_tags=f"undo:{undo}")
    return _list(request)


@business_view("board.write")
@require_POST
def bring_back(request: BusinessRequest, pk: int) -> HttpResponse:
    actions.bring_back(get_object_or_404(request.business.proposal_decisions, pk=pk))
    return _list(request)


def _list(request: BusinessRequest) -> HttpResponse:
    return go(request, reverse("reviews:list", args=[request.business.slug]))
