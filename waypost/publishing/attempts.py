"""Every call about a delivery, in words for whoever asks what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from waypost.providers.steps import name_of
from waypost.publishing.models import Attempt


@dataclass(frozen=True)
class Line:
    """One call, or several in a row that ended alike."""

    at: datetime
    step: str
    outcome: str
    detail: str
    times: int
    seconds: float  # that the last of them took
    is_done: bool


def lines(attempts: Iterable[Attempt]) -> list[Line]:
    """In the order of time; a network that is asked again and again makes one line."""
    alike = groupby(attempts, key=lambda each: (each.step, each.outcome, each.detail))
    return [_line(list(calls)) for _key, calls in alike]


def _line(calls: list[Attempt]) -> Line:
    first, last = calls[0], calls[-1]
    return Line(
        at=first.started_at,
        step=name_of(first.step),
        outcome=str(first.get_outcome_display()),
        detail=first.detail,
        times=len(calls),
        seconds=(last.ended_at - last.started_at).total_seconds(),
        is_done=first.outcome == Attempt.Outcome.DONE,
    )
