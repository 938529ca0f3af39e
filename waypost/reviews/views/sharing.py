"""Links to a report, and the page and file that they open."""

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waypost.accounts.guard import BusinessRequest, business_view, open_view
from waypost.documents import paper
from waypost.kit.doors import PRIVATE, LinkForm, private
from waypost.kit.htmx import go
from waypost.reviews import actions
from waypost.reviews.assembled import document
from waypost.reviews.models import Report, ReportLink
from waypost.reviews.views.files import answered

MOST_TRIES, SPAN = 30, 600  # wrong tokens from one address, in so many seconds


@business_view("reviews.share")
@require_http_methods(["GET", "POST"])
def links(request: BusinessRequest, pk: int) -> HttpResponse:
    """Links that work now; a new one is shown once, in the answer that made it."""
    report = get_object_or_404(request.business.reports.with_signing(), pk=pk)
    form, address = LinkForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data["days"]
        _link, token = actions.create_link(report, days=days, by=request.user)
        address = request.build_absolute_uri(reverse("shared_report", args=[token]))
    context = {
        "report": report,
        "form": form,
        "address": address,
        "links": report.links.open().select_related("created_by"),
    }
    answer = render(request, "reviews/links.html", context, status=422 if form.errors else 200)
    answer.headers["Cache-Control"] = PRIVATE["Cache-Control"]
    return answer


@business_view("reviews.share")
@require_POST
def link_revoke(request: BusinessRequest, pk: int) -> HttpResponse:
    rows = ReportLink.objects.filter(report__business=request.business)
    link = get_object_or_404(rows, pk=pk)
    actions.revoke_link(link)
    messages.success(request, _("The link is withdrawn. It opens nothing any more."))
    return go(request, reverse("reviews:links", args=[request.business.slug, link.report_id]))


@open_view
@require_GET
def shared_report(request: HttpRequest, token: str) -> HttpResponse:
    """The report for whoever holds the link: to read and print, without any way onwards."""
    report = _open(request, token)
    if report is None:
        return private(render(request, "reviews/link_gone.html", status=404))
    with timezone.override(report.business.zone), translation.override(report.business.language):
        context = paper.page(document(actions.shared_content(report)))
        more = {"token": token, "name": report.business.name}
        return private(render(request, "reviews/shared.html", {**context, **more}))


@open_view
@require_GET
def shared_file(request: HttpRequest, token: str) -> HttpResponse:
    """The same as PDF."""
    report = _open(request, token)
    if report is None:
        raise Http404
    with timezone.override(report.business.zone), translation.override(report.business.language):
        name = f"report-{report.first_date:%Y-%m}"
        return private(answered(actions.shared_content(report), "pdf", name))


def _open(request: HttpRequest, token: str) -> Report | None:
    """The report, unless this address guessed too often just now."""
    key = f"shared-report-{request.META.get('REMOTE_ADDR', '')}"
    if cache.get(key, 0) >= MOST_TRIES:
        return None
    report = actions.find_shared(token)
    if report is None:
        cache.add(key, 0, SPAN)
        cache.incr(key)
    return report
