"""Waits that grow, have a ceiling and never march in step."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from waypost.kit.backoff import LEAST, full_jitter

FIRST, CEILING = timedelta(seconds=15), timedelta(minutes=30)


@given(st.integers(min_value=-3, max_value=10_000))
def test_a_wait_is_never_longer_than_its_ceiling_nor_nothing(tries: int) -> None:
    assert LEAST <= full_jitter(tries, first=FIRST, ceiling=CEILING) <= CEILING


@given(st.integers(min_value=1, max_value=7))
def test_the_bound_doubles_with_each_try(tries: int) -> None:
    waits = [full_jitter(tries, first=FIRST, ceiling=CEILING) for _ in range(200)]
    assert max(waits) <= FIRST * 2 ** (tries - 1)
    # Of 200 draws from an even spread one lies in the upper quarter, but for 1 in 10^24.
    assert max(waits) > FIRST * 2 ** (tries - 1) * 0.75


def test_waits_are_spread_over_the_whole_span() -> None:
    waits = [full_jitter(1, first=FIRST, ceiling=CEILING) for _ in range(400)]
    assert min(waits) < FIRST / 4
    assert len(set(waits)) > 390
