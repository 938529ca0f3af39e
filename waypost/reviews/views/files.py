"""Reports and their template as files."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view, open_view
from waypost.documents.rendering import MIMES
from waypost.reviews import export
from waypost.reviews.content import Content, blank, of_report, of_version
from waypost.reviews.models import Version


@business_view("reviews.view")
@require_GET
def report_file(request: BusinessRequest, pk: int, format_name: str) -> HttpResponse:
    """As it is now, or ``?version=2`` as it was signed; ``?lang=sl`` in another language."""
    report = get_object_or_404(request.business.reports.select_related("business"), pk=pk)
    number = request.GET.get("version", "")
    with _language(request):
        if number:
            rows = Version.objects.select_related("report__business").filter(report=report)
            signed = get_object_or_404(rows, number=number if number.isdecimal() else 0)
            content = of_version(signed)
        else:
            content = of_report(report)
        month = f"{report.first_date:%Y-%m}"
        return answered(content, format_name, f"{request.business.slug}-report-{month}")


@open_view
@require_GET
def template_file(request: HttpRequest, format_name: str) -> HttpResponse:
    """The report to fill in by hand, for everybody."""
    with _language(request):
        return answered(blank(None, today=timezone.localdate()), format_name, "report-template")


def answered(content: Content, format_name: str, name: str) -> HttpResponse:
    if format_name not in export.MAKERS:
        raise Http404
    answer = HttpResponse(export.write(content, format_name), content_type=MIMES[format_name])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{format_name}"'
    return answer


def _language(request: HttpRequest) -> translation.override:
    wanted = request.GET.get("lang", "")
    known = wanted in dict(settings.LANGUAGES)
    return translation.override(wanted if known else translation.get_language())
