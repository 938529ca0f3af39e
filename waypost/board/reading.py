"""The board as a page shows it: columns with cards, and the filters that make it personal."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, Member, User
from waypost.board.columns import columns_of
from waypost.board.models import Column, Label, Status, Task
from waypost.board.models.tasks import TaskQuerySet
from waypost.board.team import Team, team_of
from waypost.live import actions as live
from waypost.talk.models import Comment, Talked

MINE, NOBODY = "me", "nobody"
MOST_DONE = 100  # done cards that are drawn; the others are counted


@dataclass(frozen=True)
class Filters:
    """What of the board is wanted; every value is as it stands in the address."""

    who: str = ""  # key of a person, "me" or "nobody"
    role: str = ""
    label: str = ""
    initiative: str = ""
    q: str = ""

    @classmethod
    def read(cls, given: QueryDict) -> "Filters":
        return cls(**{name: given.get(name, "").strip()[:80] for name in cls.__annotations__})

    @property
    def is_filtering(self) -> bool:
        return bool(self.query)

    @property
    def query(self) -> str:
        """For the address of the same board."""
        return urlencode({name: value for name, value in vars(self).items() if value})

    def apply(self, rows: TaskQuerySet, me: User) -> TaskQuerySet:
        if self.who == NOBODY:
            rows = rows.filter(assignee=None)
        elif self.who:
            key = me.pk if self.who == MINE else _number(self.who)
            # What waits for somebody's review is theirs to do, too.
            rows = rows.filter(Q(assignee=key) | Q(reviewer=key, status=Status.REVIEW))
        if self.role:
            rows = rows.filter(Q(role=self.role) | Q(role="", initiative__owner_role=self.role))
        if self.label:
            rows = rows.filter(labels=_number(self.label))
        if self.initiative:
            rows = rows.filter(initiative=_number(self.initiative))
        for word in self.q.split():
            rows = rows.filter(Q(title__icontains=word) | Q(description__icontains=word))
        return rows


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


@dataclass(frozen=True)
class Face:
    """A card as the board draws it."""

    task: Task
    today: dt.date
    talked: Talked = field(default_factory=Talked)

    @property
    def order(self) -> str:
        """Sorts as text as the position sorts as a number."""
        return f"{self.task.position + (1 << 62):020d}-{self.task.pk:012d}"

    @property
    def is_late(self) -> bool:
        due = self.task.due_date
        return due is not None and due < self.today and not self.task.is_done

    @property
    def is_today(self) -> bool:
        return self.task.due_date == self.today and not self.task.is_done

    @property
    def held_days(self) -> int:
        since = self.task.hold_since
        return (self.today - since).days if since else 0

    @property
    def steps(self) -> tuple[int, int] | None:
        """How many lines of the checklist are ticked, of how many."""
        every = getattr(self.task, "steps_all", 0)
        return (getattr(self.task, "steps_done", 0), every) if every else None

    @property
    def comments(self) -> int:
        return self.talked.open + self.talked.resolved


@dataclass
class Lane:
    """One column with what stands in it."""

    column: Column
    faces: list[Face] = field(default_factory=list)
    more: int = 0  # cards that are not drawn

    @property
    def count(self) -> int:
        return len(self.faces) + self.more

    @property
    def is_full(self) -> bool:
        return bool(self.column.limit) and self.count >= (self.column.limit or 0)


@dataclass
class Board:
    business: Business
    member: Member
    filters: Filters
    lanes: list[Lane]
    team: Team
    labels: list[Label]
    since: int  # number of the latest change that the page knows of

    @property
    def is_empty(self) -> bool:
        return not any(lane.faces for lane in self.lanes)

    @cached_property
    def people(self) -> list[tuple[str, str]]:
        """Whose board can be asked for: value for the address, name."""
        if len(self.team.staff.members) < 2:
            return []
        me = self.member.user_id
        others = [each for each in self.team.staff.members if each.user_id != me]
        named = [(str(each.user_id), str(each.user)) for each in others]
        return [(MINE, _("My tasks")), *named, (NOBODY, _("Nobody’s"))]

    @property
    def hats(self) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Hat.choices]


def read_board(business: Business, member: Member, filters: Filters) -> Board:
    """Eleven queries at most, whatever stands on the board."""
    since = live.latest()  # before the cards: what comes between is told again
    columns = columns_of(business)
    lanes = {column.key: Lane(column) for column in columns}
    rows = filters.apply(business.tasks.on_board(), member.user)
    usual = {column.meaning: column.key for column in columns if column.is_usual}
    for face in faces(business, rows):
        key = face.task.column_key
        lane = lanes.get(key) or lanes[usual[face.task.status]]
        if lane.column.meaning == Status.DONE and len(lane.faces) >= MOST_DONE:
            lane.more += 1
        else:
            lane.faces.append(face)
    return Board(
        business=business,
        member=member,
        filters=filters,
        lanes=list(lanes.values()),
        team=team_of(business),
        labels=list(business.labels.all()),
        since=since,
    )


def faces(business: Business, rows: TaskQuerySet) -> list[Face]:
    """The cards of ``rows`` in their order; four queries."""
    tasks = list(rows.distinct().as_faces())
    talked: Mapping[str, Any] = {}
    if tasks:
        talked = Comment.objects.counts(business, "board/task/")
    today = timezone.localdate()
    return [Face(task, today, talked.get(task.thread, Talked())) for task in tasks]
