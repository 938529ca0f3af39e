"""Who changed what: the page and the file."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.accounts.log_reading import LogFilter, as_csv

PAGE = 50  # lines


@business_view("accounts.manage")
@require_GET
def log(request: BusinessRequest) -> HttpResponse:
    form = LogFilter(request.business, request.GET)
    rows = form.rows()
    lines = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"form": form, "lines": lines, "query": query.urlencode(), "asked": form.is_asking}
    return render(request, "accounts/log.html", context, status=200 if form.is_valid() else 422)


@business_view("accounts.manage")
@require_GET
def log_file(request: BusinessRequest) -> HttpResponse:
    """The lines that the page shows, all of them, as CSV."""
    rows = LogFilter(request.business, request.GET).rows()
    answer = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    day = timezone.localdate().isoformat()
    name = f"{request.business.slug}-log-{day}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
