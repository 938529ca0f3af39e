"""What stood in a post before."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content import actions
from waypost.content.history import entries
from waypost.content.picking import number
from waypost.content.views.deciding import find
from waypost.kit.errors import Refusal


@business_view("content.write")
@require_http_methods(["GET", "POST"])
def history(request: BusinessRequest, pk: int) -> HttpResponse:
    item = find(request, pk)
    if request.method == "POST":
        wanted = number(request.POST.get("revision", ""))
        revision = get_object_or_404(item.revisions, pk=wanted)
        try:
            for note in actions.bring_back(item, revision, by=request.user):
                messages.warning(request, note)
            messages.success(request, _("The earlier text is back. The one before is kept here."))
        except Refusal as refusal:
            messages.error(request, refusal.message)
        return redirect("content:history", request.business.slug, item.pk)
    context = {"item": item, "entries": entries(item)}
    return render(request, "content/history.html", context)
