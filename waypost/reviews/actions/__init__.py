"""Verbs on reports: starting, answering, counting anew, signing; lines that become tasks."""

from waypost.reviews.actions.lines import make_task
from waypost.reviews.actions.reports import answer, count_anew, remove, sign, start

__all__ = ["answer", "count_anew", "make_task", "remove", "sign", "start"]
