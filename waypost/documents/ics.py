"""Days and hours for a calendar program (RFC 5545)."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from icalendar import Calendar

from waypost.documents.ics_zone import timezone_of
from waypost.documents.letters import clean
from waypost.documents.values import Agenda, Appointment, Event

PRODUCT = "-//Waypost//Waypost//EN"
LINE = 75  # bytes


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
    head, end, after = bytes(calendar.to_ical()).rpartition(b"END:VCALENDAR")
    entries = (_folded(line) for event in agenda.events for line in _entry(event))
    return b"".join([head, *entries, end, after])


def _zones(agenda: Agenda) -> dict[ZoneInfo, list[dt.date]]:
    """Every zone that an hour names, with the days of its hours."""
    found: dict[ZoneInfo, list[dt.date]] = {}
    for event in agenda.events:
        if isinstance(event, Appointment) and isinstance(event.start.tzinfo, ZoneInfo):
            found.setdefault(event.start.tzinfo, []).append(event.start.date())
    return found


def _entry(event: Event) -> Iterator[str]:
    """The lines of one event, not folded yet; written here because there may be thousands."""
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_utc(event.stamp)}"
    yield from _hour(event) if isinstance(event, Appointment) else _day(event)
    yield f"SUMMARY:{_text(event.summary)}"
    yield f"SEQUENCE:{event.sequence}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if event.url:
        yield f"URL:{clean(event.url)}"
    yield "END:VEVENT"


def _day(event: Event) -> Iterator[str]:
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    # All-day events end on the day after, which is not part of them.
    yield f"DTEND;VALUE=DATE:{event.day + dt.timedelta(days=1):%Y%m%d}"
    yield "TRANSP:TRANSPARENT"  # a deadline does not make its day busy


def _hour(event: Appointment) -> Iterator[str]:
    yield f"DTSTART{_moment(event.start)}"
    # The length and not the end: on the night when the clock is turned they differ.
    yield f"DURATION:PT{event.minutes}M"
    yield f"STATUS:{event.status}"
    yield "TRANSP:TRANSPARENT"  # a post that goes out makes nobody busy
    yield f"LAST-MODIFIED:{_utc(event.stamp)}"
    if event.created:
        yield f"CREATED:{_utc(event.created)}"
    if event.categories:
        yield f"CATEGORIES:{','.join(map(_text, event.categories))}"


def _moment(start: dt.datetime) -> str:
    zone = start.tzinfo
    # Of an hour that comes twice a zone can only name the first.
    if isinstance(zone, ZoneInfo) and zone.key != "UTC" and not start.fold:
        return f";TZID={zone.key}:{start:%Y%m%dT%H%M%S}"
    return f":{_utc(start)}"


def _utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """A text with its signs guarded (3.3.11); a line end of any kind becomes ``\\n``."""
    plain = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    guarded = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return guarded.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """At most 75 bytes a line (3.1), broken between letters and never within one."""
    rest, parts = line.encode(), []
    room = LINE
    while len(rest) > room:
        end = room
        while rest[end] & 0xC0 == 0x80:  # within a letter of several bytes
            end -= 1
        parts.append(rest[:end])
        rest, room = rest[end:], LINE - 1  # the next one begins with a space
    return b"\r\n ".join([*parts, rest]) + b"\r\n"
