"""Pages of numbers: channels, posts, and who is spoken about."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.budget.charts import category_bars
from waypost.insights.alerts import recent
from waypost.insights.best_posts import best, shown
from waypost.insights.channel_costs import channel_costs
from waypost.insights.forms import ComparedForm
from waypost.insights.growth import growth
from waypost.insights.numbers import ChannelNumbers, Totals, channel_numbers
from waypost.insights.numbers import total as total_of
from waypost.insights.periods import Period, month_of, presets
from waypost.insights.post_sums import BASES, added, read_sums
from waypost.insights.post_ways import Slice, Ways, sliced
from waypost.insights.rates import ENGAGEMENT_BY
from waypost.market import rivals
from waypost.market.rival_chart import NARROW, WIDE, chart

WAYS = {
    "kind": _("Type"),
    "channel": _("Channel"),
    "goal": _("Goal"),
    "initiative": _("Initiative"),
    "persona": _("Persona"),
    "weekday": _("Day of the week"),
    "hour": _("Hour"),
}
RATES = (
    "click_rate",
    "save_rate",
    "conversion",
    "order_value",
    "click_price",
    "order_price",
    "roas",
)
BARS = 12


@dataclass(frozen=True)
class Asked:
    """The times and the definition that the address asks for."""

    form: ComparedForm
    period: Period
    before: Period
    by: str

    @classmethod
    def of(cls, request: BusinessRequest, today: dt.date) -> "Asked":
        """The last whole month beside the one before, unless the address says otherwise."""
        usual = month_of(today.replace(day=1) - dt.timedelta(days=1))
        asked = "from" in request.GET or "to" in request.GET
        first = {"from": usual.first, "to": usual.last, "with": "before", "by": ""}
        form = ComparedForm(request.GET if asked else None, initial=first)
        if not asked or not form.is_valid():
            return cls(form, usual, usual.before, "")
        period = form.period
        year = form.cleaned_data["with"] == "year"
        return cls(
            form, period, period.year_before if year else period.before, form.cleaned_data["by"]
        )

    def context(self, today: dt.date) -> dict[str, Any]:
        return {
            "form": self.form,
            "period": self.period,
            "before": self.before,
            "presets": presets(today),
            "status": 422 if self.form.errors else 200,
        }


@business_view("insights.view")
@require_GET
def channels(request: BusinessRequest) -> HttpResponse:
    today = timezone.localdate()
    asked = Asked.of(request, today)
    rows = channel_numbers(request.business, asked.period, asked.before)
    totals = total_of(rows)
    context = asked.context(today) | {
        "rows": [(row, row.engagement_rate(asked.by), _rates(row)) for row in rows],
        "totals": [n for n in totals.numbers.values() if n.now.value is not None],
        "total_rate": totals.engagement_rate(asked.by),
        "total_rates": _rates(totals),
        "growth": growth(request.business, [row.holder for row in rows], asked.period.last),
        "alerts": list(recent(request.business, [row.holder for row in rows], today)),
        "costs": channel_costs(request.business, rows, asked.period),
        "any": any(row.known for row in rows),
        "may_record": request.member.may("insights.record"),
    }
    return render(request, "insights/channels.html", context, status=context["status"])


def _rates(row: ChannelNumbers | Totals) -> list[Any]:
    """Those that are known now or were before."""
    rates = [row.rate(key) for key in RATES]
    return [r for r in rates if r.now.value is not None or r.before.value is not None]


@business_view("insights.view")
@require_GET
def posts(request: BusinessRequest) -> HttpResponse:
    """``?way=`` says by what posts are told apart."""
    today = timezone.localdate()
    asked = Asked.of(request, today)
    way = request.GET.get("way", "kind")
    way = way if way in WAYS else "kind"
    now, earlier = (read_sums(request.business, time, way) for time in (asked.period, asked.before))
    every, before = added(now.values()), added(earlier.values())
    by = asked.by if asked.by in BASES else every.usual_base
    ways = Ways.of(request.business)
    slices = sliced(ways, way, now, earlier)
    context = asked.context(today) | {
        "way": way,
        "way_word": WAYS[way],
        "ways": WAYS,
        "slices": [(each, each.now.rate(by)) for each in slices],
        "charts": [_bars(slices, width) for width in (640, 340)] if slices else [],
        "every": every,
        "every_before": before,
        "rate": every.rate(by),
        "rate_word": ENGAGEMENT_BY[by].label,
        "best": shown(best(request.business, asked.period), ways.channels),
    }
    return render(request, "insights/post_board.html", context, status=context["status"])


def _bars(slices: list[Slice], width: int) -> Any:
    """Interactions of one post: now filled, the time before as an outline."""
    known = [each for each in slices if each.each.value is not None][:BARS]
    rows = [(each.label, each.each_before.value, each.each.value) for each in known]
    return category_bars(rows, width=width)


@business_view("insights.view")
@require_GET
def voice(request: BusinessRequest) -> HttpResponse:
    """Us beside the competitors, from the numbers that were typed or imported for them."""
    found = rivals.read(request.business)
    rankings = [
        (ranking, [each for size in (WIDE, NARROW) if (each := chart(ranking, size=size))])
        for ranking in found.rankings
    ]
    context = {
        "voice": found.voice,
        "rankings": rankings,
        "competitors": found.competitors,
        "may_edit": request.member.may("market.edit"),
    }
    return render(request, "insights/voice.html", context)
