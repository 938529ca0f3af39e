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

from waypost.kit.numbers import shown

JUST_STARTED = Decimal("0.1")  # of the time: too early to judge
ON_TRACK = Decimal(1)
SLIGHTLY_BEHIND = Decimal("0.8")
STALE = timedelta(days=35)
FARTHEST = 3650  # days; an arrival beyond ten years says nothing
TREND_DAYS = 60  # how far the trend looks back from the last value
TREND_POINTS = 4  # fewer make no trend

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
    """What a goal promises: from ``baseline`` to ``target`` between two days.

    One that keeps a number promises to stay on the right side of ``target``.
    """

    kind: str
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


def trend(values: Iterable[Point], deadline: date) -> Decimal | None:
    """The value at the deadline on the straight line nearest to the last values.

    Least squares over the days before the last one, see ``TREND_DAYS``. None: too few
    values, or all of one day.
    """
    points = sorted(values)
    last = points[-1][0] if points else deadline
    near = [((day - last).days, value) for day, value in points if (last - day).days <= TREND_DAYS]
    count, days = len(near), sum(day for day, _value in near)
    spread = count * sum(day * day for day, _value in near) - days * days
    if count < TREND_POINTS or not spread:
        return None
    total = sum((value for _day, value in near), Decimal(0))
    slope = (count * sum((day * value for day, value in near), Decimal(0)) - days * total) / spread
    return (total - slope * days) / count + slope * (deadline - last).days


def within(kind: str, target: Decimal, value: Decimal) -> bool:
    """Whether ``value`` is on the side of ``target`` that a goal of ``kind`` keeps to."""
    return value >= target if kind == Kind.KEEP_ABOVE else value <= target


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
    short: Decimal | None = None  # from the forecast to the target; below 0: beyond it
    trend: Decimal | None = None  # at the deadline, by the last values alone
    arrival: date | None = None
    needed_per_week: Decimal | None = None  # in the goal's unit
    met: bool | None = None  # of a goal that keeps a number
    missing: Mapping[str, str] = field(default_factory=dict)
    """Why a number is None, by its name."""


NUMBERS = (
    "value",
    "progress",
    "pace",
    "forecast",
    "short",
    "trend",
    "arrival",
    "needed_per_week",
    "met",
)  # the fields of Standing that are None without a value


def standing(goal: Plan, values: Iterable[Point], today: date) -> Standing:
    """How ``goal`` stands on ``today`` by its ``values`` (any order)."""
    inside = _inside(goal, values, today)
    if not inside:
        return _without_value(goal, today)
    if goal.kind != Kind.REACH:
        return _keeping(goal, inside, today)
    day, value = inside[-1]
    done = progress(goal.baseline, goal.target, value)
    gone = expected(goal.start_date, goal.deadline_date, day)
    early = gone is None or gone < JUST_STARTED
    speed = pace(done, gone)
    status, reason = _judge(goal, day, today, done, gone, speed)
    ahead = None if early else forecast(goal.baseline, value, gone)
    numbers = {
        "progress": done,
        "expected": gone,
        "pace": speed,
        "forecast": ahead,
        "short": None if ahead is None else _short(goal, ahead),
        "trend": trend(inside, goal.deadline_date),
        "arrival": None if early else arrival(goal.start_date, day, done),
        "needed_per_week": needed_per_week(value, goal.target, today, goal.deadline_date),
    }
    if status is Status.DONE:
        numbers |= {"arrival": None, "needed_per_week": None}
    if today > goal.deadline_date:
        numbers |= {"forecast": None, "short": None, "trend": None, "arrival": None}
    missing = {
        name: _why_missing(name, goal, status, today, early=early)
        for name, number in numbers.items()
        if number is None
    }
    missing["met"] = _("It is a number to reach, so it is not met or broken on the way.")
    return Standing(status, reason, value, day, missing=missing, **numbers)  # type: ignore[arg-type]


def _inside(goal: Plan, values: Iterable[Point], today: date) -> list[Point]:
    """The values of the goal's own time, in order."""
    # After the deadline the number may go on changing; the goal is judged by its own time.
    end = min(today, goal.deadline_date)
    return sorted(point for point in values if goal.start_date <= point[0] <= end)


def _short(goal: Plan, ahead: Decimal) -> Decimal:
    return goal.target - ahead if goal.target >= goal.baseline else ahead - goal.target


def _keeping(goal: Plan, inside: list[Point], today: date) -> Standing:
    """How a goal stands that keeps a number: met or not, without a way and so without a pace."""
    day, value = inside[-1]
    met = within(goal.kind, goal.target, value)
    ahead = None if today > goal.deadline_date else trend(inside, goal.deadline_date)
    names = ("progress", "pace", "forecast", "short", "arrival", "needed_per_week")
    missing = dict.fromkeys(names, _("A number that is kept has no way to go, so no pace."))
    gone = expected(goal.start_date, goal.deadline_date, day)
    if gone is None:
        missing["expected"] = _no_time()
    if ahead is None:
        over = today > goal.deadline_date
        missing["trend"] = _no_time_left() if over else _too_few()
    status, reason = _judge_kept(goal, inside, today)
    return Standing(
        status, reason, value, day, expected=gone, trend=ahead, met=met, missing=missing
    )


def _judge_kept(goal: Plan, inside: list[Point], today: date) -> tuple[Status, str]:
    day, value = inside[-1]
    kept = sum(within(goal.kind, goal.target, each) for _day, each in inside)
    words = {
        "value": shown(value),
        "limit": shown(goal.target),
        "day": _day(day),
        "kept": kept,
        "all": len(inside),
    }
    if today <= goal.deadline_date and today - day >= STALE:
        return Status.NO_DATA, _("The last value is from %(day)s, too old to judge by.") % words
    over = today > goal.deadline_date
    if within(goal.kind, goal.target, value):
        sides = {
            Kind.KEEP_ABOVE: _(
                "Met: %(value)s is not below %(limit)s. %(kept)s of %(all)s values kept to it."
            ),
            Kind.KEEP_BELOW: _(
                "Met: %(value)s is not above %(limit)s. %(kept)s of %(all)s values kept to it."
            ),
        }
        return Status.DONE if over else Status.ON_TRACK, sides[Kind(goal.kind)] % words
    sides = {
        Kind.KEEP_ABOVE: _(
            "Not met: %(value)s is below %(limit)s. %(kept)s of %(all)s values kept to it."
        ),
        Kind.KEEP_BELOW: _(
            "Not met: %(value)s is above %(limit)s. %(kept)s of %(all)s values kept to it."
        ),
    }
    return Status.MISSED if over else Status.BEHIND, sides[Kind(goal.kind)] % words


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
    missing = dict.fromkeys(NUMBERS, nothing)
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
    if name == "trend":
        return _no_time_left() if today > goal.deadline_date else _too_few()
    if status is Status.DONE:
        return _("The target is reached.")
    if today >= goal.deadline_date and name != "pace":
        return _no_time_left()
    if early:
        return _("It is too early: less than a tenth of the time had passed.")
    return _("At this speed the target is not reached within ten years.")


def _no_way() -> str:
    return _("The target equals the value at the start, so there is no way to measure.")


def _no_time() -> str:
    return _("The deadline is not after the start, so there is no time to measure.")


def _no_time_left() -> str:
    return _("No time is left until the deadline.")


def _too_few() -> str:
    words = {"points": TREND_POINTS, "days": TREND_DAYS}
    return _("A trend takes at least %(points)s values within %(days)s days.") % words


def _percent(share: Decimal) -> str:
    return f"{(share * 100).quantize(Decimal(1), 'ROUND_HALF_UP') + 0}\u00a0%"


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
