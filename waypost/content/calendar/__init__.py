"""The calendar: spans of time, what they hold, how that is drawn, and what to notice in it."""

from waypost.content.calendar.drawing import (
    Day,
    Hour,
    Lane,
    Pen,
    by_channel,
    by_initiative,
    channel_mark,
    clock_of,
    days,
    hours,
    key_day,
    weekdays,
)
from waypost.content.calendar.noticing import Notes
from waypost.content.calendar.reading import Entry, Page
from waypost.content.calendar.spans import (
    Month,
    OneDay,
    Span,
    View,
    Week,
    around,
    bounds,
    span_of,
    steps_of,
    view_of,
)

__all__ = [
    "Day",
    "Entry",
    "Hour",
    "Lane",
    "Month",
    "Notes",
    "OneDay",
    "Page",
    "Pen",
    "Span",
    "View",
    "Week",
    "around",
    "bounds",
    "by_channel",
    "by_initiative",
    "channel_mark",
    "clock_of",
    "days",
    "hours",
    "key_day",
    "span_of",
    "steps_of",
    "view_of",
    "weekdays",
]
