"""Days and hours for a calendar program (RFC 5545)."""

import datetime as dt
from zoneinfo import ZoneInfo

from icalendar import Calendar
from icalendar import Event as Entry

from waypost.documents.ics_zone import timezone_of
from waypost.documents.letters import clean
from waypost.documents.values import Agenda, Appointment, Event

PRODUCT = "-//Waypost//Waypost//EN"


def render(agenda: Agenda) -> bytes:
    """The bytes of an ``.ics`` file."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", clean(agenda.name))
    if agenda.zone:
        calendar.add("x-wr-timezone", agenda.zone)
    if agenda.refresh_hours:
        often = dt.timedelta(hours=agenda.refresh_hours)
        calendar.add("refresh-interval", often, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", f"PT{agenda.refresh_hours}H")
    for zone, days in _zones(agenda).items():
        calendar.add_component(timezone_of(zone, min(days), max(days)))
    for event in agenda.events:
        calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def _zones(agenda: Agenda) -> dict[ZoneInfo, list[dt.date]]:
    """Every zone that an hour names, with the days of its hours."""
    found: dict[ZoneInfo, list[dt.date]] = {}
    for event in agenda.events:
        if isinstance(event, Appointment) and isinstance(event.start.tzinfo, ZoneInfo):
            found.setdefault(event.start.tzinfo, []).append(event.start.date())
    return found


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", event.uid)
    entry.add("dtstamp", event.stamp.astimezone(dt.UTC))
    if isinstance(event, Appointment):
        _add_hour(entry, event)
    else:
        _add_day(entry, event)
    entry.add("summary", clean(event.summary))
    entry.add("sequence", event.sequence)
    if event.description:
        entry.add("description", clean(event.description))
    if event.url:
        entry.add("url", event.url)
    return entry


def _add_day(entry: Entry, event: Event) -> None:
    entry.add("dtstart", event.day)
    # All-day events end on the day after, which is not part of them.
    entry.add("dtend", event.day + dt.timedelta(days=1))
    entry.add("transp", "TRANSPARENT")  # a deadline does not make its day busy


def _add_hour(entry: Entry, event: Appointment) -> None:
    # Of an hour that comes twice a zone can only name the first.
    start = event.start.astimezone(dt.UTC) if event.start.fold else event.start
    entry.add("dtstart", start)
    # The length and not the end: on the night when the clock is turned they differ.
    entry.add("duration", dt.timedelta(minutes=event.minutes))
    entry.add("status", event.status)
    entry.add("transp", "TRANSPARENT")  # a post that goes out makes nobody busy
    entry.add("last-modified", event.stamp.astimezone(dt.UTC))
    if event.created:
        entry.add("created", event.created.astimezone(dt.UTC))
    if event.categories:
        entry.add("categories", [clean(each) for each in event.categories])
