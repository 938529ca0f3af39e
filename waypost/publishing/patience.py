"""How long Waypost waits before it asks a network again."""

import random
from datetime import datetime, timedelta

FIRST = timedelta(seconds=15)
CEILING = timedelta(minutes=30)
GIVE_UP = timedelta(hours=24)

FIRST_LOOK = timedelta(seconds=5)
SETTLED = timedelta(minutes=2)
"""How long a server may still be working on a call that we gave up on."""
UNTIL_DECIDED = timedelta(days=3650)
"""Far enough: the sweep leaves it alone until the owner has decided."""


def after_busy(tries: int, asked: timedelta | None) -> timedelta:
    """Back-off after ``tries`` tries (1 or more), doubling from 15 s up to 30 min.

    What the network asked for is the least; ±20 % of jitter keeps a hundred posts from
    coming back in the same second.
    """
    doubled: timedelta = FIRST * 2 ** min(max(tries, 1) - 1, 10)
    wait = min(doubled, CEILING) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
    return max(wait, asked) if asked else wait


def after_renewal(tries: int) -> timedelta:
    """At once after the first renewal; slower where a fresh access is refused as well."""
    return after_busy(tries, None) if tries > 1 else timedelta()


def is_over(due_at: datetime, now: datetime) -> bool:
    """Whether a post that was due at ``due_at`` has been tried for long enough."""
    return now - due_at > GIVE_UP


def next_look(sent_at: datetime, now: datetime) -> timedelta:
    """When to look again for a post of unclear fate: often at first, hourly in the end."""
    age = max(now - sent_at, timedelta())
    return min(max(age, FIRST_LOOK), timedelta(hours=1))
