"""The sheet of goals in a file: new ones are added, changed ones changed, values recorded."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.documents.headings import NotUnderstood, Part, as_text, plain
from waypost.documents.reading import Cell
from waypost.goals import actions
from waypost.goals.formulas import Kind
from waypost.goals.import_words import as_day, as_kind, as_number
from waypost.goals.models import Goal, GoalValue
from waypost.goals.planned import GOAL_HEADINGS
from waypost.kit.errors import Refusal

READERS: Mapping[str, Any] = {
    "kind": as_kind,
    "metric": lambda cell: as_text(cell, longest=200),
    "unit": lambda cell: as_text(cell, longest=40),
    "baseline": as_number,
    "target": as_number,
    "start_date": as_day,
    "deadline_date": as_day,
    "value": as_number,
    "value_date": as_day,
}
NEEDED = ("baseline", "target", "start_date", "deadline_date")
SAYS_NOTHING = {
    "no",
    "kind",
    "status",
    "progress",
    "expected",
    "pace",
    "forecast",
    "arrival",
    "needed_per_week",
}


@dataclass(frozen=True)
class Outcome:
    """What became of a row. ``message`` says which columns changed, or what is wrong."""

    line: int
    title: str
    what: str  # added | changed | unchanged | error
    message: str = ""

    @property
    def is_error(self) -> bool:
        return self.what == "error"


def say(headings: Mapping[str, Promise], name: str, message: str) -> str:
    """``message`` with the column it is about in front."""
    return f"{headings[name]}: {message}" if name in headings else message


def same(old: object, new: object) -> bool:
    """Whether a cell brings nothing new; files end lines in their own way."""
    if isinstance(old, str) and isinstance(new, str):
        return old.strip().splitlines() == new.strip().splitlines()
    return old == new


def bring_goals(business: Business, part: Part, *, by: User | None) -> list[Outcome]:
    """Write the goals of a file; the caller takes everything back when there is an error."""
    known: dict[str, list[Goal]] = defaultdict(list)
    for goal in business.goals.open().order_by("deadline_date", "pk"):
        known[plain(goal.title)].append(goal)
    outcomes = []
    for line in part.lines:
        values = part.values(line)
        if any(cell is not None for name, cell in values.items() if name not in SAYS_NOTHING):
            outcomes.append(_bring(business, line.number, values, known, by))
    return outcomes


def _bring(
    business: Business,
    line: int,
    values: dict[str, Cell],
    known: dict[str, list[Goal]],
    by: User | None,
) -> Outcome:
    title = ""
    try:
        title = as_text(values.get("title"), longest=200)
        if not title:
            raise NotUnderstood(_("The goal has no title."))
        told = _read(values)
        value, day = told.pop("value", None), told.pop("value_date", None)
        found = known[plain(title)]
        if found:
            goal = found.pop(0)
            outcome = _edit(line, goal, told, by)
        else:
            goal = _create(business, title, told, by)
            outcome = Outcome(line, title, "added")
        return _record(goal, outcome, value, day, by)
    except NotUnderstood as error:
        return Outcome(line, title, "error", str(error))
    except Refusal as refusal:
        name = "value_date" if refusal.field == "date" else refusal.field
        return Outcome(line, title, "error", say(GOAL_HEADINGS, name, refusal.message))


def _read(values: dict[str, Cell]) -> dict[str, Any]:
    told = {}
    for name, reader in READERS.items():
        if name in values:
            try:
                value = reader(values[name])
            except NotUnderstood as error:
                raise NotUnderstood(say(GOAL_HEADINGS, name, str(error))) from error
            if value not in {None, ""} or name == "unit":
                told[name] = value
    return told


def _create(business: Business, title: str, told: dict[str, Any], by: User | None) -> Goal:
    for name in NEEDED:
        if name not in told:
            raise NotUnderstood(say(GOAL_HEADINGS, name, _("Fill in this cell.")))
    fixed: dict[str, Any] = {"why": "", "owner": None, "connection": None}
    usual = {"kind": Kind.REACH, "metric": title, "unit": ""}
    return actions.create_goal(business, by=by, **{**fixed, **usual, "title": title, **told})


def _edit(line: int, goal: Goal, told: dict[str, Any], by: User | None) -> Outcome:
    new = {name: value for name, value in told.items() if not same(getattr(goal, name), value)}
    if not new:
        return Outcome(line, goal.title, "unchanged")
    names = ("title", "why", "metric", "unit", *NEEDED, "owner", "connection", "kind")
    stays: dict[str, Any] = {name: getattr(goal, name) for name in names}
    actions.edit_goal(goal, by=by, **{**stays, **new})
    return Outcome(line, goal.title, "changed", _columns(new))


def _record(
    goal: Goal,
    outcome: Outcome,
    value: Decimal | None,
    day: dt.date | None,
    by: User | None,
) -> Outcome:
    if value is None:
        return outcome
    if day is None:
        raise NotUnderstood(say(GOAL_HEADINGS, "value_date", _("The day is missing.")))
    if goal.values.filter(date=day, value=value).exists():
        return outcome
    actions.record_value(goal, date=day, value=value, source=GoalValue.Source.TYPED, by=by)
    if outcome.what == "added":
        return outcome
    told = ", ".join(filter(None, [outcome.message, _columns({"value": value})]))
    return Outcome(outcome.line, outcome.title, "changed", told)


def _columns(new: dict[str, Any]) -> str:
    return ", ".join(str(GOAL_HEADINGS[name]) for name in new)
