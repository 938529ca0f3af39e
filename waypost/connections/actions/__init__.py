"""Verbs on connected accounts."""

from waypost.connections.actions.connecting import (
    begin_journey,
    connect_with_form,
    finish_journey,
    keep,
    take_journey,
)
from waypost.connections.actions.credentials import fresh_credentials, renew_ahead, renew_now
from waypost.connections.actions.health import mark_broken, remove, set_cap
from waypost.connections.actions.keys import Rotation, rotate_all
from waypost.connections.actions.notices import tell_owners

__all__ = [
    "Rotation",
    "begin_journey",
    "connect_with_form",
    "finish_journey",
    "fresh_credentials",
    "keep",
    "mark_broken",
    "remove",
    "renew_ahead",
    "renew_now",
    "rotate_all",
    "set_cap",
    "take_journey",
    "tell_owners",
]
