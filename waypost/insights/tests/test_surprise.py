"""What is a surprise, and what is only an ordinary day."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.insights.surprise import FEWEST, THRESHOLD, WEEKS, surprise, usual

D = Decimal
numbers = st.integers(0, 10**6).map(Decimal)
weeks = st.lists(numbers, min_size=FEWEST, max_size=WEEKS)


def of(*values: int) -> list[Decimal]:
    return [D(value) for value in values]


@pytest.mark.parametrize(
    ("value", "before"),
    [
        (1100, of(1000, 1040, 980, 1010, 990, 1100, 1020, 1000)),  # an ordinary day
        (1900, of(1000, 3000, 200, 1500, 90, 2600, 700, 1200)),  # weeks that differ widely
        (3, of(0, 0, 0, 0, 0, 0, 0, 0)),  # too small to be news
        (9000, of(10, 12, 11, 10)),  # too few weeks
        (1400, of(1000, 1000, 1000, 1000, 1000)),  # what never moved may move a little
    ],
)
def test_an_ordinary_day_is_no_surprise(value: int, before: list[Decimal]) -> None:
    assert surprise(D(value), before) is None


def test_a_fall_and_a_rise_are_surprises_with_their_sign() -> None:
    before = of(1000, 1040, 980, 1010, 990, 1100, 1020, 1000)
    fall, rise = surprise(D(120), before), surprise(D(4000), before)
    assert fall is not None
    assert rise is not None
    assert (round(fall, 2), round(rise, 2)) == (D("-8.81"), D("29.80"))


def test_one_viral_week_hides_no_later_surprise() -> None:
    calm = of(100, 102, 98, 101, 99, 100, 103, 97)
    viral = [*calm[:-1], D(50_000)]
    assert (surprise(D(900), calm) is None, surprise(D(900), viral) is None) == (False, False)


@given(weeks, numbers)
def test_the_same_weeks_in_another_order_say_the_same(
    before: list[Decimal], value: Decimal
) -> None:
    assert surprise(value, before) == surprise(value, sorted(before))


@given(weeks)
def test_the_middle_itself_is_never_a_surprise(before: list[Decimal]) -> None:
    found = usual(before)
    assert found is not None
    assert found.score(found.middle) == 0
    assert surprise(found.middle, before) is None
    assert min(before) <= found.middle <= max(before)
    assert found.spread > 0


@given(weeks, numbers, st.integers(0, 10**6).map(Decimal))
def test_what_lies_further_off_is_not_less_surprising(
    before: list[Decimal], off: Decimal, more: Decimal
) -> None:
    found = usual(before)
    assert found is not None
    near, far = found.score(found.middle + off), found.score(found.middle + off + more)
    assert far >= near >= 0
    if surprise(found.middle + off, before) is not None:
        assert surprise(found.middle + off + more, before) is not None


@given(weeks, numbers)
def test_only_what_passes_the_threshold_is_told(before: list[Decimal], value: Decimal) -> None:
    told, found = surprise(value, before), usual(before)
    assert found is not None
    assert (told is not None) == (abs(found.score(value)) >= THRESHOLD)


@given(st.lists(numbers, max_size=FEWEST - 1), numbers)
def test_with_too_few_weeks_nothing_is_said(before: list[Decimal], value: Decimal) -> None:
    assert surprise(value, before) is None


@given(weeks, numbers, numbers)
def test_the_level_alone_does_not_matter_where_the_spread_is_wide(
    before: list[Decimal], value: Decimal, lift: Decimal
) -> None:
    """Adding the same to everything can only make it calmer: a tenth of the middle is ordinary."""
    lifted = surprise(value + lift, [each + lift for each in before])
    if surprise(value, before) is None:
        assert lifted is None
