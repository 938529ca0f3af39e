"""The sheet: lines by months."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view


@business_view("budget.view")
@require_GET
def sheet_page(request: BusinessRequest) -> HttpResponse:
    return render(request, "budget/sheet.html", {})
