"""Versions: approve the strategy, and see what changed since."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.kit.errors import Refusal
from waypost.strategy.actions import versions as actions
from waypost.strategy.differences import compare as differences
from waypost.strategy.forms import ApproveForm
from waypost.strategy.reading import Chapter, read


@business_view("strategy.view")
@require_GET
def versions(request: BusinessRequest) -> HttpResponse:
    return _show(request, ApproveForm())


def _show(request: BusinessRequest, form: ApproveForm, status: int = 200) -> HttpResponse:
    rows = request.business.strategy_versions.defer("content").select_related("approved_by")
    context = {
        "versions": rows,
        "form": form,
        "may_approve": request.member.may("strategy.approve"),
    }
    return render(request, "strategy/versions.html", context, status=status)


@business_view("strategy.approve")
@require_POST
def approve(request: BusinessRequest) -> HttpResponse:
    form = ApproveForm(request.POST)
    if form.is_valid():
        try:
            version = actions.approve(
                request.business, note=form.cleaned_data["note"], by=request.user
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, _("Version %(number)s is approved.") % {"number": version.number}
            )
            return redirect("strategy:versions", request.business.slug)
    return _show(request, form, 422)


@business_view("strategy.view")
@require_GET
def compare(request: BusinessRequest, number: int) -> HttpResponse:
    """What changed since a version; with ``?to=`` up to a later version."""
    rows = request.business.strategy_versions.select_related("approved_by")
    version = get_object_or_404(rows, number=number)
    later = rows.filter(number=_number(request.GET.get("to", ""))).first()
    old = [Chapter.from_json(told) for told in version.content]
    if later:
        new = [Chapter.from_json(told) for told in later.content]
    else:
        # Questions are part of the reading, so both must be in one language.
        with translation.override(version.language):
            new = read(request.business)
    others = rows.defer("content").filter(number__gt=number)
    context = {
        "version": version,
        "later": later,
        "others": others,
        "chapters": differences(old, new),
    }
    return render(request, "strategy/compare.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
