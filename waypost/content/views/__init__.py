"""Pages of the calendar, the list and the composer."""

from waypost.content.views.composing import edit, new
from waypost.content.views.deciding import move, set_status
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
from waypost.content.views.reviewing import client_link_revoke, client_links

__all__ = [
    "calendar",
    "client_link_revoke",
    "client_links",
    "edit",
    "items",
    "move",
    "new",
    "peek",
    "place",
    "queue",
    "queue_add",
    "queue_leave",
    "queue_order",
    "queue_shuffle",
    "queue_skip",
    "queue_step",
    "set_status",
    "slot_remove",
    "slots",
]
