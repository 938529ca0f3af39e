"""The board as a page shows it: columns with cards, and the filters that make it personal."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import CharField, Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, Member, User
from waypost.board.columns import columns_of
from waypost.board.models import Column, Label, Status, Step, Task, TaskLink
from waypost.board.models.tasks import TaskQuerySet
from waypost.live import actions as live
from waypost.talk.models import Comment

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


class Face(NamedTuple):
    """A card as the board draws it. A board has hundreds, so no model is made for each."""

    pk: int
    title: str
    status: str
    column_id: int | None
    role: str
    priority: int
    assignee: str  # how the person is called; empty: nobody
    reviewer: str
    initiative: str  # its title
    due_date: dt.date | None
    hold_reason: str
    hold_since: dt.date | None
    repeats: str
    position: int
    version: int
    moves: int
    moved_on: int
    steps_all: int  # lines of the checklist
    steps_done: int
    today: dt.date
    labels: Sequence[tuple[str, str]] = ()  # name, colour
    links: Sequence[tuple[str, str]] = ()  # title, address
    comments: int = 0

    @property
    def column_key(self) -> str:
        """See :attr:`Column.key`."""
        return str(self.column_id) if self.column_id else self.status

    @property
    def order(self) -> str:
        """Sorts as text as the position sorts as a number."""
        return f"{self.position + (1 << 62):020d}-{self.pk:012d}"

    @property
    def is_done(self) -> bool:
        return self.status == Status.DONE.value

    @property
    def is_late(self) -> bool:
        return self.due_date is not None and self.due_date < self.today and not self.is_done

    @property
    def is_today(self) -> bool:
        return self.due_date == self.today and not self.is_done


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
    members: list[Member]
    labels: list[Label]
    since: int  # number of the latest change that the page knows of

    @property
    def is_empty(self) -> bool:
        return not any(lane.faces for lane in self.lanes)

    @cached_property
    def people(self) -> list[tuple[str, str]]:
        """Whose board can be asked for: value for the address, name."""
        if len(self.members) < 2:
            return []
        me = self.member.user_id
        others = [each for each in self.members if each.user_id != me]
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
        lane = lanes.get(face.column_key) or lanes[usual[face.status]]
        if lane.column.meaning == Status.DONE and len(lane.faces) >= MOST_DONE:
            lane.more += 1
        else:
            lane.faces.append(face)
    return Board(
        business=business,
        member=member,
        filters=filters,
        lanes=list(lanes.values()),
        members=list(business.members.select_related("user")),
        labels=list(business.labels.all()),
        since=since,
    )


def faces(business: Business, rows: TaskQuerySet) -> list[Face]:
    """The cards of ``rows`` in their order; four queries."""
    values: list[tuple[Any, ...]] = list(rows.order_by("position", "pk").values_list(*SHOWN))
    if not values:
        return []
    today = timezone.localdate()
    keys = [row[0] for row in values]
    labels, links = _labels(keys), _links(keys)
    talked = Comment.objects.counts(business, Task.THREADS)
    comments = {thread: each.open + each.resolved for thread, each in talked.items()}
    return [
        Face._make(
            (
                *row,
                today,
                labels.get(row[0], ()),
                links.get(row[0], ()),
                comments.get(f"{Task.THREADS}{row[0]}", 0),
            )
        )
        for row in values
    ]


def _labels(tasks: list[int]) -> Mapping[int, list[tuple[str, str]]]:
    rows = Task.labels.through._default_manager.filter(task__in=tasks)
    ordered = rows.order_by("label__name", "label_id")
    return _by_first(ordered.values_list("task_id", "label__name", "label__colour"))


def _links(tasks: list[int]) -> Mapping[int, list[tuple[str, str]]]:
    rows = TaskLink.objects.filter(task__in=tasks)
    return _by_first(rows.values_list("task_id", "title", "path"))


def _by_first(rows: Iterable[tuple[int, str, str]]) -> Mapping[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for key, name, value in rows:
        found.setdefault(key, []).append((name, value))
    return found


def _called(person: str) -> Coalesce:
    """As ``User.__str__`` says it."""
    name = NullIf(F(f"{person}__name"), Value(""))
    return Coalesce(name, F(f"{person}__email"), Value(""), output_field=CharField())


def _steps(**which: bool) -> Coalesce:
    rows = Step.objects.filter(task=OuterRef("pk"), **which).order_by().values("task")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


SHOWN = (
    *("pk", "title", "status", "column_id", "role", "priority"),
    *(_called("assignee"), _called("reviewer"), Coalesce("initiative__title", Value(""))),
    *("due_date", "hold_reason", "hold_since", "repeats"),
    *("position", "version", "moves", "moved_on"),
    *(_steps(), _steps(is_done=True)),
)
"""What is read of a task, in the order of :class:`Face`."""
