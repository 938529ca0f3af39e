"""The calendar in its views, and the list of everything."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content import calendar as cal
from waypost.content.calendar import Pen, View
from waypost.content.filters import FilterForm, remember, remembered
from waypost.content.models import Status

PER_PAGE = 50


@business_view("content.view")
@require_safe
def calendar(request: BusinessRequest) -> HttpResponse:
    """Without a query it opens as this person left it."""
    if not request.GET and (query := remembered(request)):
        return redirect(f"{reverse('content:calendar', args=[request.business.slug])}?{query}")
    view, today = cal.view_of(request.GET.get("view", "")), timezone.localdate()
    page = cal.Page(request.business, cal.span_of(view, request.GET, today), {})
    filters = FilterForm(request.business, request.GET, connections=page.connections)
    page.filters = filters.chosen()
    remember(request, view, page.filters)
    notes = None if page.filters else cal.Notes(page)
    may_write = request.member.may("content.write")
    pen = Pen(page, may_move=may_write, clashing=notes.clashing if notes else frozenset())
    context = {
        **_frame(request, view, page.span),
        **_drawn(view, pen, filters),
        "is_empty": not page.entries,
        "filters": filters,
        "notes": notes,
        **(_mix(notes, filters) if notes else {}),
        "may_write": may_write,
        "may_approve": request.member.may("content.approve"),
        "island": _island(request) if may_write else None,
    }
    return render(request, "content/calendar.html", context)


def _mix(notes: cal.Notes, filters: FilterForm) -> dict[str, Any]:
    names = filters.names
    return {
        "goals": notes.by_name("goal_id", names["goal"], _("No goal")),
        "personas": notes.by_name("persona_id", names["persona"], _("No persona")),
    }


def _frame(request: BusinessRequest, view: View, span: cal.Span) -> dict[str, Any]:
    before, after = cal.steps_of(view)
    today = cal.around(view, timezone.localdate())
    return {
        "view": view,
        "views": [(each, _link(request, each, cal.around(each, _anchor(span)))) for each in View],
        "span": span,
        "span_query": span.query,
        "previous": _link(request, view, span.plus(-1)),
        "today": _link(request, view, today),
        "next": _link(request, view, span.plus(1)),
        "before_word": before,
        "after_word": after,
        "clear": f"?{urlencode({'view': view, **span.query})}",
    }


def _link(request: BusinessRequest, view: View, span: cal.Span) -> str:
    """This page with its filters, but another view or span."""
    query = request.GET.copy()
    for name in ("month", "day", "page"):
        query.pop(name, None)
    query["view"] = view
    query.update(span.query)
    return f"?{query.urlencode()}"


def _anchor(span: cal.Span) -> date:
    """The day that another view opens at: today where it is shown."""
    today = timezone.localdate()
    return today if span.holds(today) else span.first


def _drawn(view: View, pen: Pen, filters: FilterForm) -> dict[str, Any]:
    today = timezone.localdate()
    match view:
        case View.DAY:
            key = pen.page.key_days.get(pen.page.span.first)
            return {"hours": cal.hours(pen), "key": cal.key_day(key) if key else ""}
        case View.CHANNELS:
            return {"lanes": cal.by_channel(pen, today=today), "days": _heads(pen)}
        case View.INITIATIVES:
            names = filters.names["initiative"]
            return {"lanes": cal.by_initiative(pen, names, today=today), "days": _heads(pen)}
        case View.LIST:
            return {"days": cal.days(pen, today=today, draw=pen.picking)}
    return {"days": cal.days(pen, today=today), "weekdays": list(cal.weekdays())}


def _heads(pen: Pen) -> list[cal.Day]:
    """The days of the week without what stands in them."""
    return cal.days(pen, today=timezone.localdate(), entries=())


def _island(request: BusinessRequest) -> dict[str, Any]:
    """What the script needs to move entries: an address in which 0 is the item, and words."""
    slug = request.business.slug
    return {
        "place": reverse("content:place", args=[slug, 0]),
        "peek": reverse("content:peek", args=[slug, 0]),
        "words": {
            "picked": _("%(title)s picked up. Arrows choose the day, Enter drops, Escape returns."),
            "over": _("%(title)s over %(day)s."),
            "dropped": _("%(title)s dropped on %(day)s."),
            "returned": _("%(title)s is back on %(day)s."),
        },
    }


@business_view("content.view")
@require_safe
def items(request: BusinessRequest) -> HttpResponse:
    filters = FilterForm(request.business, request.GET)
    rows = request.business.items.matching(**filters.chosen()).with_channels()
    page = Paginator(rows.order_by("-updated_at", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "filters": filters,
        "page": page,
        "may_write": request.member.may("content.write"),
        "ideas": Status.IDEA,
    }
    return render(request, "content/items.html", context)
