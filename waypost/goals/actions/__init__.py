"""Verbs on goals, their values and their initiatives."""

from waypost.goals.actions.checks import today_of
from waypost.goals.actions.goals import (
    GoalFields,
    already_over,
    archive,
    create_goal,
    edit_goal,
    restore,
    wrong_dates,
    wrong_path,
)
from waypost.goals.actions.handing_over import hand_over_goals, hand_over_initiatives
from waypost.goals.actions.initiatives import (
    InitiativeFields,
    create_initiative,
    edit_initiative,
    set_progress,
    set_status,
    waits,
    wrong_budget,
    wrong_end,
    wrong_order,
    wrong_share,
    wrong_span,
    wrong_step,
)
from waypost.goals.actions.values import Before, put_back, record_value, write_value

__all__ = [
    "Before",
    "GoalFields",
    "InitiativeFields",
    "already_over",
    "archive",
    "create_goal",
    "create_initiative",
    "edit_goal",
    "edit_initiative",
    "hand_over_goals",
    "hand_over_initiatives",
    "put_back",
    "record_value",
    "restore",
    "set_progress",
    "set_status",
    "today_of",
    "waits",
    "write_value",
    "wrong_budget",
    "wrong_dates",
    "wrong_end",
    "wrong_order",
    "wrong_path",
    "wrong_share",
    "wrong_span",
    "wrong_step",
]
