"""Verbs on the strategy."""

from waypost.strategy.actions.answers import (
    add_question,
    hide_section,
    remove_question,
    restore_text,
    save_answer,
    say_not_relevant,
    show_section,
)
from waypost.strategy.actions.journey import check_step

__all__ = [
    "add_question",
    "check_step",
    "hide_section",
    "remove_question",
    "restore_text",
    "save_answer",
    "say_not_relevant",
    "show_section",
]
