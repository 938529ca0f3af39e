"""The page of the switch "pause everything"."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content.models import Status as ItemStatus
from waypost.publishing import pausing

SHOWN = 20


class PauseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Your colleagues read it on every page."),
    )


@business_view("publishing.schedule")
@require_http_methods(["GET", "POST"])
def pause(request: BusinessRequest) -> HttpResponse:
    """What the pause would hold back; on POST it begins."""
    form = PauseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pausing.pause(request.business, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Everything is paused. Nothing goes out until you resume."))
        return redirect("publishing:pause", request.business.slug)
    planned = request.business.items.filter(status=ItemStatus.SCHEDULED).order_by("due_at", "pk")
    context = {
        "form": form,
        "planned": planned[:SHOWN],
        "count": planned.count(),
        "held": pausing.held(request.business)[:SHOWN],
    }
    return render(request, "publishing/pause.html", context, status=422 if form.errors else 200)


@business_view("publishing.schedule")
@require_POST
def resume(request: BusinessRequest) -> HttpResponse:
    late = pausing.resume(request.business, by=request.user)
    messages.success(request, _("Publishing goes on."))
    if not late:
        return redirect("publishing:pause", request.business.slug)
    words = ngettext(
        "%(n)d post became late meanwhile. Say what becomes of it.",
        "%(n)d posts became late meanwhile. Say what becomes of them.",
        late,
    )
    messages.warning(request, words % {"n": late})
    return redirect("publishing:late", request.business.slug)
