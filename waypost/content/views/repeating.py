"""Pages of what comes again: the rule of one post, all repeats, the evergreen shelf."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content.actions import may, repeating
from waypost.content.forms import DayInput
from waypost.content.models import Evergreen, Repeat, Weekday
from waypost.content.recurring import Frequency, rule_of
from waypost.content.views.deciding import find
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal


class RepeatForm(forms.Form):
    frequency = forms.ChoiceField(
        label=gettext_lazy("How often"), choices=Frequency.choices, initial=Frequency.WEEKLY
    )
    interval = forms.IntegerField(
        label=gettext_lazy("Every how many of them"),
        min_value=1,
        max_value=52,
        initial=1,
        help_text=gettext_lazy("2 with “every week” is every second week."),
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On these days of the week"),
        choices=Weekday.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None: the day of the post itself."),
    )
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput)
    count = forms.IntegerField(
        label=gettext_lazy("Times altogether"), required=False, min_value=2, max_value=500
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("until") and cleaned.get("count"):
            self.add_error("count", _("Say either until when or how many times."))
        return cleaned

    @property
    def rule(self) -> str:
        chosen = self.cleaned_data
        return rule_of(
            chosen["frequency"],
            interval=chosen["interval"],
            weekdays=tuple(chosen["weekdays"]),
            until=chosen["until"],
            count=chosen["count"],
        )


class EvergreenForm(forms.Form):
    cool_down_days = forms.IntegerField(
        label=gettext_lazy("Days between two runs"), min_value=1, max_value=1000, initial=60
    )
    expires_on = forms.DateField(label=gettext_lazy("Not after"), required=False, widget=DayInput)
    max_runs = forms.IntegerField(
        label=gettext_lazy("Most runs"), required=False, min_value=1, max_value=500
    )


@business_view("content.approve")
@require_http_methods(["GET", "POST"])
def repeat(request: BusinessRequest, pk: int) -> HttpResponse:
    """The rule of one post."""
    item = find(request, pk)
    form = RepeatForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = repeating.start_repeat(item, rule=form.rule, by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            n = made.items.count()
            words = ngettext(
                "%(n)d post stands in the calendar now. More follow by themselves.",
                "%(n)d posts stand in the calendar now. More follow by themselves.",
                n,
            )
            messages.success(request, words % {"n": n})
            return redirect("content:repeats", request.business.slug)
    context = {"form": form, "item": item}
    return render(request, "content/repeat.html", context, status=422 if form.errors else 200)


@business_view("content.view")
@require_safe
def repeats(request: BusinessRequest) -> HttpResponse:
    """All repeats, and the evergreen shelf."""
    rows = request.business.repeats.filter(ended_at=None).select_related("source")
    now = timezone.now()
    shelf = Evergreen.objects.filter(item__business=request.business).select_related("item")
    context = {
        "repeats": [
            (each, each.items.filter(due_at__gt=now).order_by("due_at")[:3]) for each in rows
        ],
        "shelf": [(each, each.runs.exclude(status="cancelled").count()) for each in shelf],
        "may_approve": request.member.may("content.approve"),
    }
    return render(request, "content/repeats.html", context)


@business_view("content.approve")
@require_POST
def repeat_end(request: BusinessRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Repeat, business=request.business, pk=pk)
    n = repeating.end_repeat(found, by=request.user)
    words = ngettext(
        "The repeat has ended, and %(n)d planned post is cancelled.",
        "The repeat has ended, and %(n)d planned posts are cancelled.",
        n,
    )
    messages.success(request, words % {"n": n})
    return redirect("content:repeats", request.business.slug)


@business_view("content.approve")
@require_POST
def change_following(request: BusinessRequest, pk: int) -> HttpResponse:
    """Edit "this and following": the later ones take over what this one says."""
    item = find(request, pk)
    try:
        n = repeating.change_following(item, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        words = ngettext(
            "%(n)d later post says the same now.", "%(n)d later posts say the same now.", n
        )
        messages.success(request, words % {"n": n})
    return redirect("publishing:item", request.business.slug, item.pk)


@business_view("content.approve")
@require_http_methods(["GET", "POST"])
def evergreen(request: BusinessRequest, pk: int) -> HttpResponse:
    """Put one post on the shelf, or say how it stands there."""
    item = find(request, pk)
    known = Evergreen.objects.filter(item=item).values(*EvergreenForm.base_fields).first()
    form = EvergreenForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        repeating.add_evergreen(item, by=request.user, **form.cleaned_data)
        messages.success(request, _("The post is on the evergreen shelf."))
        return redirect("content:repeats", request.business.slug)
    context = {"form": form, "item": item}
    return render(request, "content/evergreen.html", context, status=422 if form.errors else 200)


@business_view("content.approve")
@require_POST
def evergreen_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    """Runs that are planned stay planned."""
    evergreen = get_object_or_404(Evergreen, item__business=request.business, pk=pk)
    if not may(evergreen.item, request.user, "content.approve"):
        raise PermissionDenied
    evergreen.delete()
    messages.success(request, _("The post is off the shelf. What is planned stays planned."))
    return redirect("content:repeats", request.business.slug)
