"""The page of who has how much to do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.home.workload import TASK_MINUTES, gather


@business_view("accounts.view")
@require_GET
def workload(request: BusinessRequest) -> HttpResponse:
    found = gather(request.business, timezone.localdate())
    context = {"workload": found, "task_minutes": TASK_MINUTES}
    return render(request, "home/workload.html", context)
