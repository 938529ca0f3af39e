"""What the business says, and what helps to say it: one file for each matter."""

from waypost.content.models.exchange import (
    IMPORT,
    CalendarFeed,
    CalendarImport,
    ImportMemory,
    ImportState,
)
from waypost.content.models.items import (
    EDITABLE,
    ITEM,
    MOVABLE,
    Item,
    ItemPicture,
    ItemQuerySet,
    Kind,
    Status,
    Variant,
)

__all__ = [
    "EDITABLE",
    "IMPORT",
    "ITEM",
    "MOVABLE",
    "CalendarFeed",
    "CalendarImport",
    "ImportMemory",
    "ImportState",
    "Item",
    "ItemPicture",
    "ItemQuerySet",
    "Kind",
    "Status",
    "Variant",
]
