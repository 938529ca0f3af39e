"""The page on which the numbers of a month are typed."""

import datetime as dt

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.insights.month_grid import Grid, MonthForm, MonthStore, usual_month
from waypost.kit.careful import respond, save


@business_view("insights.record")
@never_cache
@require_http_methods(["GET", "POST"])
def numbers(request: BusinessRequest) -> HttpResponse:
    """``?month=2026-10``, else the last whole one; ``?all`` asks for every metric."""
    today = timezone.localdate()
    month = read_month(request.GET.get("month", ""), today)
    grid = Grid.read(request.business, month, everything="all" in request.GET)
    form = MonthForm(grid, request.POST or None)
    saved = save(form, MonthStore(grid, by=request.user), by=request.user)
    context = {
        "grid": grid,
        "has_next": grid.month_after <= today,
        "may_plan": request.member.may("market.edit"),
    }
    return respond(
        request,
        form,
        saved,
        template="insights/numbers.html",
        context=context,
        then=request.get_full_path(),
    )


def read_month(text: str, today: dt.date) -> dt.date:
    """The first day of the month; what cannot be read, or has not begun, is the usual one."""
    try:
        month = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        return usual_month(today)
    return month if dt.date(2000, 1, 1) <= month <= today else usual_month(today)
