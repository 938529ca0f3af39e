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

__all__ = [
    "calendar",
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
