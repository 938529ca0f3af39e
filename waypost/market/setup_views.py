"""The page of what is set up, and the ticks on it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.market import setup
from waypost.market.channel_words import display_of
from waypost.market.models import Channel
from waypost.market.setup_actions import tick


class TickForm(forms.Form):
    channel = forms.IntegerField(required=False)
    key = forms.CharField(max_length=40)
    done = forms.BooleanField(required=False)
    note = forms.CharField(required=False, max_length=300)


@business_view("market.view")
@never_cache
@require_GET
def setup_list(request: BusinessRequest) -> HttpResponse:
    ticks = setup.ticks_of(request.business)
    channels = list(request.business.channels.all())
    lists = [_list(None, ticks), *(_list(channel, ticks) for channel in channels)]
    context = {
        "lists": lists,
        "ready": setup.progress(item for each in lists for item in each["items"]),
        "edits": request.member.may("market.edit"),
    }
    return render(request, "market/setup.html", context)


def _list(channel: Channel | None, ticks: setup.Ticks) -> dict[str, Any]:
    items = setup.of_channel(channel, ticks)
    return {
        "channel": channel,
        "display": display_of(channel.network) if channel else None,
        "items": items,
        "ready": setup.progress(items),
    }


@business_view("market.edit")
@require_POST
def setup_tick(request: BusinessRequest) -> HttpResponse:
    form = TickForm(request.POST)
    page = reverse("market:setup", args=[request.business.slug])
    if not form.is_valid():
        messages.error(request, _("A note can have 300 characters. Shorten it."))
        return redirect(page)
    told = form.cleaned_data
    channel = None
    if told["channel"]:
        channel = get_object_or_404(request.business.channels, pk=told["channel"])
    if told["key"] in {check.key for check in setup.checks_for(channel)}:
        tick(
            request.business,
            told["key"],
            channel=channel,
            done=told["done"],
            note=told["note"],
            by=request.user,
        )
    return redirect(f"{page}#list-{channel.pk if channel else 0}")
