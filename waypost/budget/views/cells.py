"""Writing cells: one, a pasted block, and back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.budget import actions
from waypost.budget.actions import Conflict
from waypost.budget.actions.cells import KINDS, Kind, Written
from waypost.budget.forms import CellForm, PasteForm
from waypost.budget.grid import Words
from waypost.budget.models import ActualAmount, Budget, Line, PlannedAmount
from waypost.budget.views.shared import (
    budget_of,
    line_of,
    number_in,
    say_refused,
    sheet_url,
    wants_json,
)
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal


@business_view("budget.actuals_ads")
@require_http_methods(["GET", "POST"])
def cell(request: BusinessRequest, pk: int, kind: str, month: int) -> HttpResponse:
    """One cell: a small page to change it, or JSON for the sheet's own script."""
    line = line_of(request, pk)
    wanted = _kind(kind)
    if not actions.is_allowed(request.member, line, wanted):
        raise PermissionDenied
    if month not in range(1, 13):
        raise Http404
    if request.method == "GET":
        return _cell_page(request, line, wanted, month)
    try:
        done = _write(request, line, wanted, month)
    except Refusal as refusal:
        return _refused(request, line, wanted, month, refusal)
    except Conflict as conflict:
        return _compare(request, line, wanted, month, conflict)
    return _saved(request, line, wanted, month, done)


def _kind(text: str) -> Kind:
    if text not in KINDS:
        raise Http404
    return text


def _write(request: BusinessRequest, line: Line, kind: Kind, month: int) -> Written:
    amount = actions.parse_amount(request.POST.get("amount", ""), kind=kind)
    return actions.write_cell(
        line,
        kind=kind,
        month=month,
        amount=amount,
        by=request.user,
        version=number_in(request, "version"),
    )


def _saved(
    request: BusinessRequest, line: Line, kind: Kind, month: int, done: Written
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse(
            {
                "amount": Words().amount(done.amount),
                "version": done.version,
                "batch": done.batch,
                "at": timezone.localtime().strftime("%H:%M:%S"),
            }
        )
    messages.success(request, _("The amount is saved."), extra_tags=_undo_tag(request, line, done))
    return go(request, sheet_url(request, line.budget, show=kind, month=month))


def _undo_tag(request: BusinessRequest, line: Line, done: Written) -> str:
    if not done.batch:
        return ""
    url = reverse("budget:undo", args=[request.business.slug, line.budget_id])
    return f"undo:{url}?batch={done.batch}"


def _refused(
    request: BusinessRequest, line: Line, kind: Kind, month: int, refusal: Refusal
) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": refusal.message}, status=422)
    form = CellForm(request.POST)
    form.full_clean()
    show_refusal(form, refusal)
    return _cell_page(request, line, kind, month, form)


def _compare(
    request: BusinessRequest, line: Line, kind: Kind, month: int, conflict: Conflict
) -> HttpResponse:
    theirs = Words().amount(conflict.theirs)
    words = {
        "who": str(conflict.by or _("Somebody")),
        "theirs": theirs or _("empty"),
        "yours": request.POST.get("amount", "").strip() or _("empty"),
    }
    told = _("%(who)s changed this cell to %(theirs)s meanwhile; you typed %(yours)s.") % words
    if wants_json(request):
        answer = {"conflict": told, "theirs": theirs, "version": conflict.version}
        return JsonResponse(answer, status=409)
    data = {"amount": request.POST.get("amount", ""), "version": conflict.version}
    return _cell_page(request, line, kind, month, CellForm(initial=data), told=told)


def _cell_page(
    request: BusinessRequest,
    line: Line,
    kind: Kind,
    month: int,
    form: CellForm | None = None,
    told: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "line": line,
        "kind": kind,
        "month": month,
        "month_name": MONTH_NAMES[month],
        "form": form or CellForm(initial=_now(line, kind, month)),
        "told": told,
        "expenses": list(line.expenses.filter(month=month)) if kind == "actual" else [],
        "closed": line.budget.closes.filter(month=month).exists(),
        "back": sheet_url(request, line.budget, show=kind, month=month),
    }
    wrong = bool(form and form.errors)
    return render(
        request, "budget/cell.html", context, status=409 if told else 422 if wrong else 200
    )


def _now(line: Line, kind: Kind, month: int) -> dict[str, Any]:
    model: type[PlannedAmount | ActualAmount] = PlannedAmount if kind == "plan" else ActualAmount
    row = model._default_manager.filter(line=line, month=month).first()
    return {
        "amount": Words().amount(row.amount) if row else "",
        "version": row.version if row else 0,
    }


@business_view("budget.actuals_ads")
@require_http_methods(["GET", "POST"])
def paste(request: BusinessRequest, pk: int) -> HttpResponse:
    """A block of cells as a spreadsheet copies it, from one cell to the right and down."""
    budget = budget_of(request, pk)
    form = PasteForm(request.POST or None, lines=_writable(request, budget))
    if request.method == "POST" and form.is_valid():
        try:
            batch, number = _paste(request, form)
        except Refusal as refusal:
            if wants_json(request):
                return JsonResponse({"error": refusal.message}, status=422)
            show_refusal(form, refusal)
        else:
            return _pasted(request, budget, form, batch, number)
    elif form.errors and wants_json(request):
        told = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"error": told}, status=422)
    status = 422 if form.errors else 200
    return render(request, "budget/paste.html", {"form": form, "budget": budget}, status=status)


def _writable(request: BusinessRequest, budget: Budget) -> list[Line]:
    lines = budget.lines.kept().select_related("category", "budget__business")
    return [line for line in lines if actions.is_allowed(request.member, line, "actual")]


def _paste(request: BusinessRequest, form: PasteForm) -> tuple[str, int]:
    lines = [line for line in form.below() if not line.hidden or form.cleaned_data["hidden"]]
    kind = _kind(form.cleaned_data["kind"])
    if not all(actions.is_allowed(request.member, line, kind) for line in lines):
        raise PermissionDenied
    return actions.paste(
        lines,
        kind=kind,
        month=int(form.cleaned_data["month"]),
        text=form.cleaned_data["text"],
        by=request.user,
        seen=form.cleaned_data["seen"],
    )


def _pasted(
    request: BusinessRequest, budget: Budget, form: PasteForm, batch: str, number: int
) -> HttpResponse:
    if wants_json(request):
        at = timezone.localtime().strftime("%H:%M:%S")
        return JsonResponse({"batch": batch if number else "", "changed": number, "at": at})
    url = reverse("budget:undo", args=[request.business.slug, budget.pk])
    messages.success(
        request, _("The block is pasted."), extra_tags=f"undo:{url}?batch={batch}" if number else ""
    )
    kind, month = form.cleaned_data["kind"], form.cleaned_data["month"]
    return go(request, sheet_url(request, budget, show=kind, month=month))


@business_view("budget.actuals_ads")
@require_POST
def undo(request: BusinessRequest, pk: int) -> HttpResponse:
    budget = budget_of(request, pk)
    batch = request.POST.get("batch") or request.GET.get("batch", "")
    try:
        back = actions.undo(budget, batch=batch, member=request.member)
    except Refusal as refusal:
        if wants_json(request):
            return JsonResponse({"error": refusal.message}, status=422)
        say_refused(request, refusal.message)
        return go(request, sheet_url(request, budget))
    if wants_json(request):
        at = timezone.localtime().strftime("%H:%M:%S")
        return JsonResponse({"batch": back, "at": at})
    messages.info(request, _("The amounts are as they were."))
    return go(request, sheet_url(request, budget))
