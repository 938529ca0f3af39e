"""Verbs on people, businesses, invitations and absences."""

from waypost.accounts.actions.absences import add_absence, change_absence, remove_absence
from waypost.accounts.actions.pausing import pause, resume
from waypost.accounts.actions.people import (
    change_business,
    change_role,
    demand_second_factor,
    found_business,
    narrow,
    remove_member,
)

__all__ = [
    "add_absence",
    "change_absence",
    "change_business",
    "change_role",
    "demand_second_factor",
    "found_business",
    "narrow",
    "pause",
    "remove_absence",
    "remove_member",
    "resume",
]
