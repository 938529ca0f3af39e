"""Posting times, and the queue that fills them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.connections.models import Connection
from waypost.content import actions
from waypost.content.calendar import clock_of
from waypost.content.models import Item, Slot
from waypost.content.queue import Plan, queued
from waypost.content.slot_forms import SlotsForm
from waypost.content.views.deciding import find
from waypost.kit.errors import Refusal
from waypost.kit.screen import UNDO

FREE_SHOWN = 3


@dataclass(frozen=True)
class Line:
    """The queue of one channel."""

    connection: Connection
    items: list[Item]
    free: list[datetime]  # the next posting times that nothing fills yet


@business_view("content.view")
@require_safe
def queue(request: BusinessRequest) -> HttpResponse:
    plan = Plan(request.business, timezone.now())
    with_slots = {slot.connection_id for slot in plan.slots}
    lines = [
        Line(each, queued(request.business, each, plan.now), _free(plan, each))
        for each in request.business.connections.usable()
        if each.pk in with_slots
    ]
    waiting = request.business.items.filter(
        status__in=("draft", "approved"), due_at=None, variants__connection__in=with_slots
    )
    context = {
        "lines": lines,
        "waiting": waiting.distinct().order_by("-updated_at")[:20],
        "may_write": request.member.may("content.write"),
    }
    return render(request, "content/queue.html", context)


def _free(plan: Plan, connection: Connection) -> list[datetime]:
    free = (at for at, _s in plan.moments([connection.pk], days=60) if plan.is_free(connection, at))
    return list(islice(free, FREE_SHOWN))


@business_view("content.write")
@require_POST
def queue_add(request: BusinessRequest, pk: int) -> HttpResponse:
    item = find(request, pk)

    def act() -> str:
        at = actions.add_to_queue(item, by=request.user)
        when = clock_of(at, request.business.zone)
        return _("“%(title)s” is in the queue for %(when)s.") % {"title": item.title, "when": when}

    _do(request, act)
    if request.POST.get("back") == "queue":
        return redirect("content:queue", request.business.slug)
    return redirect("publishing:item", request.business.slug, item.pk)


@business_view("content.write")
@require_POST
def queue_skip(request: BusinessRequest, pk: int) -> HttpResponse:
    item = find(request, pk)
    before = item.due_at

    def act() -> str:
        at = actions.skip(item, by=request.user)
        when = clock_of(at, request.business.zone)
        return _("“%(title)s” waits until %(when)s.") % {"title": item.title, "when": when}

    move = reverse("content:move", args=[request.business.slug, item.pk])
    _do(request, act, f"{move}?{urlencode({'back': before.isoformat()})}" if before else "")
    return redirect("content:queue", request.business.slug)


@business_view("content.write")
@require_POST
def queue_leave(request: BusinessRequest, pk: int) -> HttpResponse:
    item = find(request, pk)

    def act() -> str:
        actions.leave_queue(item, by=request.user)
        return _("“%(title)s” keeps its time and has left the queue.") % {"title": item.title}

    _do(request, act)
    return redirect("content:queue", request.business.slug)


@business_view("content.write")
@require_POST
def queue_step(request: BusinessRequest, pk: int) -> HttpResponse:
    """``by`` is −1 or 1, ``channel`` the number of the account."""
    channel = _channel(request, request.POST.get("channel", ""))
    steps = -1 if request.POST.get("by") == "-1" else 1
    _reorder(request, channel, lambda: actions.step(channel, pk, steps, by=request.user))
    return redirect("content:queue", request.business.slug)


@business_view("content.write")
@require_POST
def queue_shuffle(request: BusinessRequest) -> HttpResponse:
    channel = _channel(request, request.POST.get("channel", ""))
    _reorder(request, channel, lambda: actions.shuffle(channel, by=request.user))
    return redirect("content:queue", request.business.slug)


@business_view("content.write")
@require_POST
def queue_order(request: BusinessRequest) -> HttpResponse:
    """Undo, and where script dropped a post: ``order`` are numbers, ``channel`` the account."""
    given = request.POST if "order" in request.POST else request.GET
    channel = _channel(request, given.get("channel", ""))
    order = [int(each) for each in given.get("order", "").split(",") if each.isdecimal()]
    _reorder(request, channel, lambda: actions.reorder(channel, order, by=request.user))
    return redirect("content:queue", request.business.slug)


def _reorder(request: BusinessRequest, channel: Connection, act: Callable[[], list[int]]) -> None:
    try:
        before = act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return
    order = {"channel": channel.pk, "order": ",".join(map(str, before))}
    undo = f"{reverse('content:queue_order', args=[request.business.slug])}?{urlencode(order)}"
    messages.success(request, _("The queue has a new order."), extra_tags=f"{UNDO}{undo}")


def _do(request: BusinessRequest, act: Callable[[], str], undo: str = "") -> None:
    try:
        said = act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said, extra_tags=f"{UNDO}{undo}" if undo else "")


def _channel(request: BusinessRequest, number: str) -> Connection:
    if not number.isdecimal():
        raise Http404
    return get_object_or_404(request.business.connections.select_related("business"), pk=number)


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def slots(request: BusinessRequest) -> HttpResponse:
    form = SlotsForm(request.member, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.save()
        words = ngettext("%(n)d posting time is new.", "%(n)d posting times are new.", made)
        messages.success(request, words % {"n": made})
        return redirect("content:slots", request.business.slug)
    rows = request.business.slots.select_related("connection").order_by(
        "connection_id", "weekday", "clock"
    )
    context = {"form": form, "slots": rows, "quiet": request.business.quiet}
    return render(request, "content/slots.html", context, status=422 if form.errors else 200)


@business_view("content.write")
@require_POST
def slot_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    """Posts that stand at this time keep it."""
    slot = get_object_or_404(Slot, business=request.business, pk=pk)
    if not request.member.may_use(slot.connection_id):
        raise PermissionDenied
    slot.delete()
    messages.success(request, _("The posting time is removed. Posts that have it keep it."))
    return redirect("content:slots", request.business.slug)
