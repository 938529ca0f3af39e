"""Verbs on reports: starting, answering, counting anew, signing; lines that become tasks."""

from waypost.reviews.actions.lines import make_task
from waypost.reviews.actions.proposals import bring_back, open_proposals, put_aside, take_up
from waypost.reviews.actions.reports import answer, count_anew, remove, sign, start
from waypost.reviews.actions.sharing import (
    create_link,
    find_shared,
    revoke_link,
    shared_content,
)

__all__ = [
    "answer",
    "bring_back",
    "count_anew",
    "create_link",
    "find_shared",
    "make_task",
    "open_proposals",
    "put_aside",
    "remove",
    "revoke_link",
    "shared_content",
    "sign",
    "start",
    "take_up",
]
