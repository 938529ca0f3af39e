"""Who is away: the list, and one entry of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts import actions
from waypost.accounts.away import absences_of
from waypost.accounts.forms import AbsenceForm
from waypost.accounts.guard import BusinessRequest, business_view
from waypost.accounts.models import Absence
from waypost.accounts.models.absences import AbsenceQuerySet
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal


@business_view("accounts.view")
@require_GET
def absences(request: BusinessRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = absences_of(request.business).from_day(today)
    context = {
        "absences": [(each, _may_change(request, each)) for each in rows],
        "today": today,
    }
    return render(request, "accounts/absences.html", context)


@business_view("accounts.view")
@require_http_methods(["GET", "POST"])
def absence_new(request: BusinessRequest) -> HttpResponse:
    """An owner writes down anybody's days off, everybody else their own."""
    form = _form(request, None)
    if request.method == "POST" and form.is_valid():
        values = {"member": request.member, **form.values}
        try:
            actions.add_absence(**values, by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The days off are noted."))
            return redirect("accounts:absences", request.business.slug)
    return _page(request, form, None)


@business_view("accounts.view")
@require_http_methods(["GET", "POST"])
def absence(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(_own(request), pk=pk)
    form = _form(request, row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_absence(row, **form.values, by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The days off are changed."))
            return redirect("accounts:absences", request.business.slug)
    return _page(request, form, row)


@business_view("accounts.view")
@require_POST
def absence_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(_own(request), pk=pk)
    actions.remove_absence(row, by=request.user)
    messages.success(request, _("The entry is gone: they work on these days."))
    return redirect("accounts:absences", request.business.slug)


def _own(request: BusinessRequest) -> AbsenceQuerySet:
    """Entries that the person may change."""
    rows = absences_of(request.business)
    manages = request.member.may("accounts.manage")
    return rows if manages else rows.filter(member=request.member)


def _may_change(request: BusinessRequest, row: Absence) -> bool:
    return request.member.may("accounts.manage") or row.member_id == request.member.pk


def _form(request: BusinessRequest, row: Absence | None) -> AbsenceForm:
    members = list(request.business.members.select_related("user"))
    names = ("from_date", "until_date", "note")
    initial = {name: getattr(row, name) for name in names} if row else {}
    initial["stand_in"] = row.stand_in_id if row else None
    initial["member"] = request.member.pk
    alone = row is not None or not request.member.may("accounts.manage") or len(members) == 1
    return AbsenceForm(members, request.POST or None, initial=initial, alone=alone)


def _page(request: BusinessRequest, form: AbsenceForm, row: Absence | None) -> HttpResponse:
    context = {"form": form, "absence": row}
    status = 422 if form.errors else 200
    return render(request, "accounts/absence.html", context, status=status)
