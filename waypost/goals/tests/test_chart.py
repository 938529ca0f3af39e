"""The geometry of a goal's picture."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from waypost.goals.chart import LEFT, NARROW, TOP, WIDE, Chart, Size, chart
from waypost.goals.formulas import Kind, Point, standing
from waypost.kit.scales import scale


@dataclass
class Aim:
    baseline: Decimal = Decimal(0)
    target: Decimal = Decimal(100)
    start_date: date = date(2026, 1, 1)
    deadline_date: date = date(2026, 4, 11)  # 100 days
    kind: str = Kind.REACH


def drawn(today: date, *points: Point, aim: Aim | None = None, size: Size = WIDE) -> Chart:
    aim = aim or Aim()
    return chart(aim, points, standing(aim, points, today), today, size=size)


def test_the_plan_of_a_number_that_is_kept_is_level() -> None:
    aim = Aim(baseline=Decimal(70), target=Decimal(80), kind=Kind.KEEP_ABOVE)
    day = date(2026, 2, 20)
    picture = drawn(day, (day, Decimal(85)), aim=aim)
    first, last = picture.plan
    assert (first.value, last.value, first.y) == (Decimal(80), Decimal(80), last.y)
    assert picture.forecast is None


def test_the_plan_goes_from_corner_to_corner() -> None:
    first, last = drawn(date(2026, 2, 20)).plan
    assert (first.x, first.y) == (LEFT, WIDE.bottom)
    assert (last.x, last.y) == (WIDE.right, TOP)


def test_a_falling_goal_has_a_falling_plan() -> None:
    aim = Aim(baseline=Decimal(9), target=Decimal(3))
    first, last = drawn(date(2026, 2, 20), aim=aim).plan
    assert first.y < last.y


def test_values_are_drawn_in_the_order_of_their_days() -> None:
    later, sooner = (date(2026, 2, 20), Decimal(50)), (date(2026, 1, 1), Decimal(0))
    picture = drawn(date(2026, 2, 20), later, sooner)
    middle = LEFT + (WIDE.right - LEFT) / 2
    half = TOP + (WIDE.bottom - TOP) / 2
    bottom = WIDE.bottom
    assert picture.line == f"{float(LEFT)},{float(bottom)} {middle},{half}"
    assert [dot.date for dot in picture.dots] == [sooner[0], later[0]]
    assert picture.today == middle


def test_the_forecast_goes_on_from_the_last_value_to_the_deadline() -> None:
    picture = drawn(date(2026, 2, 20), (date(2026, 2, 20), Decimal(25)))
    assert picture.forecast is not None
    assert (picture.forecast[0].value, picture.forecast[1].value) == (
        Decimal(25),
        Decimal(50),
    )
    assert picture.forecast[1].x == WIDE.right
    assert picture.forecast_label is not None
    assert picture.forecast_label.value == 50


def test_too_early_there_is_no_forecast_to_draw() -> None:
    picture = drawn(date(2026, 1, 2), (date(2026, 1, 2), Decimal(1)))
    assert (picture.forecast, picture.forecast_label) == (None, None)


def test_the_words_of_target_and_forecast_do_not_cover_each_other() -> None:
    for value in (49, 50, 51):
        picture = drawn(date(2026, 2, 20), (date(2026, 2, 20), Decimal(value)))
        assert picture.forecast_label is not None
        gap = picture.forecast_label.y - picture.target_label.y
        assert abs(gap) >= 30
        assert (gap > 0) == (value <= 50)


def test_values_outside_of_the_time_are_not_drawn() -> None:
    outside = (date(2025, 12, 31), Decimal(7)), (date(2026, 4, 12), Decimal(7))
    picture = drawn(date(2026, 5, 1), *outside)
    assert (picture.dots, picture.line, picture.today) == ((), "", None)


NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@given(NUMBERS, NUMBERS)
def test_a_scale_is_short_even_and_holds_what_it_must(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    levels = scale(low, high)
    steps = {later - sooner for sooner, later in pairwise(levels)}
    assert 2 <= len(levels) <= 7
    assert len(steps) == 1
    assert levels[0] <= low <= high <= levels[-1]


@given(
    st.lists(st.tuples(st.integers(0, 100), NUMBERS), max_size=8),
    NUMBERS,
    NUMBERS,
    st.sampled_from([WIDE, NARROW]),
)
def test_everything_lies_inside_of_the_frame(
    entries: list[tuple[int, Decimal]], baseline: Decimal, target: Decimal, size: Size
) -> None:
    aim = Aim(baseline, target)
    points = [(aim.start_date + timedelta(days=day), value) for day, value in entries]
    picture = drawn(date(2026, 3, 1), *points, aim=aim, size=size)
    for dot in (*picture.dots, *picture.plan, *(picture.forecast or ())):
        assert LEFT <= dot.x <= size.right
        assert TOP <= dot.y <= size.bottom
