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
from waypost.content.models.repeating import Evergreen, Repeat
from waypost.content.models.review import Approval, ReviewLink
from waypost.content.models.slots import Slot, Weekday

__all__ = [
    "EDITABLE",
    "IMPORT",
    "ITEM",
    "MOVABLE",
    "Approval",
    "CalendarFeed",
    "CalendarImport",
    "Evergreen",
    "ImportMemory",
    "ImportState",
    "Item",
    "ItemPicture",
    "ItemQuerySet",
    "Kind",
    "Repeat",
    "ReviewLink",
    "Slot",
    "Status",
    "Variant",
    "Weekday",
]
