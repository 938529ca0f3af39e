"""Pages of the calendar, the list and the composer."""

from waypost.content.views.bulk import bulk, bulk_undo
from waypost.content.views.composing import edit, new, picker
from waypost.content.views.deciding import move, set_status
from waypost.content.views.helping import follow, link_rule, text_edit, text_remove, texts
from waypost.content.views.ideas import (
    entry_draft,
    feed_new,
    feed_remove,
    idea_new,
    ideas,
    product_draft,
)
from waypost.content.views.looking import calendar, items
from waypost.content.views.placing import peek, place
from waypost.content.views.queueing import (
    queue,
    queue_add,
    queue_leave,
    queue_order,
    queue_shuffle,
    queue_skip,
    queue_step,
    slot_remove,
    slots,
)
from waypost.content.views.remembering import history
from waypost.content.views.repeating import (
    change_following,
    evergreen,
    evergreen_remove,
    repeat,
    repeat_end,
    repeats,
)
from waypost.content.views.reviewing import client_link_revoke, client_links

__all__ = [
    "bulk",
    "bulk_undo",
    "calendar",
    "change_following",
    "client_link_revoke",
    "client_links",
    "edit",
    "entry_draft",
    "evergreen",
    "evergreen_remove",
    "feed_new",
    "feed_remove",
    "follow",
    "history",
    "idea_new",
    "ideas",
    "items",
    "link_rule",
    "move",
    "new",
    "peek",
    "picker",
    "place",
    "product_draft",
    "queue",
    "queue_add",
    "queue_leave",
    "queue_order",
    "queue_shuffle",
    "queue_skip",
    "queue_step",
    "repeat",
    "repeat_end",
    "repeats",
    "set_status",
    "slot_remove",
    "slots",
    "text_edit",
    "text_remove",
    "texts",
]
