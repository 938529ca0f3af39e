"""The strategy and its one page as files."""

from collections.abc import Callable

from django.utils import timezone

from waypost.accounts.models import Business
from waypost.documents.kinds import ExportKind
from waypost.documents.rendering import render
from waypost.documents.values import Document, OnePage
from waypost.strategy.export import blank as templates
from waypost.strategy.export import document, one_page
from waypost.strategy.export.material import material

FORMATS = ("docx", "pdf", "md")


def strategy_of(business: Business | None, *, blank: bool = False, draft: bool = False) -> Document:
    """``blank``: a template to fill in; ``draft``: what is still open is named."""
    if blank or business is None:
        return templates.template(business, timezone.localdate())
    return document.document(material(business, draft=draft))


def one_page_of(business: Business | None, *, blank: bool = False, draft: bool = False) -> OnePage:
    if blank or business is None:
        return one_page.blank(business, timezone.localdate())
    return one_page.one_page(business)


def _renderer(make: Callable[..., Document | OnePage], format_name: str) -> Callable[..., bytes]:
    def export(business: Business | None, *, blank: bool = False, draft: bool = False) -> bytes:
        return render(make(business, blank=blank, draft=draft), format_name)

    return export


STRATEGY = ExportKind("strategy", {name: _renderer(strategy_of, name) for name in FORMATS})
ONE_PAGE = ExportKind("one-page", {name: _renderer(one_page_of, name) for name in FORMATS})
KINDS = {kind.name: kind for kind in (STRATEGY, ONE_PAGE)}
