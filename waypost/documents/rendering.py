"""From a value to the bytes of a file.

The libraries behind the formats are large and most processes never write a file, so each
renderer is named by its path and loaded the first time somebody asks for it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.module_loading import import_string

from waypost.documents.slides import Deck
from waypost.documents.values import Agenda, Document, OnePage, Picture, Workbook
from waypost.documents.wall import WallMonth

RENDERERS: Mapping[str, str] = MappingProxyType(
    {
        "xlsx": "waypost.documents.xlsx.render",  # of a Workbook
        "csv": "waypost.documents.csv_file.render",  # of a Workbook's first sheet
        "pdf": "waypost.documents.pdf.render",  # of a Document, OnePage or WallMonth
        "pptx": "waypost.documents.pptx_file.render",  # of a Deck
        "docx": "waypost.documents.docx_file.render",  # of a Document or OnePage
        "md": "waypost.documents.markdown.render",  # of a Document or OnePage
        "svg": "waypost.documents.pictures.svg",  # of a Picture
        "png": "waypost.documents.pictures.png",  # of a Picture
        "ics": "waypost.documents.ics.render",  # of an Agenda
    }
)

MIMES: Mapping[str, str] = MappingProxyType(
    {
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "csv": "text/csv; charset=utf-8",
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "md": "text/markdown; charset=utf-8",
        "svg": "image/svg+xml",
        "png": "image/png",
        "ics": "text/calendar; charset=utf-8",
    }
)


def render(
    value: Workbook | Document | OnePage | WallMonth | Picture | Agenda | Deck, format_name: str
) -> bytes:
    """``value`` as a file; raises ``LookupError`` for a format that does not exist."""
    content: bytes = import_string(RENDERERS[format_name])(value)
    return content
