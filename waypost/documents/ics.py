"""Days for a calendar program (RFC 5545)."""

import datetime as dt

from icalendar import Calendar
from icalendar import Event as Entry

from waypost.documents.values import Agenda, Event

PRODUCT = "-//Waypost//Waypost//EN"


def render(agenda: Agenda) -> bytes:
    """The bytes of an ``.ics`` file."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", agenda.name)
    for event in agenda.events:
        calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("dtstamp", event.stamp.astimezone(dt.UTC))
    entry.add("dtstart", event.day)
    # All-day events end on the day after, which is not part of them.
    entry.add("dtend", event.day + dt.timedelta(days=1))
    entry.add("summary", event.summary)
    entry.add("sequence", event.sequence)
    entry.add("transp", "TRANSPARENT")  # a deadline does not make its day busy
    if event.description:
        entry.add("description", event.description)
    if event.url:
        entry.add("url", event.url)
    return entry
