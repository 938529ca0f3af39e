"""Documents as PDF, set by typst.

The page's layout stands in ``page.typ``. Texts reach it as JSON and are never read as
markup, so that a ``#`` or ``$`` in a title is only a sign.
"""

import json
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from waypost.documents.typesetting import typeset
from waypost.documents.values import (
    Cards,
    Document,
    Heading,
    Image,
    Letterhead,
    Paragraph,
    Part,
    Table,
)

LAYOUT = Path(__file__).with_name("page.typ")


def render(document: Document) -> bytes:
    """The bytes of an A4 ``.pdf`` file."""
    files: dict[str, bytes] = {"main": LAYOUT.read_bytes()}
    parts = [_part(part, number, files) for number, part in enumerate(document.parts)]
    told = {**_head(document.head), "landscape": document.landscape, "parts": parts}
    files["document.json"] = json.dumps(told).encode()
    return typeset(files, "pdf", day=document.head.date)


def _head(head: Letterhead) -> dict[str, Any]:
    return {
        "title": head.title,
        "business": head.business,
        "below": " · ".join(filter(None, [head.period, head.version])),
        "date": date_format(head.date, "DATE_FORMAT"),
        "language": (get_language() or "en")[:2],
        "pages": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }


def _part(part: Part, number: int, files: dict[str, bytes]) -> dict[str, Any]:
    match part:
        case Heading():
            return {"kind": "heading", "text": part.text, "level": part.level}
        case Paragraph():
            return {"kind": "paragraph", "text": part.text, "quiet": part.quiet}
        case Cards():
            cards = [[card.word, card.value, card.note] for card in part.cards]
            return {"kind": "cards", "cards": cards}
        case Table():
            return _table(part)
        case Image():
            name = f"picture{number}.{part.suffix}"
            files[name] = part.content
            return {"kind": "image", "file": name, "alt": part.alt}


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "headings": list(table.headings),
        "widths": list(table.widths or [1.0] * len(table.headings)),
        "numbers": sorted(table.numbers),
        "rows": [
            {"cells": list(row), "group": number in table.groups}
            for number, row in enumerate(table.rows)
        ],
    }
