"""What can be taken out and brought in as a file: the frame of ``waypost export`` and ``import``.

An app's ``export.py`` makes one `ExportKind` or `ImportKind` for each of its documents;
``waypost.home.kinds`` lists them. This floor knows no business, so it is `Any` here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class BadFile(Exception):
    """A file cannot be read; the text is a sentence for the person."""


@dataclass(frozen=True)
class ExportKind:
    """One document and a renderer for each format: ``render(business, blank=…) -> bytes``.

    ``business`` is ``None`` for a blank template that needs none. The language is active
    while the renderer runs.
    """

    name: str
    formats: Mapping[str, Callable[..., bytes]]


@dataclass(frozen=True)
class RowError:
    row: int  # as counted in the file, the first line is 1
    message: str


@dataclass(frozen=True)
class ImportResult:
    """What a file brought, or would bring (dry run).

    With one of ``errors`` nothing is brought; ``left_out`` are rows that were no concern of ours.
    """

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)
    left_out: list[RowError] = field(default_factory=list)


@dataclass(frozen=True)
class ImportKind:
    """``read(business, file, dry_run=…) -> ImportResult``; raises ``BadFile``."""

    name: str
    read: Callable[[Any, Path, bool], ImportResult]
