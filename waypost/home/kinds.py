"""Every document that can be exported or imported, by name."""

from waypost.documents.kinds import ExportKind, ImportKind

EXPORTS: dict[str, ExportKind] = {}
IMPORTS: dict[str, ImportKind] = {}
