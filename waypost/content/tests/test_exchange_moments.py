"""Days and times as files hold them."""

import contextlib
import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.content.exchange.moments import (
    Clock,
    When,
    due,
    looks_like_moment,
    order_in,
    read_clock,
    read_when,
)
from waypost.documents.headings import NotUnderstood

HERE = ZoneInfo("Europe/Ljubljana")
DAY = dt.date(2026, 10, 12)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("18:30", dt.time(18, 30)),
        ("18.30", dt.time(18, 30)),
        ("18h30", dt.time(18, 30)),
        ("6:30 pm", dt.time(18, 30)),
        ("6:30 PM", dt.time(18, 30)),
        ("12:05 a.m.", dt.time(0, 5)),
        ("7", dt.time(7)),
        ("18:30:15", dt.time(18, 30, 15)),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, time: dt.time) -> None:
    assert read_clock(text) == Clock(time)


@pytest.mark.parametrize("text", ["25:00", "18:75", "13:00 pm", "noon", "18:30 +25:00", "-1"])
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(NotUnderstood, match="is no time"):
        read_clock(text)


def test_a_spreadsheet_keeps_times_as_times_or_as_a_share_of_the_day() -> None:
    assert read_clock(dt.time(9, 15)) == Clock(dt.time(9, 15))
    assert read_clock(Decimal("0.75")) == Clock(dt.time(18))
    assert read_clock(dt.datetime(1899, 12, 30, 9, 15)) == Clock(dt.time(9, 15))
    assert read_clock(None) is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-12 18:30",
        "2026-10-12T18:30",
        "2026/10/12 18:30:00",
        "12. 10. 2026 18:30",
        "12. 10. 2026 ob 18.30",
        "12.10.2026, 18:30",
        "12/10/2026 6:30 pm",
    ],
)
def test_one_cell_may_hold_day_and_time(text: str) -> None:
    assert read_when(text, None, "dmy") == When(DAY, Clock(dt.time(18, 30)))


def test_a_workbook_may_hold_both_as_one_moment() -> None:
    found = read_when(dt.datetime(2026, 10, 12, 18, 30), None, "")
    assert found == When(DAY, Clock(dt.time(18, 30)))
    assert read_when(DAY, "9:00", "") == When(DAY, Clock(dt.time(9)))


def test_a_distance_from_utc_names_one_moment() -> None:
    found = read_when("2026-10-12T18:30:00+05:30", None, "")
    assert found.clock
    assert due(DAY, found.clock, HERE) == (dt.datetime(2026, 10, 12, 13, 0, tzinfo=dt.UTC), "")
    assert read_when("2026-10-12T18:30Z", None, "").clock == Clock(dt.time(18, 30), dt.timedelta())


def test_the_order_of_a_day_with_slashes_must_be_known() -> None:
    with pytest.raises(NotUnderstood, match=r"can be read as .* or as"):
        read_when("12/10/2026", None, "")
    assert read_when("12/10/2026", None, "dmy").day == DAY
    assert read_when("10/12/2026", None, "mdy").day == DAY


def test_one_telling_day_answers_for_the_whole_file() -> None:
    assert order_in(["1/2/2026", "25/2/2026 18:00", None]).known == "dmy"
    assert order_in(["1/2/2026", "2/25/2026"]).known == "mdy"
    asked = order_in(["1/2/2026 9:00", "3/3/2026"])
    assert (asked.known, asked.asked, asked.example) == ("", True, "1/2/2026 9:00")
    assert order_in(["25/2/2026", "2/25/2026", "1/2/2026"]).asked
    assert not order_in(["2026-01-02", "3. 4. 2026", "5/5/2026"]).asked


def test_a_time_that_is_jumped_over_is_refused_with_the_next_one() -> None:
    with pytest.raises(NotUnderstood, match=r"02:30 does not exist. Choose 03:30 instead"):
        due(dt.date(2026, 3, 29), Clock(dt.time(2, 30)), HERE)


def test_of_a_time_that_comes_twice_the_first_is_taken_and_said() -> None:
    at, note = due(dt.date(2026, 10, 25), Clock(dt.time(2, 30)), HERE)
    assert at == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)
    assert "comes twice" in note


@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1)))
def test_what_is_written_the_iso_way_is_read_again(moment: dt.datetime) -> None:
    wall = moment.replace(second=0, microsecond=0)
    assert read_when(f"{wall:%Y-%m-%d %H:%M}", None, "") == When(wall.date(), Clock(wall.time()))


@given(st.text(max_size=30))
def test_nothing_that_somebody_types_breaks_the_reading(text: str) -> None:
    looks_like_moment(text)
    with contextlib.suppress(NotUnderstood):
        assert isinstance(read_when(text, text, "dmy"), When)
