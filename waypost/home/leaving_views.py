"""The page on which somebody's work is handed over before they leave the business."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.accounts.models import Member
from waypost.home.leaving import NOBODY, Bundle, Leaving, Passed, gather, leave
from waypost.kit.errors import Refusal


class LeavingForm(forms.Form):
    """One choice for each bundle of what they hold."""

    close_links = forms.BooleanField(
        label=gettext_lazy("Close the links to the roadmap that they made"),
        required=False,
        initial=True,
    )

    def __init__(self, leaving: Leaving, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leaving = leaving
        self.known: dict[int, Member | None] = {each.pk: each for each in leaving.others}
        self.known[NOBODY] = None
        for bundle in leaving.bundles:
            self.fields[bundle.key] = self._choice(bundle)
        if not leaving.links:
            del self.fields["close_links"]

    def _choice(self, bundle: Bundle) -> forms.Field:
        people = [(each.pk, str(each.user)) for each in self.leaving.others]
        usual = bundle.usual.pk if bundle.usual else NOBODY
        return forms.TypedChoiceField(
            label=_("Goes to"),
            choices=[*people, (NOBODY, _("Nobody for now"))],
            coerce=int,
            empty_value=usual,  # type: ignore[arg-type]  # what coerce answers is an int
            initial=usual,
            required=False,
        )

    def bundles(self) -> list[tuple[Bundle, Any]]:
        return [(bundle, self[bundle.key]) for bundle in self.leaving.bundles]

    @property
    def successors(self) -> dict[str, Member | None]:
        return {
            bundle.key: self.known[self.cleaned_data[bundle.key]] for bundle in self.leaving.bundles
        }


@business_view("accounts.manage")
@never_cache
@require_http_methods(["GET", "POST"])
def person_leaves(request: BusinessRequest, pk: int) -> HttpResponse:
    members = request.business.members.select_related("user", "business")
    member = get_object_or_404(members, pk=pk)
    leaving = gather(request.business, member)
    form = LeavingForm(leaving, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            passed = leave(
                leaving,
                form.successors,
                close_links=form.cleaned_data.get("close_links", False),
                by=request.user,
            )
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("accounts:people", request.business.slug)
        messages.success(request, _told(member, passed))
        if member.user_id == request.user.pk:
            return redirect("home:start")
        return redirect("accounts:people", request.business.slug)
    context = {"leaving": leaving, "form": form}
    return render(request, "home/leaving.html", context, status=422 if form.errors else 200)


def _told(member: Member, passed: Passed) -> str:
    gone = _("%(person)s is no longer in this business.") % {"person": member.user}
    if not (passed.hats or passed.things):
        return gone
    hats = ngettext("%(n)s hat", "%(n)s hats", passed.hats) % {"n": passed.hats}
    things = ngettext("%(n)s piece of work", "%(n)s pieces of work", passed.things)
    told = _("Handed over: %(hats)s and %(things)s.")
    return f"{gone} {told % {'hats': hats, 'things': things % {'n': passed.things}}}"
