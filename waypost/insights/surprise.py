"""Whether the number of a day is a surprise, beside the same day of the weeks before.

A robust z-score: how far a value lies from the median, in units of the median absolute
deviation. One holiday or one viral post among the weeks before moves neither of the two. It is
made to keep still: few weeks, small numbers and everyday ups and downs are no surprise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

WEEKS = 8  # looked at, each with one value
FEWEST = 5  # of them known, else nothing is said
NORMAL = Decimal("1.4826")  # turns the median deviation of normal numbers into their sigma
THRESHOLD = Decimal(5)  # sigmas; of normal numbers one in some millions is as far away
STEADY = Decimal("0.1")  # of the median: what never moved may move that much at least
SMALLEST = Decimal(4)  # and so many pieces: from 0 to 3 is no news


@dataclass(frozen=True)
class Usual:
    """The middle of the weeks before, and how far one of them usually lies from it."""

    middle: Decimal
    spread: Decimal

    def score(self, value: Decimal) -> Decimal:
        """Robust z: negative below the middle."""
        return (value - self.middle) / self.spread


def usual(values: Sequence[Decimal]) -> Usual | None:
    """Of ``values``, one for each week; None where too few are known."""
    if len(values) < FEWEST:
        return None
    middle = Decimal(median(values))
    off = Decimal(median(abs(value - middle) for value in values))
    return Usual(middle, max(off * NORMAL, abs(middle) * STEADY, SMALLEST / 2))


def surprise(value: Decimal, before: Sequence[Decimal]) -> Decimal | None:
    """The score of ``value`` where it is one to tell; None where it is not."""
    found = usual(before)
    if found is None:
        return None
    score = found.score(value)
    return score if abs(score) >= THRESHOLD else None
