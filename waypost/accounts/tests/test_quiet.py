"""Quiet hours on the wall clock, also in nights in which it is turned."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.accounts.quiet import QuietHours

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
NIGHT = QuietHours(time(22), time(7), LJUBLJANA)
ZONES = st.sampled_from(
    [
        "Europe/Ljubljana",
        "America/New_York",
        "Australia/Lord_Howe",  # half an hour of summer time
        "Asia/Kathmandu",
        "Pacific/Apia",
        "UTC",
    ]
)
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


def at(*wall: int, fold: int = 0) -> datetime:
    """A moment on the clock in Ljubljana."""
    moment = datetime(*wall, tzinfo=LJUBLJANA, fold=fold)  # type: ignore[misc,arg-type]
    return moment.astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (at(2026, 11, 24, 21, 59), None),
        (at(2026, 11, 24, 22, 0), at(2026, 11, 25, 7, 0)),
        (at(2026, 11, 25, 6, 59), at(2026, 11, 25, 7, 0)),
        (at(2026, 11, 25, 7, 0), None),
        (at(2026, 11, 25, 12, 0), None),
    ],
)
def test_a_night_is_quiet_from_its_first_minute_to_its_last(
    moment: datetime, end: datetime | None
) -> None:
    assert NIGHT.ends_at(moment) == end


def test_hours_within_one_day_are_quiet_on_that_day() -> None:
    lunch = QuietHours(time(12), time(13, 30), LJUBLJANA)
    assert lunch.ends_at(at(2026, 11, 24, 12, 15)) == at(2026, 11, 24, 13, 30)
    assert lunch.ends_at(at(2026, 11, 24, 13, 30)) is None


def test_the_night_the_clock_is_put_forward_ends_an_hour_of_waiting_earlier() -> None:
    evening, end = at(2026, 3, 28, 22), NIGHT.ends_at(at(2026, 3, 28, 22))
    assert end == at(2026, 3, 29, 7)
    assert end - evening == timedelta(hours=8)


def test_the_night_the_clock_is_turned_back_ends_an_hour_of_waiting_later() -> None:
    evening, end = at(2026, 10, 24, 22), NIGHT.ends_at(at(2026, 10, 24, 22))
    assert end == at(2026, 10, 25, 7)
    assert end - evening == timedelta(hours=10)


def test_an_end_that_the_clock_jumps_over_is_the_jump_itself() -> None:
    quiet = QuietHours(time(22), time(2, 30), LJUBLJANA)
    assert quiet.ends_at(at(2026, 3, 29, 1, 59)) == at(2026, 3, 29, 3, 0)
    assert quiet.ends_at(at(2026, 3, 29, 3, 0)) is None


def test_an_end_that_comes_twice_is_over_the_first_time() -> None:
    quiet = QuietHours(time(22), time(2, 30), LJUBLJANA)
    assert quiet.ends_at(at(2026, 10, 25, 2, 10)) == at(2026, 10, 25, 2, 30)
    assert quiet.ends_at(at(2026, 10, 25, 2, 10, fold=1)) is None


@given(CLOCKS, CLOCKS, ZONES, MOMENTS)
def test_waiting_ends_outside_of_the_quiet_hours_within_a_day_or_so(
    start: time, end: time, zone: str, moment: datetime
) -> None:
    quiet = QuietHours(start, end, ZoneInfo(zone))
    over = quiet.ends_at(moment) if start != end else None
    if over is not None:
        assert moment < over <= moment + timedelta(hours=26)
        assert quiet.ends_at(over) is None
        assert quiet.ends_at(over - timedelta(microseconds=1)) == over


@given(CLOCKS, CLOCKS, MOMENTS)
def test_where_no_clock_is_turned_the_clock_on_the_wall_decides(
    start: time, end: time, moment: datetime
) -> None:
    wall = moment.time()
    inside = start <= wall < end if start < end else wall >= start or wall < end
    quiet = QuietHours(start, end, ZoneInfo("UTC"))
    if start != end:
        assert (quiet.ends_at(moment) is not None) == inside


def test_they_are_told_in_few_letters() -> None:
    assert str(NIGHT) == "22:00–7:00"


def test_a_business_without_them_is_never_quiet(business: Business) -> None:
    assert business.quiet is None


def test_a_business_keeps_them_in_its_own_zone(business: Business) -> None:
    business.quiet_from, business.quiet_until = time(22), time(7)
    assert business.quiet == NIGHT
