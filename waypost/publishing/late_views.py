"""The page of late posts, and the three things that can be done with some or all of them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.kit.screen import UNDO
from waypost.publishing import late
from waypost.publishing.forms import LaterForm
from waypost.publishing.models import Delivery


@business_view("publishing.resolve")
@require_safe
def late_posts(request: BusinessRequest) -> HttpResponse:
    rows = list(late.late_posts(request.business))
    context = {"rows": rows, "any_works": any(not row.connection.is_broken for row in rows)}
    return render(request, "publishing/late.html", context)


@business_view("publishing.resolve")
@require_http_methods(["GET", "POST"])
def send(request: BusinessRequest) -> HttpResponse:
    chosen = [each for each in _chosen(request) if not each.connection.is_broken]
    if request.method == "GET" or not chosen:
        return _ask(request, "send", chosen)
    outcome = late.send_all(chosen, by=request.user)
    said = ngettext("%(n)d post goes out now.", "%(n)d posts go out now.", len(outcome.done))
    return _answer(request, outcome, said, undo=False)


@business_view("publishing.resolve")
@require_http_methods(["GET", "POST"])
def move(request: BusinessRequest) -> HttpResponse:
    chosen = _chosen(request)
    form = LaterForm(request.POST if request.method == "POST" else None, business=request.business)
    if request.method == "GET" or not chosen or not form.is_valid() or form.due_at is None:
        return _ask(request, "move", chosen, form=form)
    try:
        outcome = late.move_all(chosen, due_at=form.due_at, gap=form.gap, by=request.user)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return _ask(request, "move", chosen, form=form)
    for note in form.notes:
        messages.info(request, note)
    said = ngettext("%(n)d post was moved.", "%(n)d posts were moved.", len(outcome.done))
    return _answer(request, outcome, said)


@business_view("publishing.resolve")
@require_http_methods(["GET", "POST"])
def give_up(request: BusinessRequest) -> HttpResponse:
    chosen = _chosen(request)
    if request.method == "GET" or not chosen:
        return _ask(request, "give_up", chosen)
    outcome = late.give_up_all(chosen, by=request.user)
    said = ngettext(
        "%(n)d post was given up there.", "%(n)d posts were given up there.", len(outcome.done)
    )
    return _answer(request, outcome, said)


@business_view("publishing.resolve")
@require_POST
def take_back(request: BusinessRequest) -> HttpResponse:
    """Undo: the picked posts (in the address) wait for a decision again."""
    done = late.take_back_all(request.business, _picked(request.GET), by=request.user)
    if done:
        words = ngettext(
            "%(n)d post waits for your decision again.",
            "%(n)d posts wait for your decision again.",
            done,
        )
        messages.success(request, words % {"n": done})
    else:
        messages.error(request, _("It is too late to take this back."))
    return redirect("publishing:late", request.business.slug)


def _picked(query: Any) -> list[int]:
    return [int(number) for number in query.getlist("pick") if number.isdecimal()][:1000]


def _chosen(request: BusinessRequest) -> list[Delivery]:
    """The picked posts that are late still; a form that picks none means none."""
    picked = _picked(request.POST if request.method == "POST" else request.GET)
    rows = late.late_posts(request.business).filter(pk__in=picked)
    return [each for each in rows if request.member.may_use(each.connection_id)]


def _ask(
    request: BusinessRequest, verb: str, chosen: list[Delivery], *, form: LaterForm | None = None
) -> HttpResponse:
    """What is about to happen, and to which posts."""
    if not chosen:
        messages.error(request, _("Choose at least one post that waits. Then say what to do."))
        return redirect("publishing:late", request.business.slug)
    status = 422 if form is not None and form.errors else 200
    context = {"verb": verb, "rows": chosen, "form": form}
    return render(request, "publishing/late_confirm.html", context, status=status)


def _answer(
    request: BusinessRequest, outcome: late.Outcome, said: str, *, undo: bool = True
) -> HttpResponse:
    for refused in outcome.refused:
        messages.error(request, refused)
    if outcome.done:
        tags = _undo(request, outcome.undoable) if undo else ""
        messages.success(request, said % {"n": len(outcome.done)}, extra_tags=tags)
    return redirect("publishing:late", request.business.slug)


def _undo(request: BusinessRequest, rows: list[Delivery]) -> str:
    if not rows:
        return ""
    page = reverse("publishing:late_take_back", args=[request.business.slug])
    return f"{UNDO}{page}?{urlencode([('pick', row.pk) for row in rows])}"
