"""The grid in which numbers of channels are typed, ours and those of a competitor."""

import datetime as dt
from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.days import NotADay, parse_day
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal
from waypost.market.actions.readings import Kept, keep_readings
from waypost.market.channel_words import OWN_PLACES, display_of
from waypost.market.forms.readings import COLUMNS, GridForm, values_of
from waypost.market.models import ChannelReading, Competitor
from waypost.market.views.shared import at


@business_view("market.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def own_readings(request: BusinessRequest) -> HttpResponse:
    return _grid(request, None)


@business_view("market.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def readings(request: BusinessRequest, pk: int) -> HttpResponse:
    return _grid(request, get_object_or_404(request.business.competitors, pk=pk))


def _grid(request: BusinessRequest, competitor: Competitor | None) -> HttpResponse:
    today = timezone.localdate()
    day = _asked_day(request, today)
    every = list(request.business.channel_readings.order_by("date", "pk"))
    mine = [each for each in every if each.competitor_id == (competitor.pk if competitor else None)]
    form = GridForm(
        request.POST or None,
        shown=_networks(request, mine, every),
        last={each.network: each for each in mine if each.date < day},
        initial=values_of(day, {each.network: each for each in mine if each.date == day}),
    )
    back = at(request, "competitor", competitor.pk) if competitor else at(request, "competitors")
    if form.is_valid():
        try:
            kept = keep_readings(
                request.business,
                competitor,
                date=form.cleaned_data["date"],
                today=today,
                rows=form.readings,
                by=request.user,
            )
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, kept_words(kept))
            return go(request, back)
    context = {
        "form": form,
        "competitor": competitor,
        "columns": COLUMNS.values(),
        "back": back,
        "day": day,
        "readings": [(each, _network_name(each)) for each in reversed(mine)],
    }
    status = 422 if form.errors else 200
    return render(request, "market/readings.html", context, status=status)


def _asked_day(request: BusinessRequest, today: dt.date) -> dt.date:
    """The day in the address, to correct what was typed then; else today."""
    try:
        return parse_day(request.GET.get("day", ""))
    except NotADay:
        return today


def _networks(
    request: BusinessRequest, mine: Iterable[ChannelReading], every: Iterable[ChannelReading]
) -> list[str]:
    """Where they were counted before, then where we or others are."""
    ours = request.business.channels.values_list("network", flat=True)
    known = [*(each.network for each in mine), *ours, *(each.network for each in every)]
    return [each for each in dict.fromkeys(known) if each and each not in OWN_PLACES]


def _network_name(reading: ChannelReading) -> str:
    return str(display_of(reading.network).name) if reading.network else _("All networks")


def kept_words(kept: Kept) -> str:
    """What became of what was typed."""
    if not kept.added and not kept.replaced:
        return _("Nothing has changed: these numbers were known already.")
    words = []
    if kept.added:
        said = ngettext("%(n)d line is saved.", "%(n)d lines are saved.", kept.added)
        words.append(said % {"n": kept.added})
    if kept.replaced:
        said = ngettext(
            "%(n)d line of this day was there already; its numbers are replaced.",
            "%(n)d lines of this day were there already; their numbers are replaced.",
            kept.replaced,
        )
        words.append(said % {"n": kept.replaced})
    return " ".join(words)


@business_view("market.edit")
@require_POST
def reading_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.channel_readings.select_related("competitor"), pk=pk)
    row.delete()
    messages.success(request, _("The numbers of this day are removed."))
    if row.competitor:
        return go(request, at(request, "readings", row.competitor.pk))
    return go(request, at(request, "own_readings"))
