"""The report as files, all made of the same chapters."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from waypost.accounts.models import Business
from waypost.documents.kinds import ExportKind
from waypost.documents.rendering import render
from waypost.reviews.assembled import deck, document
from waypost.reviews.content import Content, blank, newest
from waypost.reviews.workbook import workbook

MAKERS: Mapping[str, Callable[[Content], Any]] = MappingProxyType(
    {"pdf": document, "pptx": deck, "xlsx": workbook, "docx": document, "csv": workbook}
)


def write(content: Content, format_name: str) -> bytes:
    """``content`` as a file; raises ``LookupError`` for a format that does not exist."""
    return render(MAKERS[format_name](content), format_name)


class _Renderer:
    """``waypost export report`` in one format: the newest report, or the empty template."""

    def __init__(self, format_name: str) -> None:
        self.format_name = format_name

    def __call__(self, business: Business | None, *, blank: bool = False) -> bytes:
        return write(content_for(business, blank_one=blank), self.format_name)


def content_for(business: Business | None, *, blank_one: bool = False) -> Content:
    if blank_one or business is None:
        return blank(business, today=timezone.localdate())
    return newest(business, today=timezone.localdate(timezone=business.zone))


REPORT = ExportKind("report", {name: _Renderer(name) for name in MAKERS})
