"""Where visits and orders come from: a shop or a counter of visits, connected and taken away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.content.models import LinkRule
from waypost.insights import visits, work
from waypost.insights.forms import SourceForm
from waypost.kit.errors import Refusal
from waypost.kit.htmx import go, show_refusal
from waypost.providers.visit_sources import SOURCES


@business_view("insights.view")
@require_GET
def sources(request: BusinessRequest) -> HttpResponse:
    """What is connected, and what can be."""
    rows = request.business.visit_sources.all()
    context = {
        "sources": [(row, SOURCES[row.kind]) for row in rows if row.kind in SOURCES],
        "services": SOURCES.values(),
        "has_rule": LinkRule.objects.filter(business=request.business, active=True).exists(),
        "may_connect": request.member.may("connections.connect"),
        "may_pull": request.member.may("insights.pull"),
    }
    return render(request, "insights/sources.html", context)


@business_view("connections.connect")
@require_http_methods(["GET", "POST"])
def source_connect(request: BusinessRequest, service: str) -> HttpResponse:
    if service not in SOURCES:
        raise Http404
    form = SourceForm(request.POST or None, service=SOURCES[service])
    if request.method == "POST" and form.is_valid():
        try:
            source = visits.connect(request.business, service, form.cleaned_data, by=request.user)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            work.ask_source(source.pk)
            words = _("%(name)s is connected. Its last 90 days are being read.")
            messages.success(request, words % {"name": source})
            return go(request, _url(request))
    context = {"service": SOURCES[service], "form": form}
    status = 422 if form.errors else 200
    return render(request, "insights/source_connect.html", context, status=status)


@business_view("insights.pull")
@require_POST
def source_ask(request: BusinessRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(request.business.visit_sources, pk=pk)
    visits.ask_now(source)
    work.ask_source(source.pk)
    messages.success(request, _("Waypost is asking. Reload this page in a minute."))
    return go(request, _url(request))


@business_view("connections.connect")
@require_POST
def source_remove(request: BusinessRequest, pk: int) -> HttpResponse:
    visits.remove(get_object_or_404(request.business.visit_sources, pk=pk))
    messages.success(request, _("It is not asked any more, and its access is deleted."))
    return go(request, _url(request))


def _url(request: BusinessRequest) -> str:
    return reverse("insights:sources", args=[request.business.slug])
