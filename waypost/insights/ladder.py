"""How often the networks are asked: a post often while it is young, then ever less."""

from datetime import datetime, timedelta

ACCOUNT_EVERY = timedelta(hours=6)

LADDER = (  # up to this age of the post → wait so long until the next look
    (timedelta(hours=2), timedelta(minutes=15)),
    (timedelta(hours=24), timedelta(hours=1)),
    (timedelta(days=7), timedelta(hours=6)),
    (timedelta(days=90), timedelta(days=1)),
)
OLDEST = LADDER[-1][0]

SHORTEST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)


def next_look(published_at: datetime, now: datetime) -> datetime | None:
    """When a post is measured again after ``now``; None when it is too old to change."""
    age = now - published_at
    for until, wait in LADDER:
        if age < until:
            return now + wait
    return None


def back_off(failures: int, after: timedelta | None) -> timedelta:
    """How long to wait after so many failures in a row; what the network asks for wins."""
    doubled: timedelta = SHORTEST_WAIT * 2 ** min(failures, 10)
    return max(min(doubled, LONGEST_WAIT), after or timedelta(0))
