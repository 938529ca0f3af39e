"""How long Waypost waits before it asks a network again."""

import random
from datetime import datetime, timedelta

from waypost.kit.backoff import full_jitter

FIRST = timedelta(seconds=15)
CEILING = timedelta(minutes=30)
GIVE_UP = timedelta(hours=24)
SPREAD = timedelta(seconds=20)

FIRST_LOOK = timedelta(seconds=5)
SETTLED = timedelta(minutes=2)
"""How long a server may still be working on a call that we gave up on."""
PROCESSING = timedelta(hours=2)
"""How long a network may work on a video before we give up on it: our own choice."""
UNTIL_DECIDED = timedelta(days=3650)
"""Far enough: the sweep leaves it alone until the owner has decided."""


def after_busy(tries: int, asked: timedelta | None) -> timedelta:
    """Back-off with full jitter after ``tries`` tries (1 or more), up to 15 s, later 30 min.

    Where the network said how long, that is the least, and a little more: a hundred posts
    that were told the same moment do not come back in the same second.
    """
    if asked is not None:
        return asked + random.uniform(0, 1) * min(asked / 10, SPREAD)  # noqa: S311 - no secret
    return full_jitter(tries, first=FIRST, ceiling=CEILING)


def after_renewal(tries: int) -> timedelta:
    """At once after the first renewal; slower where a fresh access is refused as well."""
    return after_busy(tries, None) if tries > 1 else timedelta()


def is_over(due_at: datetime, now: datetime, asked: timedelta | None = None) -> bool:
    """Whether a post that was due at ``due_at`` has been tried for long enough.

    So it has where the network asks for a wait that ends later than we try.
    """
    return now - due_at + (asked or timedelta()) > GIVE_UP


def next_poll(since: datetime, now: datetime) -> timedelta:
    """When to ask again whether a video is ready: soon at first, every minute in the end."""
    return min(max((now - since) / 4, timedelta(seconds=3)), timedelta(minutes=1))


def next_look(sent_at: datetime, now: datetime) -> timedelta:
    """When to look again for a post of unclear fate: often at first, hourly in the end."""
    age = max(now - sent_at, timedelta())
    return min(max(age, FIRST_LOOK), timedelta(hours=1))
