"""Pages of channels, and of the work that their plan needs."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts import staffing
from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.careful import respond, save
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal
from waypost.market import channel_actions, setup
from waypost.market.channel_forms import ChannelForm, ChannelRow, MinutesForm, NewChannelForm
from waypost.market.channel_words import OWN_PLACES, display_of
from waypost.market.completeness import fields_answered
from waypost.market.models import Channel
from waypost.market.ordering import move
from waypost.market.workload import ad_shares, minutes_of, workload


@business_view("market.view")
@never_cache
@require_GET
def channels(request: BusinessRequest) -> HttpResponse:
    rows = list(request.business.channels.select_related("connection"))
    ticks = setup.ticks_of(request.business)
    load = workload(rows, minutes_of(request.business), staffing.read(request.business).hours)
    context = {
        "rows": [
            {
                "channel": row,
                "display": display_of(row.network),
                "answered": fields_answered(row),
                "ready": setup.progress(setup.of_channel(row, ticks)),
                "load": each,
                "connects": row.network not in OWN_PLACES,
            }
            for row, each in zip(rows, load.loads, strict=True)
        ],
        "workload": load,
        "shares": ad_shares(rows),
        "edits": request.member.may("market.edit"),
        "connects": request.member.may("connections.connect"),
    }
    return render(request, "market/channels.html", context)


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def channel_new(request: BusinessRequest) -> HttpResponse:
    form = NewChannelForm(request.POST or None)
    if form.is_valid():
        try:
            row = channel_actions.add_channel(
                request.business, by=request.user, **form.cleaned_data
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("market:channel", request.business.slug, row.pk)
    status = 422 if form.errors else 200
    return render(request, "market/channel_new.html", {"form": form}, status=status)


@business_view("market.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def channel(request: BusinessRequest, pk: int) -> HttpResponse:
    row = _of(request, pk)
    form = ChannelForm(request.POST or None, instance=row)
    saved = save(form, ChannelRow(row, by=request.user), by=request.user)
    context: dict[str, Any] = {
        "row": row,
        "display": display_of(row.network),
        "done": fields_answered(row),
        "connects": row.network not in OWN_PLACES and request.member.may("connections.connect"),
    }
    return respond(
        request,
        form,
        saved,
        template="market/channel.html",
        context=context,
        then=reverse("market:channels", args=[request.business.slug]),
    )


def _of(request: BusinessRequest, pk: int) -> Channel:
    rows = request.business.channels.select_related("connection", "business", "updated_by")
    return get_object_or_404(rows, pk=pk)


@business_view("market.edit")
@require_POST
def channel_move(request: BusinessRequest, pk: int, way: str) -> HttpResponse:
    row = get_object_or_404(request.business.channels, pk=pk)
    move(row, request.business.channels.all(), by=-1 if way == "up" else 1)
    return redirect("market:channels", request.business.slug)


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def channel_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    row = _of(request, pk)
    back = reverse("market:channels", args=[request.business.slug])
    if request.method == "GET":
        context = {
            "row": row,
            "back": back,
            "lead": _(
                "Its description and its set-up list go with it. Posts, numbers and the connected"
                " account stay."
            ),
        }
        return render(request, "market/record_remove.html", context)
    row.delete()
    messages.success(request, _("“%(name)s” is removed.") % {"name": row})
    return redirect(back)


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def minutes(request: BusinessRequest) -> HttpResponse:
    form = MinutesForm(minutes_of(request.business), request.POST or None)
    if form.is_valid():
        channel_actions.set_minutes(request.business, form.cleaned_data)
        messages.success(request, _("The minutes are saved."))
        return redirect("market:channels", request.business.slug)
    status = 422 if form.errors else 200
    return render(request, "market/minutes.html", {"form": form}, status=status)
