"""What the pages of the budget have in common."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from waypost.accounts.guard import BusinessRequest
from waypost.budget.models import Budget, Line


def sheet_url(request: BusinessRequest, budget: Budget, **more: Any) -> str:
    words = {"year": budget.year, "currency": budget.currency, **more}
    query = "&".join(f"{name}={value}" for name, value in words.items() if value not in ("", None))
    return f"{reverse('budget:sheet', args=[request.business.slug])}?{query}"


def form_page(
    request: BusinessRequest, template: str, form: BaseForm, **context: Any
) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def budget_of(request: BusinessRequest, pk: int) -> Budget:
    return get_object_or_404(request.business.budgets.select_related("business"), pk=pk)


def line_of(request: BusinessRequest, pk: int, *, removed: bool = False) -> Line:
    """A line of this business with its budget and category; 404 for a removed one."""
    line = get_object_or_404(
        Line.objects.select_related("budget__business", "category"),
        pk=pk,
        budget__business=request.business,
    )
    if line.removed_at and not removed:
        raise Http404
    return line


def wants_json(request: BusinessRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def number_in(request: BusinessRequest, name: str) -> int:
    """A whole number that was posted; 0 when it is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def say_refused(request: BusinessRequest, message: str) -> None:
    messages.error(request, message)
