"""Verbs on budgets, their lines, cells and months."""

from waypost.budget.actions.budgets import BudgetFields, edit_budget, start_budget
from waypost.budget.actions.cells import (
    Conflict,
    is_allowed,
    parse_amount,
    write_cell,
)
from waypost.budget.actions.lines import (
    LineFields,
    add_category,
    add_line,
    edit_line,
    move_line,
    remove_line,
    restore_line,
    set_hidden,
)
from waypost.budget.actions.log import new_batch, note
from waypost.budget.actions.months import close_month, refuse_closed, reopen_month
from waypost.budget.actions.pasting import paste
from waypost.budget.actions.undoing import undo

__all__ = [
    "BudgetFields",
    "Conflict",
    "LineFields",
    "add_category",
    "add_line",
    "close_month",
    "edit_budget",
    "edit_line",
    "is_allowed",
    "move_line",
    "new_batch",
    "note",
    "parse_amount",
    "paste",
    "refuse_closed",
    "remove_line",
    "reopen_month",
    "restore_line",
    "set_hidden",
    "start_budget",
    "undo",
    "write_cell",
]
