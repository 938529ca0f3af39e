"""Pages of the calendar, the list and the composer."""

from waypost.content.views.composing import edit, new
from waypost.content.views.deciding import move, set_status
from waypost.content.views.looking import calendar, items
from waypost.content.views.placing import peek, place

__all__ = ["calendar", "edit", "items", "move", "new", "peek", "place", "set_status"]
