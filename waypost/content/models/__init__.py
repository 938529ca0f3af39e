"""What the business says, and what helps to say it: one file for each matter."""

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
from waypost.content.models.texts import SavedText

__all__ = [
    "EDITABLE",
    "ITEM",
    "MOVABLE",
    "Feed",
    "FeedEntry",
    "Item",
    "ItemPicture",
    "ItemQuerySet",
    "Kind",
    "LinkDay",
    "LinkRule",
    "Revision",
    "SavedText",
    "ShortLink",
    "Status",
    "Variant",
]
