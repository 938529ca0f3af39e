"""How a goal stands, as pure arithmetic over numbers and days.

Shares are between 0 and 1 where 1 is the target (they may lie outside), never rounded.
Whatever cannot be computed is ``None``; :class:`Standing` says why in ``missing``. Numbers
are judged on the day they were measured: a value of Sunday is held against the plan of
Sunday, not of the day somebody looks at it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from math import ceil
from typing import Protocol

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

JUST_STARTED = Decimal("0.1")  # of the time: too early to judge
ON_TRACK = Decimal(1)
SLIGHTLY_BEHIND = Decimal("0.8")
STALE = timedelta(days=35)
FARTHEST = 3650  # days; an arrival beyond ten years says nothing

Point = tuple[date, Decimal]


class Kind(TextChoices):
    REACH = "reach", gettext_lazy("Reach a number")
    KEEP_ABOVE = "keep_above", gettext_lazy("Stay at or above a number")
    KEEP_BELOW = "keep_below", gettext_lazy("Stay at or below a number")


class Status(StrEnum):
    DONE = "done"
    ON_TRACK = "on_track"
    SLIGHTLY_BEHIND = "slightly_behind"
    BEHIND = "behind"
    MISSED = "missed"
    JUST_STARTED = "just_started"
    NO_DATA = "no_data"


class Plan(Protocol):
    """What a goal promises: from ``baseline`` to ``target`` between two days."""

    baseline: Decimal
    target: Decimal
    start_date: date
    deadline_date: date


def progress(baseline: Decimal, target: Decimal, value: Decimal) -> Decimal | None:
    """Share of the way done; below 0 when it went backwards. None: there is no way to go."""
    if target == baseline:
        return None
    return (value - baseline) / (target - baseline)


def expected(start: date, deadline: date, day: date) -> Decimal | None:
    """Share of the time gone on ``day``, between 0 and 1. None: no time between the days."""
    total = (deadline - start).days
    if total <= 0:
        return None
    return min(Decimal(1), max(Decimal(0), Decimal((day - start).days) / total))


def pace(done: Decimal | None, gone: Decimal | None) -> Decimal | None:
    """Way done per time gone: 1 is exactly on plan. None in the first tenth of the time."""
    if done is None or gone is None or gone < JUST_STARTED:
        return None
    return done / gone


def forecast(baseline: Decimal, value: Decimal, gone: Decimal | None) -> Decimal | None:
    """The value at the deadline if it goes on as from the start until now."""
    if not gone:
        return None
    return baseline + (value - baseline) / gone


def arrival(start: date, day: date, done: Decimal | None) -> date | None:
    """The day on which the target is reached at this speed; None: never or too far away."""
    if done is None or done <= 0 or day <= start:
        return None
    days = (day - start).days / done
    return start + timedelta(days=ceil(days)) if days <= FARTHEST else None


def needed_per_week(value: Decimal, target: Decimal, today: date, deadline: date) -> Decimal | None:
    """Change per week from ``today`` that still reaches the target; below 0 to go down."""
    days = (deadline - today).days
    if days <= 0:
        return None
    return (target - value) * 7 / days


def cover(
    contributions: Iterable[Decimal | None], baseline: Decimal, target: Decimal
) -> Decimal | None:
    """Share of the way that initiatives together should go; None when none says how far.

    Contributions are steps towards the target, above 0 also where the number shall fall.
    """
    known = [amount for amount in contributions if amount is not None]
    if not known or target == baseline:
        return None
    return sum(known, Decimal(0)) / abs(target - baseline)


@dataclass(frozen=True)
class Standing:
    """How a goal stands on a day. ``reason`` is one sentence for the owner."""

    status: Status
    reason: str
    value: Decimal | None = None  # the last one up to the deadline, in the goal's unit
    value_date: date | None = None
    progress: Decimal | None = None
    expected: Decimal | None = None  # on ``value_date``, or today when there is no value
    pace: Decimal | None = None
    forecast: Decimal | None = None  # at the deadline, in the goal's unit
    arrival: date | None = None
    needed_per_week: Decimal | None = None  # in the goal's unit
    missing: Mapping[str, str] = field(default_factory=dict)
    """Why a number is None, by its name."""


def standing(goal: Plan, values: Iterable[Point], today: date) -> Standing:
    """How ``goal`` stands on ``today`` by its ``values`` (any order)."""
    last = _last(goal, values, today)
    if last is None:
        return _without_value(goal, today)
    day, value = last
    done = progress(goal.baseline, goal.target, value)
    gone = expected(goal.start_date, goal.deadline_date, day)
    early = gone is None or gone < JUST_STARTED
    speed = pace(done, gone)
    status, reason = _judge(goal, day, today, done, gone, speed)
    numbers = {
        "progress": done,
        "expected": gone,
        "pace": speed,
        "forecast": None if early else forecast(goal.baseline, value, gone),
        "arrival": None if early else arrival(goal.start_date, day, done),
        "needed_per_week": needed_per_week(value, goal.target, today, goal.deadline_date),
    }
    if status is Status.DONE:
        numbers |= {"arrival": None, "needed_per_week": None}
    if today > goal.deadline_date:
        numbers |= {"forecast": None, "arrival": None}
    missing = {
        name: _why_missing(name, goal, status, today, early=early)
        for name, number in numbers.items()
        if number is None
    }
    return Standing(status, reason, value, day, missing=missing, **numbers)  # type: ignore[arg-type]


def _last(goal: Plan, values: Iterable[Point], today: date) -> Point | None:
    # After the deadline the number may go on changing; the goal is judged by its own time.
    end = min(today, goal.deadline_date)
    inside = [point for point in values if goal.start_date <= point[0] <= end]
    return max(inside, default=None)


def _without_value(goal: Plan, today: date) -> Standing:
    gone = expected(goal.start_date, goal.deadline_date, today)
    nothing = _("No value has been entered yet.")
    status, reason = Status.NO_DATA, nothing
    if today < goal.start_date:
        status = Status.JUST_STARTED
        reason = _("It starts on %(day)s.") % {"day": _day(goal.start_date)}
    elif gone is not None and gone < JUST_STARTED:
        status = Status.JUST_STARTED
        reason = _("It began on %(day)s; no value has been entered yet.") % {
            "day": _day(goal.start_date)
        }
    names = ("value", "progress", "pace", "forecast", "arrival", "needed_per_week")
    missing = dict.fromkeys(names, nothing)
    if gone is None:
        missing["expected"] = _no_time()
    return Standing(status, reason, expected=gone, missing=missing)


def _judge(
    goal: Plan,
    day: date,
    today: date,
    done: Decimal | None,
    gone: Decimal | None,
    speed: Decimal | None,
) -> tuple[Status, str]:
    if done is None or gone is None:
        return Status.NO_DATA, _no_way() if done is None else _no_time()
    words = {"done": _percent(done), "gone": _percent(gone), "day": _day(day)}
    if done >= 1:
        return Status.DONE, _("The target is reached (measured on %(day)s).") % words
    if today > goal.deadline_date:
        return Status.MISSED, _("The deadline has passed with %(done)s of the way done.") % words
    if today - day >= STALE:
        return Status.NO_DATA, _("The last value is from %(day)s, too old to judge by.") % words
    if speed is None:
        return Status.JUST_STARTED, _(
            "%(done)s of the way is done after %(gone)s of the time. It is too early to judge."
        ) % words
    return _by_pace(speed), _("%(done)s of the way is done after %(gone)s of the time.") % words


def _by_pace(speed: Decimal) -> Status:
    if speed >= ON_TRACK:
        return Status.ON_TRACK
    return Status.SLIGHTLY_BEHIND if speed >= SLIGHTLY_BEHIND else Status.BEHIND


def _why_missing(name: str, goal: Plan, status: Status, today: date, *, early: bool) -> str:
    if goal.start_date >= goal.deadline_date:
        return _no_time()
    if goal.target == goal.baseline:
        return _no_way()
    if status is Status.DONE:
        return _("The target is reached.")
    if today >= goal.deadline_date and name != "pace":
        return _("No time is left until the deadline.")
    if early:
        return _("It is too early: less than a tenth of the time had passed.")
    return _("At this speed the target is not reached within ten years.")


def _no_way() -> str:
    return _("The target equals the value at the start, so there is no way to measure.")


def _no_time() -> str:
    return _("The deadline is not after the start, so there is no time to measure.")


def _percent(share: Decimal) -> str:
    return f"{(share * 100).quantize(Decimal(1), 'ROUND_HALF_UP') + 0}\u00a0%"


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
