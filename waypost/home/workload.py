"""How much each person has to do in the weeks ahead, and how many hours they have.

Tasks count by their day, posts by the day they go out; a post takes the minutes that the
business gives its type (`market.workload`). What has no day is no week's work.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import cached_property

from waypost.accounts.away import absences_of
from waypost.accounts.models import Absence, Business, Member
from waypost.board.models import Status as TaskStatus
from waypost.content.models import Status as ItemStatus
from waypost.market.kinds import UNSAID
from waypost.market.workload import minutes_of

WEEKS = 6
TASK_MINUTES = 60  # of a task: a guess that is the same for everybody
WORKDAYS = 5
HOUR = Decimal(60)
UNDONE = (ItemStatus.IDEA, ItemStatus.DRAFT, ItemStatus.IN_REVIEW)


@dataclass
class Cell:
    """One person in one week."""

    tasks: int = 0
    posts: int = 0
    minutes: int = 0
    days_off: int = 0  # of five
    hours_a_week: Decimal | None = None

    @property
    def hours(self) -> Decimal:
        return Decimal(self.minutes) / HOUR

    @property
    def available(self) -> Decimal | None:
        """Hours without the days off; None while nobody has said."""
        if self.hours_a_week is None:
            return None
        return self.hours_a_week * (WORKDAYS - self.days_off) / WORKDAYS

    @property
    def is_too_much(self) -> bool:
        return self.available is not None and self.hours > self.available


@dataclass(frozen=True)
class Workload:
    weeks: list[dt.date]
    """The Mondays."""
    rows: list[tuple[Member, list[Cell]]]
    unassigned: list[Cell] = field(default_factory=list)

    @cached_property
    def too_much(self) -> list[tuple[Member, int]]:
        """Who has more than their hours in how many weeks."""
        counted = [(member, sum(cell.is_too_much for cell in row)) for member, row in self.rows]
        return [(member, weeks) for member, weeks in counted if weeks]

    @property
    def has_work(self) -> bool:
        cells = [cell for _member, row in self.rows for cell in row] + self.unassigned
        return any(cell.minutes for cell in cells)


def gather(business: Business, today: dt.date) -> Workload:
    """Six queries, whatever there is."""
    first = today - dt.timedelta(days=today.weekday())
    weeks = [first + dt.timedelta(weeks=number) for number in range(WEEKS)]
    members = list(business.members.select_related("user"))
    cells: dict[int | None, list[Cell]] = defaultdict(lambda: [Cell() for _ in weeks])
    for member in members:
        cells[member.user_id] = [Cell(hours_a_week=member.hours_a_week) for _ in weeks]
    _add_tasks(business, cells, weeks)
    _add_posts(business, cells, weeks)
    for absence in absences_of(business).from_day(first):
        _take_off(absence, cells[absence.member.user_id], weeks)
    here = {member.user_id for member in members}
    nobody = [_joined(cells, here, number) for number in range(WEEKS)]
    return Workload(weeks, [(member, cells[member.user_id]) for member in members], nobody)


def _week(day: dt.date, weeks: list[dt.date]) -> int | None:
    """Its place among the weeks; what is late counts in the first."""
    number = max((day - weeks[0]).days // 7, 0)
    return number if number < len(weeks) else None


def _add_tasks(
    business: Business, cells: Mapping[int | None, list[Cell]], weeks: list[dt.date]
) -> None:
    rows = business.tasks.exclude(status=TaskStatus.DONE).filter(archived_at=None)
    for assignee, day in rows.exclude(due_date=None).values_list("assignee_id", "due_date"):
        assert day is not None
        number = _week(day, weeks)
        if number is not None:
            cell = cells[assignee][number]
            cell.tasks += 1
            cell.minutes += TASK_MINUTES


def _add_posts(
    business: Business, cells: Mapping[int | None, list[Cell]], weeks: list[dt.date]
) -> None:
    minutes = minutes_of(business)
    usual = minutes[UNSAID]
    rows = business.items.filter(status__in=UNDONE).exclude(due_at=None)
    for owner, author, kind, at in rows.values_list("owner_id", "author_id", "kind", "due_at"):
        assert at is not None
        number = _week(at.astimezone(business.zone).date(), weeks)
        if number is not None:
            cell = cells[owner or author][number]
            cell.posts += 1
            cell.minutes += minutes.get(kind, usual)


def _take_off(absence: Absence, row: list[Cell], weeks: list[dt.date]) -> None:
    for cell, monday in zip(row, weeks, strict=True):
        days = (monday + dt.timedelta(days=number) for number in range(WORKDAYS))
        off = sum(absence.from_date <= day <= absence.until_date for day in days)
        cell.days_off = min(WORKDAYS, cell.days_off + off)


def _joined(cells: Mapping[int | None, list[Cell]], here: set[int], number: int) -> Cell:
    """What belongs to nobody who is here, in one week."""
    others = [row[number] for user, row in cells.items() if user not in here]
    return Cell(
        tasks=sum(cell.tasks for cell in others),
        posts=sum(cell.posts for cell in others),
        minutes=sum(cell.minutes for cell in others),
    )
