"""Pages of the places where customers live."""

from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.careful import Row, respond, save
from waypost.kit.htmx import go
from waypost.market import public_holidays
from waypost.market.completeness import fields_answered
from waypost.market.forms.geography import NewPlaceForm, PlaceForm, too_much
from waypost.market.models import Place
from waypost.market.territories import country_name, language_name
from waypost.market.views.shared import add, ask_and_remove, at, step


@business_view("market.view")
@never_cache
@require_GET
def places(request: BusinessRequest) -> HttpResponse:
    rows = list(request.business.places.all())
    context = {
        "cards": [
            (row, country_name(row.country), language_name(row.language), fields_answered(row))
            for row in rows
        ],
        "edits": request.member.may("market.edit"),
        **shares(rows),
    }
    return render(request, "market/places.html", context)


def shares(rows: list[Place]) -> dict[str, Any]:
    """What the shares of all orders add up to; nothing where none is known."""
    known = [row.share_of_orders for row in rows if row.share_of_orders is not None]
    total = sum(known, Decimal(0)) if known else None
    return {
        "total": total,
        "over": too_much(known),
        "rest": 1 - total if total is not None and total < 1 else None,
    }


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def place_new(request: BusinessRequest) -> HttpResponse:
    form = NewPlaceForm(request.POST or None)
    if form.is_valid():
        row = add(request, form, request.business.places.all())
        return go(request, at(request, "place", row.pk))
    status = 422 if form.errors else 200
    return render(request, "market/place_new.html", {"form": form}, status=status)


@business_view("market.edit")
@never_cache
@require_http_methods(["GET", "POST"])
def place(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.places.select_related("updated_by"), pk=pk)
    form = PlaceForm(request.POST or None, instance=row)
    store = Row(row, by=request.user, write=lambda kept, changes: _write(request, kept, changes))
    saved = save(form, store, by=request.user)
    context = {
        "row": row,
        "done": fields_answered(row),
        "lists": (at(request, "places"), _("Back to places")),
        **shares(list(request.business.places.all())),
    }
    then = at(request, "places")
    return respond(request, form, saved, template="market/place.html", context=context, then=then)


def _write(request: BusinessRequest, row: Place, changes: dict[str, Any]) -> None:
    """A part of a country does not outlive a change of the country."""
    for name, value in changes.items():
        setattr(row, name, value)
    if row.subdivision not in dict(public_holidays.subdivisions(row.country)):
        row.subdivision = ""
    row.updated_by = request.user
    row.save()


@business_view("market.edit")
@require_POST
def place_move(request: BusinessRequest, pk: int) -> HttpResponse:
    rows = request.business.places.all()
    return step(request, get_object_or_404(rows, pk=pk), rows, page="places")


@business_view("market.edit")
@require_http_methods(["GET", "POST"])
def place_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.business.places, pk=pk)
    loses = _("Days that you added for this place are removed too.")
    return ask_and_remove(request, row, page="places", back=at(request, "place", pk), loses=loses)
