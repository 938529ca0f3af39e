"""Who may do what, who works when, how people come in, and what was changed by whom."""

from waypost.accounts.models.absences import Absence
from waypost.accounts.models.hats import HatHolder
from waypost.accounts.models.invitations import Invitation
from waypost.accounts.models.log import Deed, LogEntry, Thing
from waypost.accounts.models.people import (
    HOURS_OF_A_WEEK,
    Business,
    Member,
    User,
    valid_time_zone,
)

__all__ = [
    "HOURS_OF_A_WEEK",
    "Absence",
    "Business",
    "Deed",
    "HatHolder",
    "Invitation",
    "LogEntry",
    "Member",
    "Thing",
    "User",
    "valid_time_zone",
]
