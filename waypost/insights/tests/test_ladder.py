"""How often a post is measured."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.insights import ladder

PUBLISHED = datetime(2026, 10, 12, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "wait"),
    [
        (timedelta(minutes=0), timedelta(minutes=15)),
        (timedelta(minutes=119), timedelta(minutes=15)),
        (timedelta(hours=2), timedelta(hours=1)),
        (timedelta(hours=23), timedelta(hours=1)),
        (timedelta(hours=24), timedelta(hours=6)),
        (timedelta(days=6), timedelta(hours=6)),
        (timedelta(days=7), timedelta(days=1)),
        (timedelta(days=89), timedelta(days=1)),
        (timedelta(days=90), None),
    ],
)
def test_a_young_post_is_measured_often_and_an_old_one_no_more(
    age: timedelta, wait: timedelta | None
) -> None:
    now = PUBLISHED + age
    assert ladder.next_look(PUBLISHED, now) == (None if wait is None else now + wait)


def test_a_post_is_measured_about_140_times_in_its_life() -> None:
    now, looks = PUBLISHED, 0
    while (following := ladder.next_look(PUBLISHED, now)) is not None:
        now, looks = following, looks + 1
    assert looks == 8 + 22 + 24 + 83


@pytest.mark.parametrize(
    ("failures", "after", "wait"),
    [
        (0, None, timedelta(minutes=5)),
        (3, None, timedelta(minutes=40)),
        (9, None, timedelta(hours=6)),
        (0, timedelta(seconds=30), timedelta(minutes=5)),
        (0, timedelta(hours=8), timedelta(hours=8)),
    ],
)
def test_the_wait_doubles_and_what_the_network_asks_for_wins(
    failures: int, after: timedelta | None, wait: timedelta
) -> None:
    assert ladder.back_off(failures, after) == wait


@given(st.integers(0, 10**6))
def test_without_a_wish_of_the_network_the_wait_has_a_ceiling(failures: int) -> None:
    wait = ladder.back_off(failures, None)
    assert ladder.SHORTEST_WAIT <= wait <= ladder.LONGEST_WAIT
