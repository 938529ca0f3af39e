"""Pages of competitors: who they are, and their strengths beside ours."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.careful import Row, respond, save
from waypost.kit.htmx import go
from waypost.market.actions.points import points_of
from waypost.market.completeness import fields_answered
from waypost.market.forms.competitors import (
    CompetitorForm,
    NewCompetitorForm,
    PointsForm,
    PointsStore,
)
from waypost.market.models import Competitor, SwotPoint
from waypost.market.rival_chart import NARROW, WIDE, chart
from waypost.market.rivals import read
from waypost.market.views.shared import add, ask_and_remove, at, step


@dataclass(frozen=True)
class Beside:
    """One of the four lists, theirs beside ours."""

    key: str
    title: str | Promise
    theirs: list[str]
    ours: list[str]


@business_view("market.view")
@never_cache
@require_GET
def competitors(request: BusinessRequest) -> HttpResponse:
    rivals = read(request.business)
    context = {
        "cards": [(row, fields_answered(row)) for row in rivals.competitors],
        "rankings": [_drawn(ranking) for ranking in rivals.rankings],
        "voice": rivals.voice,
        "edits": request.member.may("market.edit"),
    }
    return render(request, "market/competitors.html", context)


def _drawn(ranking: Any) -> tuple[Any, list[Any]]:
    """A ranking with its chart for a wide and for a narrow screen; no chart without two days."""
    charts = [chart(ranking, size=size) for size in (WIDE, NARROW)]
    return ranking, [each for each in charts if each]


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def competitor_new(request: BusinessRequest) -> HttpResponse:
    form = NewCompetitorForm(request.POST or None)
    if form.is_valid():
        row = add(request, form, request.business.competitors.all())
        return go(request, at(request, "competitor_edit", row.pk))
    status = 422 if form.errors else 200
    return render(request, "market/competitor_new.html", {"form": form}, status=status)


@business_view("market.view")
@never_cache
@require_GET
def competitor(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.competitors, pk=pk)
    rivals = read(request.business)
    rankings = [
        (*_drawn(ranking), [line for line in ranking.lines if line.competitor == row])
        for ranking in rivals.rankings
        if any(line.competitor == row for line in ranking.lines)
    ]
    points = list(request.business.swot_points.filter(competitor__in=[row]))
    ours = list(request.business.swot_points.ours())
    context = {
        "row": row,
        "done": fields_answered(row),
        "texts": told(row),
        "rankings": rankings,
        "beside": beside(points, ours),
        "has_points": bool(points),
        "edits": request.member.may("market.edit"),
    }
    return render(request, "market/competitor.html", context)


def told(row: Competitor) -> list[tuple[str, str]]:
    return [
        (_("In short"), row.summary),
        (_("Where they are"), row.location),
        (_("Milestones"), row.milestones),
        (_("How they sell"), row.distribution),
        (_("Where they speak"), row.communication),
        (_("Mission"), row.mission),
        (_("Goals"), row.goals),
    ]


def beside(theirs: Iterable[SwotPoint], ours: Iterable[SwotPoint]) -> list[Beside]:
    them, us = points_of(theirs), points_of(ours)
    return [
        Beside(quadrant.value, quadrant.label, them[quadrant.value], us[quadrant.value])
        for quadrant in SwotPoint.Quadrant
    ]


@business_view("market.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def competitor_edit(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.competitors.select_related("updated_by"), pk=pk)
    form = CompetitorForm(request.POST or None, instance=row)
    saved = save(form, Row(row, by=request.user), by=request.user)
    then = at(request, "competitor", pk)
    context = {
        "row": row,
        "done": fields_answered(row),
        "lists": (then, _("Back to this competitor")),
    }
    return respond(
        request, form, saved, template="market/competitor_edit.html", context=context, then=then
    )


@business_view("market.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def competitor_points(request: BusinessRequest, pk: int) -> HttpResponse:
    """Four lists, one point a line, with our own beside them."""
    row = get_object_or_404(request.business.competitors, pk=pk)
    store = PointsStore(row, by=request.user)
    there = points_of(row.swot_points.all())
    initial = {quadrant: "\n".join(texts) for quadrant, texts in there.items()}
    form = PointsForm(request.POST or None, initial=initial)
    saved = save(form, store, by=request.user)
    ours = points_of(request.business.swot_points.ours())
    then = at(request, "competitor", pk)
    context = {
        "row": row,
        "lists": (then, _("Back to this competitor")),
        "pairs": [
            (form[quadrant.value], quadrant.label, ours[quadrant.value])
            for quadrant in SwotPoint.Quadrant
        ],
    }
    return respond(
        request, form, saved, template="market/competitor_points.html", context=context, then=then
    )


@business_view("market.edit")
@require_POST
def competitor_move(request: BusinessRequest, pk: int) -> HttpResponse:
    rows = request.business.competitors.all()
    return step(request, get_object_or_404(rows, pk=pk), rows, page="competitors")


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def competitor_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.competitors, pk=pk)
    loses = _("Their numbers and their strengths and weaknesses are removed too.")
    return ask_and_remove(
        request, row, page="competitors", back=at(request, "competitor", pk), loses=loses
    )
