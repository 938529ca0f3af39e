"""What a goal still lacks: is it told completely (SMART), and when is its next value due."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from waypost.goals.formulas import Kind
from waypost.goals.models import Checkpoint, Goal


@dataclass(frozen=True)
class Part:
    """One of the five; ``lack`` says what is missing, empty when nothing is."""

    letter: str
    word: str
    lack: str


@dataclass(frozen=True)
class Smart:
    parts: tuple[Part, ...]

    @property
    def score(self) -> int:
        """How many of the five parts are told."""
        return sum(not part.lack for part in self.parts)

    @property
    def lacks(self) -> list[str]:
        return [part.lack for part in self.parts if part.lack]


def smart(goal: Goal) -> Smart:
    """Whether ``goal`` is specific, measurable, achievable, relevant and bound to a time."""
    return Smart(
        (
            Part("S", _("Specific"), _unless(goal.specific, _("No word on what will change."))),
            Part("M", _("Measurable"), _no_number(goal)),
            Part(
                "A", _("Achievable"), _unless(goal.achievable, _("No word on why it can be done."))
            ),
            Part("R", _("Relevant"), _no_use(goal)),
            Part("T", _("Time-bound"), _no_date(goal)),
        )
    )


def _unless(told: str, lack: str) -> str:
    return "" if told.strip() else lack


def _no_number(goal: Goal) -> str:
    if not goal.metric.strip():
        return _("No number: nobody knows what is measured.")
    if goal.kind == Kind.REACH and goal.baseline == goal.target:
        return _("No number to reach: the target equals the value at the start.")
    return ""


def _no_use(goal: Goal) -> str:
    if not goal.resources.strip():
        return _("No resource: it does not say what it needs.")
    return _unless(goal.why, _("No word on why it matters."))


def _no_date(goal: Goal) -> str:
    return "" if goal.deadline_date > goal.start_date else _("No date: there is no time for it.")


@dataclass(frozen=True)
class Due:
    """The next value somebody should enter, and on which day at the latest."""

    checkpoint: Checkpoint
    date: dt.date
    overdue: bool

    def __str__(self) -> str:
        """One sentence for the owner."""
        overdue = {
            Checkpoint.DAILY: _("The daily value is missing since %(day)s."),
            Checkpoint.WEEKLY: _("The weekly value is missing since %(day)s."),
            Checkpoint.MONTHLY: _("The monthly value is missing since %(day)s."),
            Checkpoint.YEAR_END: _("The value of the year is missing since %(day)s."),
        }
        ahead = {
            Checkpoint.DAILY: _("The next daily value is due on %(day)s."),
            Checkpoint.WEEKLY: _("The next weekly value is due by %(day)s."),
            Checkpoint.MONTHLY: _("The next monthly value is due by %(day)s."),
            Checkpoint.YEAR_END: _("The value of the year is due by %(day)s."),
        }
        sentence = (overdue if self.overdue else ahead)[self.checkpoint]
        return sentence % {"day": date_format(self.date, "DATE_FORMAT")}


def next_due(goal: Goal, days: Iterable[dt.date], today: dt.date) -> Due | None:
    """The most urgent value that is due, by ``goal.checkpoints``; ``days`` have values.

    None: no checkpoint was chosen, or no period is left until the deadline.
    """
    last = max((day for day in days if goal.start_date <= day <= today), default=None)
    found = [
        Due(Checkpoint(each), day, overdue=day < today)
        for each in goal.checkpoints
        if (day := _due_day(goal, Checkpoint(each), last)) is not None
    ]
    return min(found, key=lambda due: due.date, default=None)


def _due_day(goal: Goal, checkpoint: Checkpoint, last: dt.date | None) -> dt.date | None:
    if last is None:
        return min(period_end(goal.start_date, checkpoint), goal.deadline_date)
    covered = period_end(last, checkpoint)
    if covered >= goal.deadline_date:
        return None
    return min(period_end(covered + dt.timedelta(days=1), checkpoint), goal.deadline_date)


def period_end(day: dt.date, checkpoint: Checkpoint) -> dt.date:
    """The last day of the day, week (Sunday), month or year that ``day`` lies in."""
    if checkpoint == Checkpoint.DAILY:
        return day
    if checkpoint == Checkpoint.WEEKLY:
        return day + dt.timedelta(days=6 - day.weekday())
    if checkpoint == Checkpoint.MONTHLY:
        return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return day.replace(month=12, day=31)
