"""Pages of personas."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.careful import Row, respond, save
from waypost.kit.htmx import go
from waypost.market.actions.personas import copy_persona
from waypost.market.completeness import fields_answered
from waypost.market.forms.personas import NewPersonaForm, PersonaForm
from waypost.market.kinds import Kind
from waypost.market.models import Persona
from waypost.market.people import matrix, next_step
from waypost.market.views.shared import add, ask_and_remove, at, step


@business_view("market.view")
@never_cache
@require_GET
def personas(request: BusinessRequest) -> HttpResponse:
    rows = _whole(request)
    cards = [(row, fields_answered(row)) for row in rows]
    context = {
        "customers": [card for card in cards if not card[0].negative],
        "others": [card for card in cards if card[0].negative],
        "matrix": matrix(rows, list(request.business.channels.all())),
        "tip": next_step(rows),
        "edits": request.member.may("market.edit"),
    }
    return render(request, "market/personas.html", context)


def _whole(request: BusinessRequest) -> list[Persona]:
    rows = request.business.personas.select_related("picture")
    return list(rows.prefetch_related("channels"))


@business_view("market.view")
@never_cache
@require_GET
def persona(request: BusinessRequest, pk: int) -> HttpResponse:
    """The card of one persona, for a screen or a sheet of paper on the wall."""
    rows = request.business.personas.select_related("picture").prefetch_related("channels")
    row = get_object_or_404(rows, pk=pk)
    words = {str(kind): label for kind, label in Kind.choices}
    context = {
        "row": row,
        "done": fields_answered(row),
        "formats": [words.get(each, each) for each in row.formats],
        "worries": [line for line in row.objections.splitlines() if line.strip()],
        "edits": request.member.may("market.edit"),
    }
    return render(request, "market/persona.html", context)


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def persona_new(request: BusinessRequest) -> HttpResponse:
    form = NewPersonaForm(
        request.POST or None, initial={"negative": request.GET.get("negative") == "yes"}
    )
    if form.is_valid():
        row = add(request, form, request.business.personas.all())
        return go(request, at(request, "persona_edit", row.pk))
    status = 422 if form.errors else 200
    return render(request, "market/persona_new.html", {"form": form}, status=status)


@business_view("market.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def persona_edit(request: BusinessRequest, pk: int) -> HttpResponse:
    rows = request.business.personas.select_related("updated_by").prefetch_related("channels")
    row = get_object_or_404(rows, pk=pk)
    form = PersonaForm(request.POST or None, business=request.business, instance=row)
    saved = save(form, Row(row, by=request.user), by=request.user)
    context: dict[str, Any] = {
        "row": row,
        "done": fields_answered(row),
        "lists": (at(request, "personas"), _("Back to personas")),
    }
    then = at(request, "persona", pk)
    return respond(
        request, form, saved, template="market/persona_edit.html", context=context, then=then
    )


@business_view("market.edit")
@require_POST
def persona_copy(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.personas, pk=pk)
    copy = copy_persona(row, by=request.user)
    messages.success(request, _("This is a copy. Change what makes this person different."))
    return go(request, at(request, "persona_edit", copy.pk))


@business_view("market.edit")
@require_POST
def persona_move(request: BusinessRequest, pk: int) -> HttpResponse:
    rows = request.business.personas.all()
    return step(request, get_object_or_404(rows, pk=pk), rows, page="personas")


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def persona_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.personas, pk=pk)
    back = at(request, "persona", pk)
    return ask_and_remove(request, row, page="personas", back=back, loses="")
