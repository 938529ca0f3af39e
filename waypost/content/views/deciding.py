"""Review, cancelling, moving: one small form each, and a way back."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content import actions
from waypost.content.calendar import clock_of
from waypost.content.filters import calendar_at
from waypost.content.forms import DueForm
from waypost.content.models import Item, Status
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.kit.screen import UNDO

RESTORE = "restore"
_VERBS: dict[str, tuple[Callable[..., None], object]] = {
    Status.IN_REVIEW: (actions.submit_for_review, gettext_lazy("“%(title)s” is in review.")),
    Status.APPROVED: (actions.approve, gettext_lazy("“%(title)s” is approved.")),
    Status.DRAFT: (actions.back_to_draft, gettext_lazy("“%(title)s” is a draft again.")),
    Status.CANCELLED: (actions.cancel, gettext_lazy("“%(title)s” is cancelled.")),
    RESTORE: (actions.restore, gettext_lazy("“%(title)s” is back, as a draft.")),
}


@business_view("content.write")
@require_POST
def set_status(request: BusinessRequest, pk: int) -> HttpResponse:
    """``to`` (form or address) names the new state: in_review, approved, draft, cancelled, restore.

    Undo posts to an address alone, so the address may carry it.
    """
    item = find(request, pk)
    to = request.POST.get("to") or request.GET.get("to", "")
    if to not in _VERBS:
        raise Http404
    verb, sentence = _VERBS[to]
    try:
        verb(item, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        undo = _address("content:set_status", item, to=RESTORE) if to == Status.CANCELLED else ""
        _say(request, str(sentence) % {"title": item.title}, undo)
    return redirect("publishing:item", request.business.slug, item.pk)


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def move(request: BusinessRequest, pk: int) -> HttpResponse:
    """A small form for a new time; ``back`` (ISO time, in the address) is the undo."""
    item = find(request, pk)
    if request.method == "POST" and "back" in request.GET:
        return _move_back(request, item)
    quiet = None if item.send_anyway else request.business.quiet
    form = DueForm(request.POST or None, zone=request.business.zone, quiet=quiet, known=item.due_at)
    if request.method == "POST" and form.is_valid() and form.due_at:
        try:
            return _move(request, item, form)
        except Refusal as refusal:
            show_refusal(form, Refusal(refusal.message, field="due_time"))
    context = {"form": form, "item": item, "back": calendar_at(request, item.due_at)}
    return render(request, "content/move.html", context, status=422 if form.errors else 200)


def _move(request: BusinessRequest, item: Item, form: DueForm) -> HttpResponse:
    assert form.due_at is not None
    before = item.due_at
    actions.move(item, due_at=form.due_at, by=request.user)
    for note in form.notes:
        messages.info(request, note)
    say_moved(request, item, before)
    return _to_calendar(request, form.due_at)


def _move_back(request: BusinessRequest, item: Item) -> HttpResponse:
    due_at = _moment(request.GET["back"])
    try:
        actions.move(item, due_at=due_at, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _moved(request, item, due_at))
    return _to_calendar(request, due_at)


def _moment(iso: str) -> datetime:
    try:
        found = parse_datetime(iso)
    except ValueError:
        raise Http404 from None
    if found is None or found.tzinfo is None:
        raise Http404
    return found


def say_moved(request: BusinessRequest, item: Item, before: datetime | None) -> None:
    """Where the item stands now, with the way back to ``before``."""
    assert item.due_at is not None
    undo = _address("content:move", item, back=before.isoformat()) if before else ""
    _say(request, _moved(request, item, item.due_at), undo)


def _moved(request: BusinessRequest, item: Item, due_at: datetime) -> str:
    when = clock_of(due_at, request.business.zone)
    return _("“%(title)s” is now planned for %(when)s.") % {"title": item.title, "when": when}


def _to_calendar(request: BusinessRequest, due_at: datetime) -> HttpResponse:
    return redirect(calendar_at(request, due_at))


def _say(request: BusinessRequest, text: str, undo: str) -> None:
    messages.success(request, text, extra_tags=f"{UNDO}{undo}" if undo else "")


def _address(name: str, item: Item, **query: str) -> str:
    return f"{reverse(name, args=[item.business.slug, item.pk])}?{urlencode(query)}"


def find(request: BusinessRequest, pk: int) -> Item:
    """The business's item, or 404."""
    return get_object_or_404(request.business.items.select_related("business"), pk=pk)
