"""Hours in a calendar file: the zone's clock, and what a reader makes of it."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.documents.ics import render
from waypost.documents.ics_zone import timezone_of
from waypost.documents.letters import clean
from waypost.documents.values import Agenda, Appointment

STAMP = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)
ZONES = ["Europe/Ljubljana", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]


def appointment(start: dt.datetime, **fields: object) -> Appointment:
    told: dict[str, object] = {"description": "", **fields}
    return Appointment("uid@waypost", start.date(), "Post", STAMP, start=start, **told)  # type: ignore[arg-type]


def read(*events: Appointment) -> Any:
    return icalendar.Calendar.from_ical(render(Agenda("Posts", events, zone="Europe/Ljubljana")))


@pytest.mark.parametrize("name", ZONES)
@given(at=st.datetimes(dt.datetime(1995, 1, 1), dt.datetime(2035, 1, 1)))
def test_the_rules_that_are_written_lead_to_the_same_moment(name: str, at: dt.datetime) -> None:
    zone = ZoneInfo(name)
    start = at.replace(microsecond=0, tzinfo=dt.UTC).astimezone(zone)
    rules: Any = timezone_of(zone, start.date(), start.date()).to_tz(lookup_tzid=False)
    wall = start.replace(tzinfo=None)
    if not start.fold and dt.datetime(start.year, 1, 1, 12) < wall:
        found = rules.utcoffset(wall) if hasattr(rules, "utcoffset") else None
        assert found == start.utcoffset()


def test_of_a_time_that_comes_twice_both_are_told_apart() -> None:
    zone = ZoneInfo("Europe/Ljubljana")
    first = dt.datetime(2026, 10, 25, 2, 30, tzinfo=zone)
    second = first.replace(fold=1)
    found = [
        event["DTSTART"].dt
        for event in read(appointment(first), appointment(second)).walk("VEVENT")
    ]
    assert [each.astimezone(dt.UTC).hour for each in found] == [0, 1]


def test_texts_of_any_kind_arrive_as_they_were() -> None:
    text = "Čebelji vosek; 100 %, „žlahten“ 🐝\nNova vrstica \\ in poševnica " + "dolgo " * 40
    start = dt.datetime(2026, 10, 12, 18, 30, tzinfo=ZoneInfo("Europe/Ljubljana"))
    event = read(appointment(start, description=text)).walk("VEVENT")[0]
    assert str(event["DESCRIPTION"]) == text
    content = render(Agenda("Posts", (appointment(start, description=text),)))
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_a_line_of_somebody_elses_cannot_slip_in() -> None:
    start = dt.datetime(2026, 10, 12, 18, 30, tzinfo=ZoneInfo("Europe/Ljubljana"))
    evil = "Post\r\nBEGIN:VEVENT\r\nSUMMARY:Mine"
    told = read(appointment(start, description=evil, categories=("a,b",)))
    assert len(told.walk("VEVENT")) == 1


def test_a_zone_carries_only_the_years_that_are_needed() -> None:
    zone = timezone_of(ZoneInfo("Europe/Ljubljana"), dt.date(2026, 10, 1), dt.date(2026, 11, 1))
    parts: Any = zone.subcomponents
    starts = [part["DTSTART"].dt for part in parts]
    assert starts[1:] == [dt.datetime(2026, 3, 29, 2), dt.datetime(2026, 10, 25, 3)]


@given(text=st.text(max_size=300))
def test_a_line_is_never_longer_than_readers_take_and_comes_back_whole(text: str) -> None:
    start = dt.datetime(2026, 10, 12, 18, 30, tzinfo=ZoneInfo("Europe/Ljubljana"))
    content = render(Agenda("Posts", (appointment(start, description=f"x{text}"),)))
    assert max(map(len, content.split(b"\r\n"))) <= 75
    told = icalendar.Calendar.from_ical(content).walk("VEVENT")[0]
    assert str(told["DESCRIPTION"]) == clean(f"x{text}").replace("\r\n", "\n").replace("\r", "\n")
