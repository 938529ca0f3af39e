"""Documents as pages of a browser that print as on paper: ``paper/page.html`` and ``one.html``."""

from dataclasses import dataclass
from typing import Any

from waypost.documents.fitting import fit
from waypost.documents.values import Document, Heading, OnePage, Part


@dataclass(frozen=True)
class Piece:
    """One part; ``anchor`` is where the list of contents leads to."""

    kind: str
    part: Part
    anchor: str = ""


def page(document: Document) -> dict[str, Any]:
    """The context of ``paper/page.html``."""
    pieces = [
        Piece(type(part).__name__, part, f"h{number}" if isinstance(part, Heading) else "")
        for number, part in enumerate(document.parts)
    ]
    listed = [each for each in pieces if isinstance(each.part, Heading) and each.part.level <= 2]
    return {"head": document.head, "pieces": pieces, "contents": listed}


def one_page(document: OnePage) -> dict[str, Any]:
    """The context of ``paper/one.html``."""
    fitted = fit(document)
    size = f"{fitted.size:g}".replace(".", "-")
    return {"head": document.head, "fitted": fitted, "size": size, "page": document}
