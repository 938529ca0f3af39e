"""The one place that calls typst."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import typst

_compile: Any = typst.compile  # its type hints leave out files held in memory


def typeset(
    files: Mapping[str, bytes], format_name: str, *, day: dt.date | None = None, sharpness: int = 72
) -> bytes:
    """A single PDF, or a one-page PNG, of ``files``; the one called ``main`` is the text.

    Only typst's own fonts are used, so that a file looks the same from every machine.
    ``day`` is the date the file carries, ``sharpness`` counts pixels per inch.
    """
    moment = dt.datetime.combine(day or dt.date(1980, 1, 1), dt.time(12), dt.UTC)
    content: bytes = _compile(
        dict(files),
        format=format_name,
        ppi=sharpness,
        ignore_system_fonts=True,
        timestamp=int(moment.timestamp()),
    )
    return content
