"""The arithmetic of goals, with the figures of the demo business and with any figures."""

from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from waypost.goals import formulas
from waypost.goals.formulas import Kind, Point, Standing, Status, standing


@dataclass
class Aim:
    baseline: Decimal
    target: Decimal
    start_date: date
    deadline_date: date
    kind: str = Kind.REACH


TODAY = date(2026, 10, 12)
FOLLOWERS = Aim(Decimal(6000), Decimal(12000), date(2026, 7, 1), date(2026, 12, 31))
REVENUE = Aim(Decimal(2900), Decimal(4500), date(2026, 1, 1), date(2026, 12, 31))
REPLY_TIME = Aim(Decimal(9), Decimal(3), date(2026, 4, 1), date(2026, 11, 15))


def shares(state: Standing) -> tuple[Decimal, Decimal, Decimal]:
    """Progress and expected in percent with one decimal, pace with two."""
    assert state.progress is not None
    assert state.expected is not None
    assert state.pace is not None
    return (
        round(state.progress * 100, 1),
        round(state.expected * 100, 1),
        round(state.pace, 2),
    )


def test_german_followers_are_slightly_behind() -> None:
    state = standing(
        FOLLOWERS, [(date(2026, 9, 30), Decimal(8640)), (date(2026, 10, 11), Decimal(9010))], TODAY
    )
    assert shares(state) == (Decimal("50.2"), Decimal("55.7"), Decimal("0.90"))
    assert state.status is Status.SLIGHTLY_BEHIND
    assert state.reason == "50\u00a0% of the way is done after 56\u00a0% of the time."
    assert round(state.forecast or 0) == 11400
    assert round(state.short or 0) == 600
    assert state.arrival == date(2027, 1, 21)
    assert round(state.needed_per_week or 0, 1) == Decimal("261.6")
    assert state.missing == {
        "trend": "A trend takes at least 4 values within 60 days.",
        "met": "It is a number to reach, so it is not met or broken on the way.",
    }


def test_shop_revenue_is_slightly_behind() -> None:
    state = standing(REVENUE, [(date(2026, 9, 30), Decimal(4010))], TODAY)
    assert shares(state) == (Decimal("69.4"), Decimal("74.7"), Decimal("0.93"))
    assert state.status is Status.SLIGHTLY_BEHIND
    assert round(state.forecast or 0) == 4385


def test_a_number_that_shall_fall_needs_no_change_of_sign() -> None:
    state = standing(REPLY_TIME, [(date(2026, 10, 11), Decimal("3.6"))], TODAY)
    assert shares(state) == (Decimal("90.0"), Decimal("84.6"), Decimal("1.06"))
    assert state.status is Status.ON_TRACK
    assert round(state.forecast or 0, 1) == Decimal("2.6")
    assert round(state.short or 0, 1) == Decimal("-0.4")
    assert state.needed_per_week is not None
    assert state.needed_per_week < 0


def test_the_initiatives_of_the_german_goal_cover_it_exactly() -> None:
    amounts = [Decimal(0), Decimal(0), Decimal(1000), Decimal(0), Decimal(5000)]
    assert formulas.cover(amounts, Decimal(6000), Decimal(12000)) == 1


def test_initiatives_cover_a_part_of_the_way() -> None:
    assert formulas.cover(
        [Decimal(900), None, Decimal(300)], Decimal(2900), Decimal(4500)
    ) == Decimal("0.75")


def test_initiatives_that_promise_no_number_have_no_cover() -> None:
    assert formulas.cover([None, None], Decimal(9), Decimal(3)) is None
    assert formulas.cover([], Decimal(9), Decimal(3)) is None
    assert formulas.cover([Decimal(3)], Decimal(9), Decimal(9)) is None


def test_the_cover_of_a_falling_number_counts_steps_towards_the_target() -> None:
    assert formulas.cover([Decimal(2), Decimal(1)], Decimal(9), Decimal(3)) == Decimal("0.5")


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (50, Status.ON_TRACK),
        (Decimal("49.99"), Status.SLIGHTLY_BEHIND),
        (40, Status.SLIGHTLY_BEHIND),
        (Decimal("39.99"), Status.BEHIND),
        (0, Status.BEHIND),
        (-20, Status.BEHIND),
        (100, Status.DONE),
        (130, Status.DONE),
    ],
)
def test_the_limits_of_each_status(value: Decimal, status: Status) -> None:
    aim = Aim(Decimal(0), Decimal(100), date(2026, 1, 1), date(2026, 4, 11))  # 100 days
    half = date(2026, 2, 20)  # day 50
    assert standing(aim, [(half, Decimal(value))], half).status is status


def at(today: date, *points: Point) -> Standing:
    """A goal of 100 days from 0 to 100."""
    return standing(
        Aim(Decimal(0), Decimal(100), date(2026, 1, 1), date(2026, 4, 11)), points, today
    )


def test_the_first_tenth_of_the_time_is_too_early_to_judge() -> None:
    state = at(date(2026, 1, 10), (date(2026, 1, 10), Decimal(1)))
    assert (state.status, state.progress, state.pace) == (
        Status.JUST_STARTED,
        Decimal("0.01"),
        None,
    )
    assert state.missing["pace"] == "It is too early: less than a tenth of the time had passed."
    assert state.missing["forecast"] == state.missing["arrival"] == state.missing["pace"]
    assert at(date(2026, 1, 11), (date(2026, 1, 11), Decimal(1))).status is Status.BEHIND


def test_a_goal_of_the_future_says_when_it_starts() -> None:
    state = at(date(2025, 12, 30))
    assert (state.status, state.expected) == (Status.JUST_STARTED, Decimal(0))
    assert state.reason == "It starts on 1 January 2026."


def test_a_goal_without_values_has_no_numbers_but_reasons() -> None:
    early, late = at(date(2026, 1, 3)), at(date(2026, 2, 20))
    assert early.status is Status.JUST_STARTED
    assert late.status is Status.NO_DATA
    assert late.expected == Decimal("0.5")
    assert set(late.missing) == {
        "value",
        "progress",
        "pace",
        "forecast",
        "short",
        "trend",
        "arrival",
        "needed_per_week",
        "met",
    }
    assert late.reason == "No value has been entered yet."


def test_a_value_of_35_days_ago_is_no_data() -> None:
    day = date(2026, 2, 1)
    assert at(day + timedelta(days=34), (day, Decimal(31))).status is Status.ON_TRACK
    stale = at(day + timedelta(days=35), (day, Decimal(31)))
    assert stale.status is Status.NO_DATA
    assert stale.reason == "The last value is from 1 February 2026, too old to judge by."


def test_after_the_deadline_a_goal_is_missed_or_done_by_its_last_value_in_time() -> None:
    last, after = date(2026, 4, 11), date(2026, 4, 12)
    missed = at(after, (last, Decimal(90)), (after, Decimal(100)))
    assert (missed.status, missed.value) == (Status.MISSED, Decimal(90))
    assert missed.reason == "The deadline has passed with 90\u00a0% of the way done."
    assert missed.missing["forecast"] == "No time is left until the deadline."
    assert missed.missing["needed_per_week"] == "No time is left until the deadline."
    assert at(after, (last, Decimal(100)), (after, Decimal(20))).status is Status.DONE


def test_on_the_last_day_nothing_is_needed_per_week() -> None:
    state = at(date(2026, 4, 11), (date(2026, 4, 11), Decimal(95)))
    assert (state.status, state.needed_per_week) == (Status.SLIGHTLY_BEHIND, None)


def test_a_goal_that_is_done_needs_nothing_more() -> None:
    state = at(date(2026, 2, 20), (date(2026, 2, 20), Decimal(110)))
    assert (state.arrival, state.needed_per_week) == (None, None)
    assert state.missing["needed_per_week"] == "The target is reached."


def test_a_goal_that_goes_backwards_never_arrives() -> None:
    state = at(date(2026, 2, 20), (date(2026, 2, 20), Decimal(-10)))
    assert state.arrival is None
    assert state.missing["arrival"] == "At this speed the target is not reached within ten years."


def test_values_of_other_days_do_not_count() -> None:
    before, future = (date(2025, 12, 31), Decimal(5)), (date(2026, 3, 1), Decimal(60))
    assert at(date(2026, 2, 20), before, future).value is None


def test_a_goal_with_no_way_or_no_time_has_reasons_instead_of_numbers() -> None:
    day = date(2026, 2, 1)
    flat = standing(
        Aim(Decimal(5), Decimal(5), day, day + timedelta(days=50)), [(day, Decimal(5))], day
    )
    assert (flat.status, flat.progress) == (Status.NO_DATA, None)
    assert flat.missing["progress"].startswith("The target equals the value at the start")
    short = standing(Aim(Decimal(5), Decimal(9), day, day), [(day, Decimal(5))], day)
    assert (short.status, short.expected) == (Status.NO_DATA, None)
    assert short.missing["expected"].startswith("The deadline is not after the start")
    assert "expected" in standing(Aim(Decimal(5), Decimal(9), day, day), [], day).missing


def kept(kind: Kind, today: date, *points: Point) -> Standing:
    """100 days in which the number shall stay on its side of 80, where it began."""
    aim = Aim(Decimal(80), Decimal(80), date(2026, 1, 1), date(2026, 4, 11), kind)
    return standing(aim, points, today)


@pytest.mark.parametrize(
    ("kind", "value", "met", "reason"),
    [
        (Kind.KEEP_ABOVE, 80, True, "Met: 80 is not below 80. 2 of 2 values kept to it."),
        (Kind.KEEP_ABOVE, 79, False, "Not met: 79 is below 80. 1 of 2 values kept to it."),
        (Kind.KEEP_BELOW, 80, True, "Met: 80 is not above 80. 2 of 2 values kept to it."),
        (Kind.KEEP_BELOW, 81, False, "Not met: 81 is above 80. 1 of 2 values kept to it."),
    ],
)
def test_a_number_that_is_kept_is_met_or_not(
    kind: Kind, value: int, met: bool, reason: str
) -> None:
    points = [(date(2026, 2, 1), Decimal(80)), (date(2026, 2, 20), Decimal(value))]
    under_way = kept(kind, date(2026, 2, 21), *points)
    assert (under_way.met, under_way.reason) == (met, reason)
    assert under_way.status is (Status.ON_TRACK if met else Status.BEHIND)
    assert (under_way.pace, under_way.progress, under_way.forecast) == (None, None, None)
    assert under_way.missing["pace"] == "A number that is kept has no way to go, so no pace."
    over = kept(kind, date(2026, 4, 12), *points)
    assert over.status is (Status.DONE if met else Status.MISSED)


def test_a_number_that_is_kept_needs_a_fresh_value() -> None:
    day = date(2026, 2, 1)
    stale = kept(Kind.KEEP_ABOVE, day + timedelta(days=35), (day, Decimal(90)))
    assert stale.status is Status.NO_DATA
    assert stale.reason == "The last value is from 1 February 2026, too old to judge by."
    assert kept(Kind.KEEP_ABOVE, date(2026, 3, 1)).status is Status.NO_DATA


def test_the_trend_follows_the_last_values_only() -> None:
    start = date(2026, 1, 1)
    slow = [(start, Decimal(0)), (start + timedelta(days=9), Decimal(1))]
    fast = [(start + timedelta(days=70 + 2 * n), Decimal(10 + 4 * n)) for n in range(4)]
    state = at(date(2026, 3, 19), *slow, *fast)  # 2 a day lately: 22 on day 76, 24 to go
    assert state.trend == Decimal(10 + 2 * 30)
    assert round(state.forecast or 0, 1) == Decimal("28.9")


def test_three_values_or_values_of_one_day_make_no_trend() -> None:
    day = date(2026, 2, 1)
    points = [(day + timedelta(days=n), Decimal(n)) for n in range(3)]
    assert formulas.trend(points, date(2026, 4, 11)) is None
    assert formulas.trend([(day, Decimal(n)) for n in range(9)], date(2026, 4, 11)) is None
    assert formulas.trend([], date(2026, 4, 11)) is None
    long_ago = (day - timedelta(days=61), Decimal(0))
    assert formulas.trend([*points, long_ago], date(2026, 4, 11)) is None


@given(
    st.integers(-(10**6), 10**6),
    st.integers(-1000, 1000),
    st.sets(st.integers(0, 60), min_size=4, max_size=20),
    st.integers(0, 400),
)
def test_the_trend_of_values_on_a_line_is_that_line(
    base: int, slope: int, days: set[int], ahead: int
) -> None:
    start = date(2026, 1, 1)
    points = [(start + timedelta(days=day), Decimal(base + slope * day)) for day in days]
    found = formulas.trend(points, start + timedelta(days=max(days) + ahead))
    assert found is not None
    assert round(found, 6) == base + slope * (max(days) + ahead)


NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))
POINTS = st.lists(st.tuples(DAYS, NUMBERS), max_size=6)


KINDS = st.sampled_from(Kind.values)


@given(KINDS, NUMBERS, NUMBERS, DAYS, DAYS, POINTS, DAYS)
def test_every_number_is_finite_or_missing_with_a_reason(
    kind: str,
    baseline: Decimal,
    target: Decimal,
    start: date,
    deadline: date,
    points: list[Point],
    today: date,
) -> None:
    state = standing(Aim(baseline, target, start, deadline, kind), points, today)
    assert state.reason
    for name in (f.name for f in fields(Standing)):
        number = getattr(state, name)
        if number is None and name != "value_date":
            assert state.missing[name]
        else:
            assert name not in state.missing
        assert not isinstance(number, Decimal) or number.is_finite()


@given(NUMBERS, NUMBERS, NUMBERS)
def test_progress_is_the_same_in_the_mirror(
    baseline: Decimal, target: Decimal, value: Decimal
) -> None:
    assert formulas.progress(baseline, target, value) == formulas.progress(
        -baseline, -target, -value
    )


@given(st.integers(-(10**6), 10**6), st.integers(-1000, 1000), st.integers(1, 100), DAYS)
def test_a_value_on_the_plan_line_has_pace_one_and_arrives_on_the_deadline(
    baseline: int, per_day: int, half: int, start: date
) -> None:
    assume(per_day != 0)
    total = 2 * half
    aim = Aim(
        Decimal(baseline), Decimal(baseline + per_day * total), start, start + timedelta(days=total)
    )
    day = start + timedelta(days=half)
    state = standing(aim, [(day, Decimal(baseline + per_day * half))], day)
    assert state.pace == 1
    assert state.status is Status.ON_TRACK
    assert state.forecast == aim.target
    assert state.arrival == aim.deadline_date
    assert state.needed_per_week == per_day * 7


@given(DAYS, st.integers(1, 1000), st.integers(-2000, 2000))
def test_expected_grows_from_zero_to_one(start: date, total: int, offset: int) -> None:
    deadline = start + timedelta(days=total)
    gone = formulas.expected(start, deadline, start + timedelta(days=offset))
    assert gone == max(Decimal(0), min(Decimal(1), Decimal(offset) / total))
