"""What a goal lacks, and which value is due."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.goals.models import Checkpoint, Goal
from waypost.goals.smart import next_due, period_end, smart


def goal(**fields: object) -> Goal:
    told: dict[str, object] = {
        "kind": "reach",
        "specific": "Win 6,000 followers",
        "metric": "Followers",
        "baseline": Decimal(6000),
        "target": Decimal(12000),
        "achievable": "Yes",
        "resources": "10 hours a week",
        "why": "Larger baskets",
        "start_date": date(2026, 7, 1),
        "deadline_date": date(2026, 12, 31),
        **fields,
    }
    return Goal(**told)


def test_a_goal_that_is_told_completely_lacks_nothing() -> None:
    whole = smart(goal())
    assert (whole.score, whole.lacks) == (5, [])
    assert "".join(part.letter for part in whole.parts) == "SMART"


@pytest.mark.parametrize(
    ("fields", "lack"),
    [
        ({"specific": "  "}, "No word on what will change."),
        ({"metric": ""}, "No number: nobody knows what is measured."),
        (
            {"target": Decimal(6000)},
            "No number to reach: the target equals the value at the start.",
        ),
        ({"achievable": ""}, "No word on why it can be done."),
        ({"resources": ""}, "No resource: it does not say what it needs."),
        ({"why": ""}, "No word on why it matters."),
        ({"deadline_date": date(2026, 7, 1)}, "No date: there is no time for it."),
    ],
)
def test_what_is_missing_is_said_in_words(fields: dict[str, object], lack: str) -> None:
    part = smart(goal(**fields))
    assert (part.score, part.lacks) == (4, [lack])


def test_a_number_that_is_kept_may_stay_where_it_is() -> None:
    assert smart(goal(kind="keep_above", target=Decimal(6000))).score == 5


def test_a_goal_without_a_word_scores_what_its_fields_say() -> None:
    empty = smart(goal(specific="", achievable="", resources="", why=""))
    assert (empty.score, len(empty.lacks)) == (2, 3)


WEEKLY = [Checkpoint.WEEKLY]


@pytest.mark.parametrize(
    ("checkpoints", "last", "today", "words"),
    [
        ([], date(2026, 9, 1), date(2026, 10, 12), "None"),
        (
            WEEKLY,
            date(2026, 10, 11),
            date(2026, 10, 12),
            "The next weekly value is due by 18 October 2026.",
        ),
        (
            WEEKLY,
            date(2026, 9, 30),
            date(2026, 10, 12),
            "The weekly value is missing since 11 October 2026.",
        ),
        (WEEKLY, None, date(2026, 7, 3), "The next weekly value is due by 5 July 2026."),
        (
            [Checkpoint.DAILY],
            date(2026, 10, 11),
            date(2026, 10, 12),
            "The next daily value is due on 12 October 2026.",
        ),
        (
            [Checkpoint.DAILY],
            date(2026, 10, 9),
            date(2026, 10, 12),
            "The daily value is missing since 10 October 2026.",
        ),
        (
            [Checkpoint.MONTHLY, Checkpoint.YEAR_END],
            date(2026, 9, 30),
            date(2026, 10, 12),
            "The next monthly value is due by 31 October 2026.",
        ),
        (
            [Checkpoint.YEAR_END],
            None,
            date(2026, 10, 12),
            "The value of the year is due by 31 December 2026.",
        ),
        (
            [Checkpoint.YEAR_END],
            None,
            date(2027, 1, 1),
            "The value of the year is missing since 31 December 2026.",
        ),
        (WEEKLY, date(2026, 12, 30), date(2026, 12, 30), "None"),
    ],
)
def test_the_next_value_is_due_at_the_end_of_its_period(
    checkpoints: list[Checkpoint], last: date | None, today: date, words: str
) -> None:
    days = [] if last is None else [date(2026, 7, 1), last]
    assert str(next_due(goal(checkpoints=checkpoints), days, today)) == words


def test_values_from_before_the_goal_or_of_the_future_fill_no_period() -> None:
    days = [date(2026, 6, 30), date(2026, 10, 20)]
    due = next_due(goal(checkpoints=WEEKLY), days, date(2026, 7, 2))
    assert due is not None
    assert (due.date, due.overdue) == (date(2026, 7, 5), False)


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(DAYS, st.sampled_from(Checkpoint.values))
def test_a_period_ends_on_or_after_each_of_its_days(day: date, name: str) -> None:
    checkpoint = Checkpoint(name)
    end = period_end(day, checkpoint)
    assert end >= day
    assert period_end(end, checkpoint) == end
    assert period_end(end + timedelta(days=1), checkpoint) > end


@given(DAYS, st.integers(1, 800), st.lists(DAYS, max_size=5), DAYS)
def test_what_is_due_lies_inside_the_goal(
    start: date, length: int, days: list[date], today: date
) -> None:
    end = start + timedelta(days=length)
    some = goal(start_date=start, deadline_date=end, checkpoints=Checkpoint.values)
    due = next_due(some, days, today)
    if due is not None:
        assert start <= due.date <= end
        assert due.overdue == (due.date < today)
