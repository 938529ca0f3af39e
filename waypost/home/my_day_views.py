"""My day: across all businesses of the person, shown in the frame of one of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.home.my_day import gather


@business_view("home.view")
@require_GET
def my_day(request: BusinessRequest) -> HttpResponse:
    context = {"day": gather(request.user), "now": timezone.now()}
    return render(request, "home/my_day.html", context)
