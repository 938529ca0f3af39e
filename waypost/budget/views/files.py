"""The budget as a file: taking it out, and bringing one in after a look at it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.budget import export
from waypost.budget.actions.spending import Brought, bring_spending, remember
from waypost.budget.import_forms import FileForm, SpendForm, recalled
from waypost.budget.imports import Outcome, bring_in
from waypost.budget.models import Budget
from waypost.budget.reading import read
from waypost.budget.spend import Spending, entries, guess, read_spending
from waypost.budget.views.shared import sheet_url
from waypost.documents.held import Held
from waypost.documents.kinds import BadFile
from waypost.documents.rendering import MIMES
from waypost.kit.htmx import go

SHOWN = 200  # rows of a long table


@business_view("budget.view")
@require_GET
def export_file(request: BusinessRequest, format_name: str) -> HttpResponse:
    """``?year=`` and ``?currency=`` say which budget, ``?blank`` asks for the template."""
    if format_name not in export.BUDGET.formats:
        raise Http404
    blank = "blank" in request.GET
    if blank:
        book = export.template(request.business, year=timezone.localdate().year)
    else:
        budget = _asked_for(request)
        if budget is None:
            messages.info(request, _("This business has no budget yet. Start one first."))
            return redirect("budget:sheet", request.business.slug)
        book = read(budget)
    content = export.write(book, format_name, business=request.business.name)
    name = f"{request.business.slug}-budget-{'template' if blank else book.budget.year}"
    answer = HttpResponse(content, content_type=MIMES[format_name])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{format_name}"'
    return answer


def _asked_for(request: BusinessRequest) -> Budget | None:
    year, currency = request.GET.get("year", ""), request.GET.get("currency", "")
    rows = request.business.budgets.all()
    if year:
        rows = rows.filter(year=int(year) if year.isdecimal() and len(year) == 4 else 0)
        return get_object_or_404(rows.filter(currency=currency) if currency else rows[:1])
    try:
        return export.budget_of(request.business, today=timezone.localdate())
    except BadFile:
        return None


@business_view("budget.edit")
@require_http_methods(["GET", "POST"])
def import_file(request: BusinessRequest) -> HttpResponse:
    """The workbook filled in offline: first what it would change."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            held = form.held()
            outcome = _look_at(request, held)
        except BadFile as error:
            form.add_error("file", str(error))
        else:
            return _show_outcome(request, held, outcome)
    return _show_import(request, form, FileForm())


@business_view("budget.edit")
@require_POST
def import_accept(request: BusinessRequest) -> HttpResponse:
    """Do what was shown; when the budget changed meanwhile, show anew."""
    try:
        held = Held.unpacked(request.business, request.POST.get("held", ""))
        outcome = _look_at(request, held)
        if outcome.errors or outcome.stamp != request.POST.get("stamp"):
            if not outcome.errors:
                text = _("The budget was changed meanwhile. Look at the differences again.")
                messages.warning(request, text)
            return _show_outcome(request, held, outcome)
        done = bring_in(request.business, held.content, held.name, by=request.user, dry_run=False)
    except BadFile as error:
        messages.error(request, str(error))
        return go(request, reverse("budget:import", args=[request.business.slug]))
    text = _("The file is in the budget: %(added)s new lines, %(changed)s changed.")
    messages.success(request, text % {"added": done.added, "changed": done.changed})
    budget = request.business.budgets.get(year=done.year, currency=done.currency)
    return go(request, sheet_url(request, budget))


def _look_at(request: BusinessRequest, held: Held) -> Outcome:
    return bring_in(request.business, held.content, held.name, by=request.user, dry_run=True)


def _show_outcome(request: BusinessRequest, held: Held, outcome: Outcome) -> HttpResponse:
    context = {
        "outcome": outcome,
        "shown": outcome.differences[:SHOWN],
        "more": max(0, len(outcome.differences) - SHOWN),
        "errors": outcome.errors[:SHOWN],
        "held": held.packed(request.business),
        "name": held.name,
    }
    status = 422 if outcome.errors else 200
    return render(request, "budget/import_look.html", context, status=status)


@business_view("budget.edit")
@require_POST
def spend(request: BusinessRequest) -> HttpResponse:
    """Payments of a bank or an ad network: read the file and guess its columns."""
    form = FileForm(request.POST, request.FILES)
    if not request.business.budgets.exists():
        messages.info(request, _("This business has no budget yet. Start one first."))
        return go(request, reverse("budget:sheet", args=[request.business.slug]))
    if form.is_valid():
        try:
            held = form.held()
            spending = read_spending(held.content, held.name)
        except BadFile as error:
            form.add_error("file", str(error))
        else:
            first = SpendForm(
                spending=spending, budgets=_budgets(request), initial=_first(request, spending)
            )
            return _show_spend(request, held, spending, first, None)
    return _show_import(request, FileForm(), form)


@business_view("budget.edit")
@require_POST
def spend_bring(request: BusinessRequest) -> HttpResponse:
    """Try the columns and rules, or (``accept``) write what they bring."""
    try:
        held = Held.unpacked(request.business, request.POST.get("held", ""))
        spending = read_spending(held.content, held.name)
    except BadFile as error:
        messages.error(request, str(error))
        return go(request, reverse("budget:import", args=[request.business.slug]))
    form = SpendForm(request.POST, spending=spending, budgets=_budgets(request))
    if not form.is_valid():
        return _show_spend(request, held, spending, form, None)
    accept = "accept" in request.POST
    budget = form.chosen
    told = entries(spending, form.mapping)
    brought = bring_spending(budget, told, by=request.user, dry_run=not accept)
    if not accept or brought.errors:
        return _show_spend(request, held, spending, form, brought, incoming=told.incoming)
    remember(request.business, spending.signature, form.remembered())
    number = len(brought.new)
    text = ngettext("%(n)s expense is imported.", "%(n)s expenses are imported.", number)
    messages.success(request, text % {"n": number})
    return go(request, sheet_url(request, budget))


def _budgets(request: BusinessRequest) -> list[Budget]:
    rows = list(request.business.budgets.all())
    if rows:
        first = export.budget_of(request.business, today=timezone.localdate())
        rows.sort(key=lambda each: each.pk != first.pk)
    for each in rows:
        each.business = request.business
    return rows


def _first(request: BusinessRequest, spending: Spending) -> dict[str, object]:
    """What was chosen for the last file of this kind, else a guess."""
    guessed = guess(spending)
    found: dict[str, object] = {
        "date": guessed.date,
        "vendor": guessed.vendor,
        "amount": guessed.amount,
        "sign": "minus" if guessed.minus_is_spent else "plus",
    }
    known = request.business.import_mappings.filter(name=spending.signature).first()
    return found | recalled(spending, known.columns) if known else found


def _show_spend(
    request: BusinessRequest,
    held: Held,
    spending: Spending,
    form: SpendForm,
    brought: Brought | None,
    *,
    incoming: int = 0,
) -> HttpResponse:
    context = {
        "form": form,
        "spending": spending,
        "sample": spending.lines[:5],
        "brought": brought,
        "new": brought.new[:SHOWN] if brought else (),
        "errors": brought.errors[:SHOWN] if brought else (),
        "incoming": incoming,
        "held": held.packed(request.business),
        "name": held.name,
    }
    wrong = form.errors or (brought and brought.errors)
    return render(request, "budget/spend.html", context, status=422 if wrong else 200)


def _show_import(request: BusinessRequest, workbook: FileForm, payments: FileForm) -> HttpResponse:
    context = {"form": workbook, "payments": payments}
    status = 422 if workbook.errors or payments.errors else 200
    return render(request, "budget/import.html", context, status=status)
