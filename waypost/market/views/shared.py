"""What the pages of the market have in common."""

from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from waypost.accounts.guard import BusinessRequest
from waypost.kit.htmx import go
from waypost.market.ordering import last_position, move


def at(request: BusinessRequest, view: str, *args: Any) -> str:
    """The address of one of our pages in this business."""
    return reverse(f"market:{view}", args=[request.business.slug, *args])


def language() -> str:
    """Of the reader, without a country."""
    return (get_language() or "en").split("-")[0]


def add(request: BusinessRequest, form: Any, rows: "QuerySet[Any]") -> Any:
    """Keep what a plain form of a new record says, below the others."""
    row = form.save(commit=False)
    row.business, row.updated_by = request.business, request.user
    row.position = last_position(rows)
    row.save()
    return row


def ask_and_remove(
    request: BusinessRequest, row: Model, *, page: str, back: str, loses: str
) -> HttpResponse:
    """Ask first, since what was written by hand cannot be brought back; then remove it."""
    if request.method == "POST":
        name = str(row)
        row.delete()
        messages.success(request, _("“%(name)s” is removed.") % {"name": name})
        return go(request, at(request, page))
    context = {"row": row, "back": back, "loses": loses}
    return render(request, "market/remove.html", context)


def step(request: BusinessRequest, row: Any, rows: "QuerySet[Any]", *, page: str) -> HttpResponse:
    """One place up or down in its list, as the button says."""
    move(row, rows, by=-1 if request.POST.get("to") == "up" else 1)
    return go(request, at(request, page))
