"""Many posts at once: a preview of what will happen, then it happens, with a way back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content import actions
from waypost.content.actions.approving import Standing
from waypost.content.clock import on_the_wall
from waypost.content.filters import calendar_at
from waypost.content.models import Item
from waypost.kit.errors import Refusal
from waypost.kit.screen import UNDO

MOST = 500
APPROVE, CANCEL, MOVE = "approve", "cancel", "move"


class DaysForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("Days later"),
        min_value=-366,
        max_value=366,
        initial=7,
        help_text=gettext_lazy("Less than 0 is earlier. The time of the day stays."),
    )


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def bulk(request: BusinessRequest, verb: str) -> HttpResponse:
    """Which posts, and what becomes of them; on POST it is done to each that allows it."""
    if verb not in (APPROVE, CANCEL, MOVE):
        raise Http404
    items = _picked(request)
    if not items:
        messages.error(request, _("Tick at least one post first."))
        return redirect(f"{reverse('content:calendar', args=[request.business.slug])}?view=list")
    form = DaysForm(request.POST if request.method == "POST" else None) if verb == MOVE else None
    if request.method == "POST" and (form is None or form.is_valid()):
        days = form.cleaned_data["days"] if form else 0
        return _act(request, verb, items, days)
    context = {"verb": verb, "items": items, "form": form, "back": calendar_at(request, None)}
    status = 422 if form is not None and form.errors else 200
    return render(request, "content/bulk.html", context, status=status)


def _act(request: BusinessRequest, verb: str, items: list[Item], days: int) -> HttpResponse:
    done: list[Item] = []
    act = _verb(verb, days, Standing(request.business, request.user))
    for item in items:
        try:
            with transaction.atomic():
                act(item, request.user)
        except Refusal as refusal:
            messages.error(request, f"{item.title}: {refusal.message}")
        else:
            done.append(item)
    if done:
        words = ngettext("%(n)d post is done.", "%(n)d posts are done.", len(done))
        undo = _undo(request, verb, done, days)
        messages.success(request, words % {"n": len(done)}, extra_tags=undo)
    return redirect(calendar_at(request, done[0].due_at if done else items[0].due_at))


def _verb(verb: str, days: int, who: Standing) -> Callable[[Item, Any], None]:
    def later(item: Item, by: Any) -> None:
        if item.due_at is None:
            raise Refusal(_("It has no time yet."))
        day = on_the_wall(item.due_at, item.business.zone).date() + timedelta(days=days)
        actions.place(item, day=day, by=by)

    verbs: dict[str, Callable[[Item, Any], None]] = {
        APPROVE: lambda item, by: actions.approve(item, by=by, who=who),
        CANCEL: lambda item, by: actions.cancel(item, by=by, who=who),
        MOVE: later,
    }
    return verbs[verb]


def _undo(request: BusinessRequest, verb: str, done: list[Item], days: int) -> str:
    """An approval stands; the other two can be taken back."""
    if verb == APPROVE:
        return ""
    address = reverse("content:bulk_undo", args=[request.business.slug, verb])
    query = [("pick", item.pk) for item in done] + [("days", days)]
    return f"{UNDO}{address}?{urlencode(query)}"


@business_view("content.write")
@require_POST
def bulk_undo(request: BusinessRequest, verb: str) -> HttpResponse:
    """The picked ones (in the address) go back by ``days``, or are drafts again."""
    typed = request.GET.get("days", "0").removeprefix("-")
    days = int(request.GET["days"]) if typed.isdecimal() and "days" in request.GET else 0
    who = Standing(request.business, request.user)
    n, back = 0, _verb(MOVE, -days, who)
    for item in _picked(request):
        try:
            with transaction.atomic():
                if verb == CANCEL:
                    actions.restore(item, by=request.user, who=who)
                else:
                    back(item, request.user)
        except Refusal as refusal:
            messages.error(request, f"{item.title}: {refusal.message}")
        else:
            n += 1
    if n:
        words = ngettext("%(n)d post is back.", "%(n)d posts are back.", n)
        messages.success(request, words % {"n": n})
    return redirect(calendar_at(request, None))


def _picked(request: BusinessRequest) -> list[Item]:
    given = request.POST if "pick" in request.POST else request.GET
    numbers = [int(each) for each in given.getlist("pick") if each.isdecimal()][:MOST]
    rows = request.business.items.whole().filter(pk__in=numbers)
    return list(rows.order_by("due_at", "pk"))
