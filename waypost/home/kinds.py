"""Every document that can be exported or imported, by name."""

from waypost.board import export as board_export
from waypost.budget import export as budget_export
from waypost.budget import imports as budget_imports
from waypost.content.exchange import imports as content_imports
from waypost.documents.kinds import ExportKind, ImportKind
from waypost.goals import export, imports
from waypost.insights.calendar_files import CALENDAR
from waypost.insights.import_command import NUMBERS
from waypost.reviews.export import REPORT
from waypost.strategy import export as strategy_export

EXPORTS: dict[str, ExportKind] = {
    kind.name: kind
    for kind in (
        export.ROADMAP,
        board_export.BOARD_OUT,
        budget_export.BUDGET,
        CALENDAR,
        REPORT,
        strategy_export.STRATEGY,
        strategy_export.ONE_PAGE,
    )
}
IMPORTS: dict[str, ImportKind] = {
    kind.name: kind
    for kind in (
        imports.ROADMAP,
        board_export.BOARD_IN,
        budget_imports.BUDGET,
        content_imports.CALENDAR,
        NUMBERS,
    )
}
