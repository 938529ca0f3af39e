"""Documents as PDF, set by typst.

The page's layout stands in ``page.typ`` and ``one_page.typ``. Texts reach it as JSON and
are never read as markup, so that a ``#`` or ``$`` in a title is only a sign.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from waypost.documents import values, wall
from waypost.documents.letters import clean, fits_a_page, pairs, paragraphs, shortened
from waypost.documents.pictures import wrapped
from waypost.documents.typesetting import typeset
from waypost.documents.values import Document, Image, Letterhead, OnePage, Part
from waypost.documents.wall import WallMonth

LAYOUT = Path(__file__).with_name("page.typ")
ONE_PAGE = Path(__file__).with_name("one_page.typ")
LONGEST_WORD = re.compile(r"[^\s\u200b]{32}(?=[^\s\u200b])")
"""Typst would set a longer one across the margin; now it may be parted here."""
MOST_ON_A_PAGE = 12_000  # letters of one answer; more do not fit on A4 in the smallest type
LONGEST_QUESTION = 300


def render(document: Document | OnePage | WallMonth) -> bytes:
    """The bytes of an A4 ``.pdf`` file."""
    if isinstance(document, WallMonth):
        return _typeset(wall.LAYOUT, document.head, wall.told(document), {})
    if isinstance(document, OnePage):
        return _typeset(ONE_PAGE, document.head, _one_page(document), {})
    files: dict[str, bytes] = {}
    parts = [_part(part, files) for part in document.parts]
    told = {"landscape": document.landscape, "parts": parts}
    return _typeset(LAYOUT, document.head, told, files)


def _typeset(
    layout: Path, head: Letterhead, told: dict[str, Any], files: dict[str, bytes]
) -> bytes:
    data = json.dumps(_printable({**_head(head), **told})).encode()
    needed = {"main": layout.read_bytes(), "document.json": data, **files}
    return typeset(needed, "pdf", day=head.date)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return LONGEST_WORD.sub("\\g<0>\u200b", clean(value))
    if isinstance(value, dict):
        return {key: _printable(each) for key, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list | tuple) else value


def _head(head: Letterhead) -> dict[str, Any]:
    return {
        "title": head.title,
        "business": head.business,
        "below": " · ".join(filter(None, [head.period, head.version])),
        "date": date_format(head.date, "DATE_FORMAT"),
        "language": (get_language() or "en")[:2],
        "pages": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }


def _one_page(page: OnePage) -> dict[str, Any]:
    asked = [
        {
            "text": shortened(each.text, LONGEST_QUESTION),
            "answer": "\n".join(paragraphs(each.answer)[:MOST_ON_A_PAGE])[:MOST_ON_A_PAGE],
            "tip": each.tip,
        }
        for each in page.questions
    ]
    return {"questions": asked, "shortened": page.shortened, "room": page.room}


def _part(part: Part, files: dict[str, bytes]) -> dict[str, Any]:
    """What the layout is told: the name of the part and what stands in it."""
    kind = {"kind": type(part).__name__}
    match part:
        case values.Paragraph():
            return kind | {"texts": paragraphs(part.text), "quiet": part.quiet}
        case values.Question():
            return kind | asdict(part) | {"answers": paragraphs(part.answer)}
        case values.Cards():
            return kind | {"cards": [[card.word, card.value, card.note] for card in part.cards]}
        case values.Table():
            return kind | _table(part)
        case Image():
            return kind | _image(part, files)
        case values.Cover():
            return kind | {"note": part.note, "logo": part.logo and _image(part.logo, files)}
        case values.Profiles():
            return kind | {"cards": list(_cards(part, files)), "room": part.room}
        case _:
            return kind | asdict(part)


def _image(image: Image, files: dict[str, bytes]) -> dict[str, Any]:
    name = f"picture{len(files)}.svg"
    files[name] = image.content if image.suffix == "svg" else wrapped(image.content)
    return {"file": name, "alt": clean(image.alt), "share": image.share}


def _cards(part: values.Profiles, files: dict[str, bytes]) -> Iterable[dict[str, Any]]:
    for each in part.profiles:
        yield {
            "name": each.name,
            "tagline": each.tagline,
            "quiet": each.quiet,
            "picture": each.picture and _image(each.picture, files),
            "whole": fits_a_page(each, part.room),
            "rows": [[asdict(fact) for fact in row if fact] for row in pairs(each.facts)],
        }


def _table(table: values.Table) -> dict[str, Any]:
    return {
        "headings": list(table.headings),
        "widths": list(table.widths or [1.0] * len(table.headings)),
        "numbers": sorted(table.numbers),
        "rows": [
            {"cells": list(row), "group": number in table.groups}
            for number, row in enumerate(table.rows)
        ],
    }
