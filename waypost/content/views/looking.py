"""The month and the list."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content import calendar as months
from waypost.content.forms import FilterForm, ListFilterForm
from waypost.content.models import Status

PER_PAGE = 50


@business_view("content.view")
@require_safe
def calendar(request: BusinessRequest) -> HttpResponse:
    today = timezone.localdate()
    month = months.Month.read(request.GET.get("month", ""), months.Month.of(today))
    filters = FilterForm(request.business, request.GET)
    may_write = request.member.may("content.write")
    entries = months.read(request.business, month, filters.chosen())
    context = {
        "month": month,
        "month_title": months.title(month),
        "previous": month.plus(-1),
        "next": month.plus(1),
        "weekdays": list(months.weekdays()),
        "days": months.days(request.business, month, entries, today=today, may_move=may_write),
        "is_empty": not entries,
        "filters": filters,
        "may_write": may_write,
    }
    return render(request, "content/calendar.html", context)


@business_view("content.view")
@require_safe
def items(request: BusinessRequest) -> HttpResponse:
    filters = ListFilterForm(request.business, request.GET)
    rows = request.business.items.matching(**filters.chosen()).with_channels()
    page = Paginator(rows.order_by("-updated_at", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "filters": filters,
        "page": page,
        "may_write": request.member.may("content.write"),
        "ideas": Status.IDEA,
    }
    return render(request, "content/items.html", context)
