"""Links to the roadmap, and the page they open."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view, open_view
from waypost.accounts.models import Business
from waypost.goals.actions import sharing
from waypost.goals.roadmap import Wanted, roadmap
from waypost.goals.roadmap_forms import chosen_scale
from waypost.goals.views.roadmap import page_context
from waypost.kit.doors import PRIVATE, LinkForm, private
from waypost.kit.htmx import go


@business_view("goals.share")
@require_http_methods(["GET", "POST"])
def roadmap_links(request: BusinessRequest) -> HttpResponse:
    """Links that work now; a new one is shown once, in the answer that made it."""
    form = LinkForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        _link, token = sharing.create_link(
            request.business, days=form.cleaned_data["days"], by=request.user
        )
        address = request.build_absolute_uri(reverse("shared_roadmap", args=[token]))
    context = {
        "form": form,
        "address": address,
        "links": sharing.active_links(request.business),
    }
    answer = render(
        request, "goals/roadmap_links.html", context, status=422 if form.errors else 200
    )
    answer.headers["Cache-Control"] = PRIVATE["Cache-Control"]
    return answer


@business_view("goals.share")
@require_POST
def roadmap_link_revoke(request: BusinessRequest, pk: int) -> HttpResponse:
    sharing.revoke(get_object_or_404(request.business.roadmap_links, pk=pk))
    messages.success(request, _("The link is withdrawn. It opens nothing any more."))
    return go(request, reverse("goals:roadmap_links", args=[request.business.slug]))


@open_view
@require_GET
def shared_roadmap(request: HttpRequest, token: str) -> HttpResponse:
    """The roadmap for whoever holds the link: to look at, without any way onwards."""
    business = sharing.find(token)
    if business is None:
        return private(render(request, "goals/roadmap_gone.html", status=404))
    with timezone.override(business.zone), translation.override(business.language):
        return private(_show(request, business))


def _show(request: HttpRequest, business: Business) -> HttpResponse:
    scale = chosen_scale(request.GET.get("scale", ""))
    today = timezone.localdate()
    plan = roadmap(business, Wanted(), today)
    context = page_context(business, plan, scale, today, may_edit=False, slug="")
    return render(request, "goals/roadmap_shared.html", {**context, "name": business.name})
