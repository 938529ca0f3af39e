"""Every document that can be exported or imported, by name."""

from waypost.documents.kinds import ExportKind, ImportKind
from waypost.goals.export import ROADMAP

EXPORTS: dict[str, ExportKind] = {kind.name: kind for kind in (ROADMAP,)}
IMPORTS: dict[str, ImportKind] = {}
