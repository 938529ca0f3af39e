"""Walking the customer journey: each step works, or is broken and wants to be mended."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.strategy import actions
from waypost.strategy.sections import BY_KEY


@business_view("strategy.edit")
@require_POST
def check(request: BusinessRequest, question: str) -> HttpResponse:
    asked = BY_KEY["journey"].question(question)
    verdict = request.POST.get("works")
    if asked is None or verdict not in ("yes", "no"):
        raise Http404
    actions.check_step(request.business, asked, works=verdict == "yes", by=request.user)
    page = reverse("strategy:section", args=[request.business.slug, "journey"])
    if verdict == "yes":
        return redirect(f"{page}#step-{question}")
    messages.warning(request, _("Noted below. Make a task of it, so that somebody mends it."))
    return redirect(f"{page}#therefore")
