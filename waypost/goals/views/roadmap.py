"""The roadmap: seen, filtered, moved, approved."""

import datetime as dt
import json
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.accounts.models import Business
from waypost.goals.actions import moves
from waypost.goals.actions.moves import Move
from waypost.goals.drawing import drawing, initiative_line, pages_of, shown
from waypost.goals.models import Initiative
from waypost.goals.roadmap import Roadmap, Scale, Wanted, labels, moved_sentence, roadmap
from waypost.goals.roadmap_forms import MoveForm, RoadmapFilter, chosen_scale
from waypost.goals.shifting import Span
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal
from waypost.market.days import by_date, days_between

UNDO_SALT = "goals.roadmap_move"
UNDO_LASTS = 24 * 3600  # seconds


@business_view("goals.view")
@require_GET
def roadmap_page(request: BusinessRequest) -> HttpResponse:
    filters = RoadmapFilter(request.GET, business=request.business, auto_id="filter_%s")
    today = timezone.localdate()
    plan = roadmap(request.business, filters.wanted, today)
    scale = chosen_scale(request.GET.get("scale", ""))
    may_edit = request.member.may("goals.edit")
    context = {
        "filters": filters,
        "query": _query(request),
        "may_share": request.member.may("goals.share"),
        **page_context(request.business, plan, scale, today, may_edit=may_edit),
    }
    return render(request, "goals/roadmap.html", context)


def page_context(
    business: Business, plan: Roadmap, scale: Scale, today: dt.date, *, may_edit: bool, **more: Any
) -> dict[str, Any]:
    """What the table and the timeline of ``plan`` are made of."""
    language = (get_language() or "en").split("-")[0]
    slug = more.get("slug", business.slug)
    # Days of one's own are for the business alone, not for whoever holds a link.
    found = days_between(business, *shown(plan, today), language, own=bool(slug))
    days = by_date(found)
    return {
        "plan": plan,
        "labels": labels(),
        "today": today,
        "scale": scale,
        "scales": Scale.choices,
        "sentence": moved_sentence(plan),
        "days": days,
        "may_edit": may_edit,
        "drawing": drawing(
            plan,
            today=today,
            scale=scale,
            language=language,
            days=days,
            slug=slug,
            may_edit=may_edit,
        ),
    }


@business_view("goals.edit")
@require_http_methods(["GET", "POST"])
def roadmap_move(request: BusinessRequest, pk: int) -> HttpResponse:
    """New dates of one initiative; with ``preview`` what moves behind it is shown first."""
    initiative = _initiative(request, pk)
    form = MoveForm(request.POST or None, initial=_dates(initiative))
    if request.method == "POST" and form.is_valid():
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
        try:
            move = moves.look_ahead(initiative, start=start, end=end)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            if move.shifts and "preview" in request.POST:
                return _show_move(request, initiative, form, move)
            moves.carry_out(move, by=request.user)
            return _moved(request, move)
    return _show_move(request, initiative, form, None)


def _initiative(request: BusinessRequest, pk: int) -> Initiative:
    return get_object_or_404(request.business.initiatives.select_related("goal"), pk=pk)


def _dates(initiative: Initiative) -> dict[str, dt.date]:
    return {"start": initiative.start_date, "end": initiative.end_date}


def _show_move(
    request: BusinessRequest, initiative: Initiative, form: MoveForm, move: Move | None
) -> HttpResponse:
    template = "goals/roadmap_move_form.html" if request.htmx else "goals/roadmap_move.html"
    context = {
        "initiative": initiative,
        "form": form,
        "move": move,
        "address": request.path + _query(request),
        "back": _back(request),
    }
    return render(request, template, context, status=422 if form.errors else 200)


def _moved(request: BusinessRequest, move: Move) -> HttpResponse:
    undo = reverse(
        "goals:roadmap_undo", args=[request.business.slug, _undo_token(request.business, move)]
    )
    words = " ".join([moves.moved_words(move), *move.warnings])
    messages.success(request, words, extra_tags=f"undo:{undo}")
    if not request.htmx:
        return go(request, _back(request))
    return _changed_rows(request, set(move.changes), words)


def _changed_rows(request: BusinessRequest, changed: set[int], words: str) -> HttpResponse:
    """The rows that moved, for the page that is open, and news for its timeline."""
    plan = roadmap(request.business, Wanted(), timezone.localdate())
    rows = [row for row in plan.rows if row.pk in changed]
    context = {
        "rows": rows,
        "labels": labels(),
        "said": words,
        "sentence": moved_sentence(plan),
        "may_edit": True,
        "business": request.business,
    }
    response = render(request, "goals/roadmap_moved.html", context)
    page_of = pages_of(request.business.slug)
    lines = [initiative_line(row, page_of) for row in rows]
    response.headers["HX-Retarget"] = "#roadmap-said"
    response.headers["HX-Trigger"] = json.dumps({"roadmap:moved": {"lines": lines}})
    return response


def _back(request: BusinessRequest) -> str:
    """The roadmap with the filters of the page that was left."""
    return reverse("goals:roadmap", args=[request.business.slug]) + _query(request)


def _query(request: BusinessRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""


@business_view("goals.edit")
@require_POST
def roadmap_undo(request: BusinessRequest, token: str) -> HttpResponse:
    was = _read_undo_token(request.business, token)
    moves.put_back(request.business, was, by=request.user)
    messages.info(request, _("The dates are as they were."))
    return go(request, _back(request))


def _undo_token(business: Business, move: Move) -> str:
    was = [[pk, span.start.toordinal(), span.days] for pk, span in move.was.items()]
    return signing.dumps([business.pk, was], salt=UNDO_SALT, compress=True)


def _read_undo_token(business: Business, token: str) -> dict[int, Span]:
    try:
        business_pk, was = signing.loads(token, salt=UNDO_SALT, max_age=UNDO_LASTS)
    except signing.BadSignature:
        raise Http404 from None
    if business_pk != business.pk:
        raise Http404
    return {
        pk: Span(start, start + dt.timedelta(days=days - 1))
        for pk, start, days in (
            (pk, dt.date.fromordinal(ordinal), days) for pk, ordinal, days in was
        )
    }


@business_view("goals.edit")
@require_POST
def approve_plan(request: BusinessRequest) -> HttpResponse:
    moves.approve_plan(request.business, by=request.user)
    messages.success(request, _("The plan is approved. The roadmap shows what moves from now on."))
    return go(request, _back(request))
