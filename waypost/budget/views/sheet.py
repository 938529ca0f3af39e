"""The sheet: lines by months."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.budget.actions import is_allowed
from waypost.budget.grid import SHOWS, Grid
from waypost.budget.models import MONTHS, Budget
from waypost.budget.overview import overview
from waypost.budget.reading import Book, read


@business_view("budget.view")
@require_GET
def sheet_page(request: BusinessRequest) -> HttpResponse:
    budgets: Sequence[Budget] = list(request.business.budgets.annotate(seen=Max("changes__pk")))
    may_edit = request.member.may("budget.edit")
    if not budgets:
        _refuse_wish(request)
        return render(request, "budget/none.html", {"may_edit": may_edit})
    budget = _chosen(request, budgets)
    book = read(budget)
    context = {
        "budgets": budgets,
        "budget": budget,
        "may_edit": may_edit,
        "is_foreign": budget.currency != request.business.currency,
        **_grid(request, book),
        **_closing(request, book),
        "overview": overview(book, today=timezone.localdate()),
    }
    return render(request, "budget/sheet.html", context)


def _refuse_wish(request: BusinessRequest) -> None:
    if "year" in request.GET:
        raise Http404


def _chosen(request: BusinessRequest, budgets: Sequence[Budget]) -> Budget:
    """The budget of ``?year=&currency=``, else of this year, else the latest."""
    year, currency = request.GET.get("year"), request.GET.get("currency")
    if year:
        fitting = [one for one in budgets if str(one.year) == year]
        found = next((one for one in fitting if one.currency == currency), None)
        if not fitting:
            raise Http404
        return found or fitting[0]
    now = timezone.localdate().year
    return next((one for one in budgets if one.year == now), budgets[0])


def _grid(request: BusinessRequest, book: Book) -> dict[str, Any]:
    show = request.GET.get("show", "plan")
    if show not in SHOWS:
        raise Http404
    with_hidden = request.GET.get("hidden") == "1"
    member = request.member
    grid = Grid(
        book,
        show,
        slug=request.business.slug,
        may=lambda line, kind: is_allowed(member, line, kind),
        with_hidden=with_hidden,
        may_edit=member.may("budget.edit"),
    )
    month = _month(request, book)
    return {
        "grid": grid,
        "show": show,
        "shows": SHOWS.items(),
        "month": month,
        "month_before": month - 1 or None,
        "month_after": month + 1 if month < 12 else None,
        "with_hidden": with_hidden,
        "hidden_lines": sum(line.hidden for line in book.lines),
        "arrange": member.may("budget.edit") and request.GET.get("arrange") == "1",
        "can_type": show in {"plan", "actual"}
        and any(is_allowed(member, line, show) for line in book.lines),
        "seen": getattr(book.budget, "seen", None) or 0,
        "through_name": MONTH_NAMES.get(book.sheet.through, ""),
        "words": _sentences(),
    }


def _month(request: BusinessRequest, book: Book) -> int:
    """The month a phone shows: the wanted one, else the first open one."""
    wanted = request.GET.get("month", "")
    if wanted in {str(month) for month in MONTHS}:
        return int(wanted)
    return min(max(book.closed, default=0) + 1, 12)


def _closing(request: BusinessRequest, book: Book) -> dict[str, Any]:
    last = max(book.closed, default=0)
    return {
        "may_close": request.member.may("budget.close"),
        "to_close": (last + 1, MONTH_NAMES[last + 1]) if last < 12 else None,
        "to_open": (last, MONTH_NAMES[last]) if last else None,
    }


def _sentences() -> dict[str, str]:
    """What the island says."""
    return {
        "saved": _("Saved at {time}"),
        "saving": _("Saving …"),
        "failed": _("Not saved: there is no connection. Press Enter to try again."),
        "undone": _("Taken back at {time}"),
        "nothing": _("There is nothing to undo."),
        "pasted": _("Pasted at {time}"),
        "empty": _("empty"),
    }
