"""Verbs on notices: telling somebody, reading, choosing."""

from waypost.notices.actions.choosing import choose, set_habit, turn_off, wanted
from waypost.notices.actions.places import (
    add_address,
    add_device,
    remove_address,
    remove_device,
)
from waypost.notices.actions.telling import mark_unread, read, read_all, settle, tell

__all__ = [
    "add_address",
    "add_device",
    "choose",
    "mark_unread",
    "read",
    "read_all",
    "remove_address",
    "remove_device",
    "set_habit",
    "settle",
    "tell",
    "turn_off",
    "wanted",
]
