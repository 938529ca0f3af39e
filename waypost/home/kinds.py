"""Every document that can be exported or imported, by name."""

from waypost.documents.kinds import ExportKind, ImportKind
from waypost.goals import export, imports

EXPORTS: dict[str, ExportKind] = {kind.name: kind for kind in (export.ROADMAP,)}
IMPORTS: dict[str, ImportKind] = {kind.name: kind for kind in (imports.ROADMAP,)}
