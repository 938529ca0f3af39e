"""The roadmap as files need it: every open goal with how it stands and what is done for it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, pgettext_lazy

from waypost.accounts.models import Business
from waypost.goals.actions import today_of
from waypost.goals.formulas import Standing
from waypost.goals.models import Goal, Initiative
from waypost.goals.roadmap import dependencies, initiatives_of

HEADINGS = {
    "no": pgettext_lazy("column", "No."),
    "title": gettext_lazy("Initiative"),
    "goal": gettext_lazy("Goal"),
    "owner": gettext_lazy("Owner"),
    "start_date": gettext_lazy("Start"),
    "end_date": gettext_lazy("End"),
    "days": gettext_lazy("Duration (days)"),
    "status": gettext_lazy("Status"),
    "progress": gettext_lazy("Progress %"),
    "depends_on": gettext_lazy("Depends on"),
    "risk": gettext_lazy("Risk"),
    "resources": gettext_lazy("Resources"),
    "budget": gettext_lazy("Budget"),
}
"""Columns of the roadmap by the name of what they hold."""

GOAL_HEADINGS = {
    "no": pgettext_lazy("column", "No."),
    "title": gettext_lazy("Goal"),
    "kind": gettext_lazy("Kind of goal"),
    "metric": gettext_lazy("What is measured"),
    "unit": gettext_lazy("Unit"),
    "baseline": gettext_lazy("Baseline"),
    "target": gettext_lazy("Target"),
    "start_date": gettext_lazy("Start"),
    "deadline_date": gettext_lazy("Deadline"),
    "value": gettext_lazy("Current"),
    "value_date": gettext_lazy("Measured on"),
    "progress": gettext_lazy("Progress"),
    "expected": gettext_lazy("Expected"),
    "pace": gettext_lazy("Pace"),
    "forecast": gettext_lazy("Forecast at the deadline"),
    "arrival": gettext_lazy("Reached on"),
    "needed_per_week": gettext_lazy("Needed per week"),
    "status": gettext_lazy("Status"),
}


@dataclass(frozen=True)
class Group:
    number: int
    goal: Goal
    state: Standing
    initiatives: list[Initiative]


@dataclass(frozen=True)
class Plan:
    """``business`` and ``groups`` are empty for a template."""

    business: Business | None
    today: dt.date
    groups: list[Group] = field(default_factory=list)
    numbers: Mapping[int, str] = field(default_factory=dict)  # of initiatives, by key
    waits: Mapping[int, list[int]] = field(default_factory=dict)

    @property
    def initiatives(self) -> list[Initiative]:
        return [each for group in self.groups for each in group.initiatives]

    def after(self, initiative: Initiative) -> str:
        """Numbers of what it depends on: ``1.2, 2.1``."""
        numbers = [
            self.numbers[pk] for pk in self.waits.get(initiative.pk, ()) if pk in self.numbers
        ]
        return ", ".join(sorted(numbers, key=_by_parts))

    @property
    def span(self) -> tuple[dt.date, dt.date]:
        """First and last day of anything planned; this year when there is nothing."""
        days = [day for group in self.groups for day in _days(group)]
        if not days:
            return dt.date(self.today.year, 1, 1), dt.date(self.today.year, 12, 31)
        return min(days), max(days)

    @property
    def period(self) -> str:
        return " – ".join(date_format(day, "SHORT_DATE_FORMAT") for day in self.span)


def _days(group: Group) -> list[dt.date]:
    days = [group.goal.start_date, group.goal.deadline_date]
    for each in group.initiatives:
        days += [each.start_date, each.end_date]
    return days


def _by_parts(number: str) -> list[int]:
    return [int(part) for part in number.split(".")]


def template(business: Business | None) -> Plan:
    """An empty plan to be filled in by hand."""
    return Plan(business, today_of(business) if business else dt.datetime.now(dt.UTC).date())


def planned(business: Business) -> Plan:
    """Four queries however large the plan is."""
    today = today_of(business)
    by_goal: dict[int, list[Initiative]] = {}
    for each in initiatives_of(business):
        by_goal.setdefault(each.goal_id, []).append(each)
    goals = business.goals.open().with_values().order_by("deadline_date", "pk")
    groups = [
        Group(number, goal, goal.standing(today), by_goal.get(goal.pk, []))
        for number, goal in enumerate(goals, 1)
    ]
    numbers = {
        each.pk: f"{group.number}.{place}"
        for group in groups
        for place, each in enumerate(group.initiatives, 1)
    }
    return Plan(business, today, groups, numbers, dependencies(business))


def owner_words(initiative: Initiative) -> str:
    """The person, else the role that answers for it."""
    if initiative.owner:
        return str(initiative.owner)
    return str(initiative.get_owner_role_display())
