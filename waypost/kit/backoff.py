"""How long to wait before asking again somebody who did not answer."""

import random
from datetime import timedelta

LEAST = timedelta(seconds=1)
_MOST_DOUBLINGS = 30


def full_jitter(tries: int, *, first: timedelta, ceiling: timedelta) -> timedelta:
    """A random wait after ``tries`` tries (1 or more).

    It lies between a second and a bound that doubles from ``first`` to ``ceiling``: of a
    hundred that failed together no two come back together.
    """
    doubled: timedelta = first * 2 ** min(max(tries, 1) - 1, _MOST_DOUBLINGS)
    bound = max(min(doubled, ceiling), LEAST)
    return LEAST + (bound - LEAST) * random.random()  # noqa: S311 - no secret
