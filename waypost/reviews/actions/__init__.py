"""Verbs on reports: starting, answering, counting anew, signing; lines that become tasks."""

from waypost.reviews.actions.lines import make_task
from waypost.reviews.actions.proposals import bring_back, open_proposals, put_aside, take_up
from waypost.reviews.actions.reports import answer, count_anew, remove, sign, start

__all__ = [
    "answer",
    "bring_back",
    "count_anew",
    "make_task",
    "open_proposals",
    "put_aside",
    "remove",
    "sign",
    "start",
    "take_up",
]
