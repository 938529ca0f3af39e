"""The page on which somebody's rights are narrowed to what they work on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from waypost.accounts import actions
from waypost.accounts.guard import BusinessRequest, business_view
from waypost.accounts.models import Business, Member
from waypost.accounts.permissions import Narrowing
from waypost.kit.errors import Refusal
from waypost.kit.htmx import show_refusal

EVERYTHING = gettext_lazy("Everything that the role allows")
EXPLAINED = {
    Narrowing.AD_ACTUALS: gettext_lazy(
        "They enter what adverts really cost, and change nothing else. They see everything."
    ),
    Narrowing.CHANNELS: gettext_lazy(
        "They write, plan and post for these accounts alone. They see everything."
    ),
}


class NarrowForm(forms.Form):
    to = forms.ChoiceField(
        label=gettext_lazy("May do"),
        required=False,
        widget=forms.RadioSelect,
        choices=lambda: [
            ("", EVERYTHING),
            *((each.value, f"{each.label}: {EXPLAINED[each]}") for each in Narrowing),
        ],
    )
    channels = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Accounts"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("These count when only some accounts are chosen above."),
    )

    def __init__(self, business: Business, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels = self.fields["channels"]
        assert isinstance(channels, forms.TypedMultipleChoiceField)
        channels.choices = [(each.pk, str(each)) for each in business.connections.usable()]
        if not channels.choices:
            del self.fields["channels"]


@business_view("accounts.manage")
@require_http_methods(["GET", "POST"])
def narrow(request: BusinessRequest, pk: int) -> HttpResponse:
    members = request.business.members.select_related("user", "business")
    member: Member = get_object_or_404(members, pk=pk)
    initial = {"to": member.narrowed_to, "channels": member.channels}
    form = NarrowForm(request.business, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.narrow(member, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            told = _("%(person)s: %(rights)s.")
            rights = member.get_narrowed_to_display() or EVERYTHING
            messages.success(request, told % {"person": member.user, "rights": rights})
            return redirect("accounts:people", request.business.slug)
    context = {"form": form, "person": member}
    return render(request, "home/narrow.html", context, status=422 if form.errors else 200)
