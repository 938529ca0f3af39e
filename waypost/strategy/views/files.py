"""The strategy and its one page to take along: files, templates, pages to print."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_GET

from waypost.accounts.guard import BusinessRequest, business_view
from waypost.documents import paper
from waypost.documents.kinds import ExportKind
from waypost.documents.rendering import MIMES
from waypost.strategy import export


@business_view("strategy.view")
@require_GET
def document_file(request: BusinessRequest, file_format: str) -> HttpResponse:
    """``?blank`` asks for the template, ``?draft`` names what is still open, ``?lang=sl`` is
    the language; else it is the reader's.
    """
    return _file(request, export.STRATEGY, file_format)


@business_view("strategy.view")
@require_GET
def one_page_file(request: BusinessRequest, file_format: str) -> HttpResponse:
    return _file(request, export.ONE_PAGE, file_format)


@business_view("strategy.view")
@require_GET
def document_print(request: BusinessRequest) -> HttpResponse:
    document = export.strategy_of(request.business, draft="draft" in request.GET)
    return render(request, "strategy/print.html", paper.page(document))


@business_view("strategy.view")
@require_GET
def one_page_print(request: BusinessRequest) -> HttpResponse:
    page = export.one_page_of(request.business)
    return render(request, "strategy/print_one.html", paper.one_page(page))


def _file(request: BusinessRequest, kind: ExportKind, file_format: str) -> HttpResponse:
    renderer = kind.formats.get(file_format)
    if renderer is None:
        raise Http404
    wishes = {name: name in request.GET for name in ("blank", "draft")}
    language = request.GET.get("lang", "")
    known = language in dict(settings.LANGUAGES)
    with translation.override(language if known else translation.get_language()):
        content = renderer(request.business, **wishes)
    suffix = next((f"-{word}" for name, word in SUFFIXES.items() if wishes[name]), "")
    name = f"{request.business.slug}-{kind.name}{suffix}.{file_format}"
    answer = HttpResponse(content, content_type=MIMES[file_format])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


SUFFIXES = {"blank": "template", "draft": "draft"}
