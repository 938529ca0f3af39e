"""The clock on the wall, also where it is turned."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.content.clock import NoSuchTime, comes_twice, moment, on_the_wall

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
ZONES = ["Europe/Ljubljana", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
walls = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(
    lambda wall: wall.replace(second=0, microsecond=0)
)
zones = st.sampled_from(ZONES).map(ZoneInfo)


def test_an_ordinary_time_is_one_moment() -> None:
    found = moment(datetime(2026, 7, 1, 18, 30), LJUBLJANA)
    assert (found.at, found.is_first_of_two) == (datetime(2026, 7, 1, 16, 30, tzinfo=UTC), False)


@pytest.mark.parametrize(
    ("wall", "instead"),
    [
        (datetime(2026, 3, 29, 2, 0), datetime(2026, 3, 29, 3, 0)),
        (datetime(2026, 3, 29, 2, 59), datetime(2026, 3, 29, 3, 59)),
    ],
)
def test_a_time_that_is_jumped_over_is_refused_with_the_next(
    wall: datetime, instead: datetime
) -> None:
    with pytest.raises(NoSuchTime) as gap:
        moment(wall, LJUBLJANA)
    assert gap.value.next_time == instead


@pytest.mark.parametrize("minute", [(1, 59), (3, 0)])
def test_the_minutes_beside_the_jump_exist(minute: tuple[int, int]) -> None:
    wall = datetime(2026, 3, 29, *minute)
    assert on_the_wall(moment(wall, LJUBLJANA).at, LJUBLJANA) == wall


def test_of_a_time_that_comes_twice_the_earlier_is_taken() -> None:
    found = moment(datetime(2026, 10, 25, 2, 30), LJUBLJANA)
    assert (found.at, found.is_first_of_two) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True)


def test_a_half_hour_change_is_understood_too() -> None:
    lord_howe = ZoneInfo("Australia/Lord_Howe")
    with pytest.raises(NoSuchTime) as gap:
        moment(datetime(2026, 10, 4, 2, 10), lord_howe)
    assert gap.value.next_time == datetime(2026, 10, 4, 2, 40)
    assert comes_twice(datetime(2026, 4, 5, 1, 40), lord_howe)


@given(walls, zones)
def test_a_wall_time_comes_back_as_it_was_typed_or_is_refused(
    wall: datetime, zone: ZoneInfo
) -> None:
    try:
        shown, later = wall, wall
        found = moment(wall, zone)
    except NoSuchTime as gap:
        shown, later = gap.next_time, gap.next_time - timedelta(minutes=1)
        found = moment(shown, zone)
    assert on_the_wall(found.at, zone) == shown
    assert later >= wall
    assert found.is_first_of_two == comes_twice(shown, zone)


@given(walls, zones)
def test_a_moment_comes_back_unless_it_is_the_later_of_two(wall: datetime, zone: ZoneInfo) -> None:
    at = wall.replace(tzinfo=UTC)
    found = moment(on_the_wall(at, zone), zone)
    if found.at != at:
        assert found.is_first_of_two
        assert timedelta(0) < at - found.at <= timedelta(hours=2)
