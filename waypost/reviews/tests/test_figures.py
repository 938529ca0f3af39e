"""Numbers of a report: what they compare, how they are kept, how they are said."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some

from waypost.insights.periods import Period
from waypost.reviews.figures import Figures, Measure, packed, unpacked
from waypost.reviews.metrics import METRICS
from waypost.reviews.tests.world import RICH, SEPTEMBER
from waypost.reviews.times import before, last_month, last_week, month_of, period_words
from waypost.reviews.words import change_said, each_said, growth_said, said

NUMBERS = some.none() | some.decimals(
    min_value=-(10**9), max_value=10**9, places=2, allow_nan=False
)
DAYS = some.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))


def kept(figures: Figures) -> Figures:
    """As it comes back from a column of JSON."""
    return unpacked(json.loads(json.dumps(packed(figures), cls=DjangoJSONEncoder)))


def test_numbers_come_back_as_they_were_kept() -> None:
    assert kept(RICH) == RICH


def test_a_number_that_a_later_version_dropped_does_no_harm() -> None:
    assert unpacked({**packed(RICH), "weather": "fine"}) == RICH


@given(then=NUMBERS, now=NUMBERS)
def test_a_change_needs_both_numbers_and_a_growth_something_before(
    then: Decimal | None, now: Decimal | None
) -> None:
    measure = Measure("likes", then, now)
    if then is None or now is None:
        assert (measure.change, measure.growth) == (None, None)
    else:
        assert measure.change == now - then
        assert (measure.growth is None) == (then == 0)
        if measure.growth is not None:
            assert (measure.growth > 0) == (now > then)


@pytest.mark.parametrize(
    ("key", "then", "now", "shown"),
    [
        ("likes", "2980", "3720", ("2,980", "3,720", "+740", "+24.8\u00a0%")),
        ("comments", "31", "22", ("31", "22", "−9", "−29\u00a0%")),
        ("posts", "0", "4", ("0", "4", "+4", "new")),
        ("posts", "0", "0", ("0", "0", "0", "–")),
        ("likes", None, "540", ("–", "540", "–", "–")),
        ("revenue", "668.2", "861.5", ("668.20", "861.50", "+193.30", "+28.9\u00a0%")),
        ("engagement_rate", "0.0941", "0.102", ("9.4\u00a0%", "10.2\u00a0%", "+0.8 points", "–")),
    ],
)
def test_how_a_row_reads(
    key: str, then: str | None, now: str, shown: tuple[str, str, str, str]
) -> None:
    measure = Measure(key, None if then is None else Decimal(then), Decimal(now))
    row = (
        said(key, measure.before),
        said(key, measure.now),
        change_said(measure),
        growth_said(measure),
    )
    assert row == shown


def test_numbers_follow_the_language() -> None:
    with translation.override("sl"):
        assert said("revenue", Decimal("1234.5")) == "1.234,50"


def test_a_total_leaves_out_what_nobody_knows() -> None:
    assert RICH.total("likes") == Measure("likes", Decimal(2980), Decimal(4260))
    assert RICH.total("views") == Measure("views", None, None)


def test_followers_and_reach_are_never_added_up() -> None:
    apart = {key for key, metric in METRICS.items() if not metric.adds_up}
    assert apart == {"followers", "reach", "engagement_rate", "reply_time"}


@pytest.mark.parametrize(
    ("spent", "results", "shown"),
    [("10", "4", "2.50"), ("1", "4", "0.250"), ("10", "0", "–"), (None, "4", "–")],
)
def test_what_one_result_cost_is_never_divided_by_nothing(
    spent: str | None, results: str, shown: str
) -> None:
    assert each_said(None if spent is None else Decimal(spent), Decimal(results)) == shown


def test_a_month_is_compared_with_the_month_before() -> None:
    assert before(SEPTEMBER) == Period(date(2026, 8, 1), date(2026, 8, 31))
    assert before(month_of(date(2026, 3, 7))) == Period(date(2026, 2, 1), date(2026, 2, 28))


@given(first=DAYS, days=some.integers(0, 400))
def test_any_other_time_is_compared_with_as_many_days_just_before(first: date, days: int) -> None:
    period = Period(first, date.fromordinal(first.toordinal() + days))
    earlier = before(period)
    assert earlier.last.toordinal() == period.first.toordinal() - 1
    if month_of(first) != period:
        assert earlier.last - earlier.first == period.last - period.first


@given(today=DAYS)
def test_the_last_month_and_week_are_over(today: date) -> None:
    month, week = last_month(today), last_week(today)
    assert month.last < today
    assert month == month_of(month.first)
    assert (week.first.isoweekday(), week.last.isoweekday()) == (1, 7)
    assert 1 <= (today - week.last).days <= 7


def test_a_period_says_its_month_or_its_days() -> None:
    assert period_words(SEPTEMBER) == "September 2026"
    assert period_words(Period(date(2026, 9, 1), date(2026, 9, 1))) == "1 September 2026"
    with translation.override("sl"):
        week = Period(date(2026, 9, 7), date(2026, 9, 13))
        assert period_words(week) == "7. 9. 2026 – 13. 9. 2026"
