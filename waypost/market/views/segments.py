"""Pages of segments: customers by trade or occupation."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.careful import Row, respond, save
from waypost.kit.htmx import go
from waypost.market.completeness import fields_answered
from waypost.market.forms.segments import COMPANY, PERSON, NewSegmentForm, SegmentForm
from waypost.market.models import Segment
from waypost.market.views.shared import add, ask_and_remove, at, step


@business_view("market.view")
@never_cache
@require_GET
def segments(request: BusinessRequest) -> HttpResponse:
    rows = request.business.segments.all()
    context = {
        "cards": [(row, _told(row), fields_answered(row)) for row in rows],
        "edits": request.member.may("market.edit"),
    }
    return render(request, "market/segments.html", context)


def _told(row: Segment) -> list[tuple[object, str]]:
    """Questions and answers that fit its kind."""
    questions = COMPANY if row.kind == Segment.Kind.B2B else PERSON
    return [(question, getattr(row, name)) for name, question in questions.items()]


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def segment_new(request: BusinessRequest) -> HttpResponse:
    form = NewSegmentForm(request.POST or None)
    if form.is_valid():
        row = add(request, form, request.business.segments.all())
        return go(request, at(request, "segment", row.pk))
    status = 422 if form.errors else 200
    return render(request, "market/segment_new.html", {"form": form}, status=status)


@business_view("market.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def segment(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.segments.select_related("updated_by"), pk=pk)
    form = SegmentForm(request.POST or None, instance=row)
    saved = save(form, Row(row, by=request.user), by=request.user)
    changed = saved is not None and ("kind" in saved.written or form.asks_anew)
    then = request.path if changed else at(request, "segments")
    context = {
        "row": row,
        "done": fields_answered(row),
        "lists": (at(request, "segments"), _("Back to segments")),
    }
    return respond(request, form, saved, template="market/segment.html", context=context, then=then)


@business_view("market.edit")
@require_POST
def segment_move(request: BusinessRequest, pk: int) -> HttpResponse:
    rows = request.business.segments.all()
    return step(request, get_object_or_404(rows, pk=pk), rows, page="segments")


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def segment_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.segments, pk=pk)
    return ask_and_remove(request, row, page="segments", back=at(request, "segment", pk), loses="")
