"""Tasks and the boards they stand on."""

from waypost.board.models.frame import (
    AT_WORK,
    TASK,
    BoardSettings,
    Column,
    DueFeed,
    Import,
    Label,
    Period,
    Recipe,
    Status,
)
from waypost.board.models.tasks import GAP, Attachment, Step, Task, TaskEvent, TaskLink

__all__ = [
    "AT_WORK",
    "GAP",
    "TASK",
    "Attachment",
    "BoardSettings",
    "Column",
    "DueFeed",
    "Import",
    "Label",
    "Period",
    "Recipe",
    "Status",
    "Step",
    "Task",
    "TaskEvent",
    "TaskLink",
]
