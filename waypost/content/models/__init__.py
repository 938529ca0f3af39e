"""What the business says, and what helps to say it: one file for each matter."""

from waypost.content.models.exchange import (
    IMPORT,
    CalendarFeed,
    CalendarImport,
    ImportMemory,
    ImportState,
)
from waypost.content.models.feeds import Feed, FeedEntry
from waypost.content.models.history import Revision
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
from waypost.content.models.links import LinkDay, LinkRule, ShortLink
from waypost.content.models.repeating import Evergreen, Repeat
from waypost.content.models.review import Approval, ReviewLink
from waypost.content.models.slots import Slot, Weekday
from waypost.content.models.texts import SavedText

__all__ = [
    "EDITABLE",
    "IMPORT",
    "ITEM",
    "MOVABLE",
    "Approval",
    "CalendarFeed",
    "CalendarImport",
    "Evergreen",
    "Feed",
    "FeedEntry",
    "ImportMemory",
    "ImportState",
    "Item",
    "ItemPicture",
    "ItemQuerySet",
    "Kind",
    "LinkDay",
    "LinkRule",
    "Repeat",
    "ReviewLink",
    "Revision",
    "SavedText",
    "ShortLink",
    "Slot",
    "Status",
    "Variant",
    "Weekday",
]
