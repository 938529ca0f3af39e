"""The SWOT: four fields, competitors beside them, and what follows."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.errors import Refusal
from waypost.market.models import Competitor, SwotPoint
from waypost.strategy.actions import swot as actions
from waypost.strategy.forms import ConclusionForm, SwotForm
from waypost.strategy.questions import Question
from waypost.strategy.sections import BY_KEY

Quadrant = SwotPoint.Quadrant


@dataclass(frozen=True)
class Field:
    """One of the four fields with its points and those of each competitor."""

    key: str
    title: str | Promise
    question: Question
    inside: bool
    good: bool
    points: list[SwotPoint]
    theirs: list[tuple[Competitor, list[SwotPoint]]]
    form: SwotForm = field(default_factory=SwotForm)


@business_view("strategy.view")
@require_GET
def swot(request: BusinessRequest) -> HttpResponse:
    return _show(request)


def _show(
    request: BusinessRequest,
    *,
    wrong: str = "",
    form: SwotForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": BY_KEY["swot"],
        "fields": _fields(request, wrong, form),
        "conclusions": request.business.conclusions.filter(section="swot").select_related(
            "goal", "initiative", "task__initiative"
        ),
        "conclusion_form": ConclusionForm(section="swot"),
        "may_edit": request.member.may("strategy.edit"),
    }
    return render(request, "strategy/swot.html", context, status=status)


def _fields(request: BusinessRequest, wrong: str, form: SwotForm | None) -> list[Field]:
    points: dict[tuple[int | None, str], list[SwotPoint]] = defaultdict(list)
    for point in request.business.swot_points.all():
        points[point.competitor_id, point.quadrant].append(point)
    rivals = list(request.business.competitors.all())
    found = []
    for quadrant in Quadrant:
        question = BY_KEY["swot"].question(quadrant.value)
        assert question is not None
        theirs = [(one, points[one.pk, quadrant.value]) for one in rivals]
        found.append(
            Field(
                key=quadrant.value,
                title=quadrant.label,
                question=question,
                inside=quadrant in (Quadrant.STRENGTHS, Quadrant.WEAKNESSES),
                good=quadrant in (Quadrant.STRENGTHS, Quadrant.OPPORTUNITIES),
                points=points[None, quadrant.value],
                theirs=[(one, told) for one, told in theirs if told],
                form=form if form and wrong == quadrant else _empty_form(quadrant),
            )
        )
    return found


def _empty_form(quadrant: Quadrant) -> SwotForm:
    return SwotForm(auto_id=f"id_{quadrant.value}_%s")


@business_view("strategy.edit")
@require_POST
def add(request: BusinessRequest) -> HttpResponse:
    quadrant = request.POST.get("quadrant", "")
    if quadrant not in Quadrant.values:
        raise Http404
    form = SwotForm(request.POST, auto_id=f"id_{quadrant}_%s")
    if form.is_valid():
        try:
            actions.add_point(
                request.business, quadrant, text=form.cleaned_data["text"], by=request.user
            )
        except Refusal as refusal:
            form.add_error("text", refusal.message)
        else:
            return redirect(_at(request, quadrant))
    return _show(request, wrong=quadrant, form=form, status=422)


@business_view("strategy.edit")
@require_http_methods(["GET", "POST"])
def edit(request: BusinessRequest, pk: int) -> HttpResponse:
    point = get_object_or_404(request.business.swot_points.ours(), pk=pk)
    form = SwotForm(request.POST or None, instance=point)
    if request.method == "POST" and form.is_valid():
        actions.edit_point(point, text=form.cleaned_data["text"], by=request.user)
        return redirect(_at(request, point.quadrant))
    context = {
        "form": form,
        "point": point,
        "quadrants": Quadrant.choices,
        "back": _at(request, point.quadrant),
    }
    status = 422 if form.is_bound else 200
    return render(request, "strategy/swot_edit.html", context, status=status)


@business_view("strategy.edit")
@require_POST
def move(request: BusinessRequest, pk: int) -> HttpResponse:
    """Up or down within its field, or with ``to`` into another field."""
    point = get_object_or_404(request.business.swot_points.ours(), pk=pk)
    to = request.POST.get("to", "")
    if to in Quadrant.values:
        actions.move_to(point, to)
    else:
        actions.move_by(point, -1 if to == "up" else 1)
    return redirect(_at(request, point.quadrant))


@business_view("strategy.edit")
@require_POST
def remove(request: BusinessRequest, pk: int) -> HttpResponse:
    point = get_object_or_404(request.business.swot_points.ours(), pk=pk)
    point.delete()
    messages.success(request, _("“%(point)s” is removed.") % {"point": point.text})
    return redirect(_at(request, point.quadrant))


def _at(request: BusinessRequest, quadrant: str) -> str:
    return reverse("strategy:swot", args=[request.business.slug]) + f"#{quadrant}"
