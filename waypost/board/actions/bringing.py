"""Bringing in what a file holds: first what would happen, then all of it or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, User
from waypost.board.actions.details import MOST_LABELS
from waypost.board.actions.noting import TOPIC
from waypost.board.columns import columns_of
from waypost.board.incoming import InCard, Incoming
from waypost.board.models import (
    GAP,
    Attachment,
    Column,
    Import,
    Label,
    Status,
    Step,
    Task,
    TaskEvent,
)
from waypost.kit.errors import Refusal
from waypost.live import actions as live
from waypost.talk.models import LONGEST, Comment

LEAVE_OUT = ""
GUESSES: Mapping[str, tuple[str, ...]] = {
    Status.BACKLOG: ("backlog", "ideas", "inbox", "zaloga", "zamisli", "ideje"),
    Status.NEXT: ("next", "to do", "todo", "ready", "naslednje", "za narediti", "planned"),
    Status.IN_PROGRESS: ("progress", "doing", "work", "v delu", "dela"),
    Status.ON_HOLD: ("hold", "blocked", "waiting", "čak", "paus"),
    Status.REVIEW: ("review", "approv", "check", "pregled", "test"),
    Status.DONE: ("done", "finished", "complete", "konč", "published", "objavljen"),
}


@dataclass(frozen=True)
class Mapped:
    """What the person decided about a file."""

    columns: Mapping[str, str]  # list → key of a column; empty: leave out
    people: Mapping[str, int]  # name → key of a user; 0: nobody
    closed: bool = False  # bring what was archived, too


@dataclass
class Outcome:
    added: list[InCard] = field(default_factory=list)
    known: list[InCard] = field(default_factory=list)  # came with an earlier file
    left_out: int = 0
    notes: list[str] = field(default_factory=list)


def guess(business: Business, found: Incoming) -> Mapped:
    """Lists by their names, people by name, first name or e-mail."""
    columns = columns_of(business)
    by_name = {str(column).casefold(): column.key for column in columns}
    people: dict[str, int] = {}
    known = [member.user for member in business.members.select_related("user")]
    for name in found.people:
        people[name] = next((each.pk for each in known if _is(each, name)), 0)
    return Mapped({name: _column(name, by_name) for name in found.lists}, people)


def _column(name: str, by_name: Mapping[str, str]) -> str:
    plain = name.casefold()
    if plain in by_name:
        return by_name[plain]
    for meaning, words in GUESSES.items():
        if plain == meaning or any(word in plain for word in words):
            return meaning
    return Status.BACKLOG


def _is(user: User, name: str) -> bool:
    plain = name.casefold().lstrip("@")
    whole = str(user).casefold()
    first = whole.split()[0] if whole else ""
    return plain in {whole, first, user.email, user.email.partition("@")[0]}


@transaction.atomic
def bring_in(
    business: Business,
    found: Incoming,
    mapped: Mapped,
    *,
    by: User | None,
    brought: Import | None = None,
    dry_run: bool = False,
) -> Outcome:
    """Make a task of every card that is wanted and not here yet; nothing when ``dry_run``."""
    outcome = Outcome(notes=list(found.notes))
    sources = business.tasks.exclude(source="").values_list("source", flat=True)
    known = set(sources)
    wanted: list[InCard] = []
    for card in found.cards:
        if not mapped.columns.get(card.stood_in) or (card.is_closed and not mapped.closed):
            outcome.left_out += 1
        elif card.source and card.source in known:
            outcome.known.append(card)
        else:
            outcome.added.append(card)
            wanted.append(card)
    if not dry_run:
        _Bringing(business, found, mapped, by, brought).write(wanted)
    return outcome


class _Bringing:
    def __init__(
        self,
        business: Business,
        found: Incoming,
        mapped: Mapped,
        by: User | None,
        brought: Import | None,
    ) -> None:
        self.business, self.mapped, self.by, self.brought = business, mapped, by, brought
        self.columns = {column.key: column for column in columns_of(business)}
        self.people = {
            member.user_id: member.user for member in business.members.select_related("user")
        }
        self.labels = {label.name.casefold(): label for label in business.labels.all()}
        self.colours = found.labels
        self.position = max(business.tasks.values_list("position", flat=True), default=0)

    def write(self, cards: list[InCard]) -> None:
        tasks = Task.objects.bulk_create([self._task(card) for card in cards], batch_size=500)
        pairs = list(zip(tasks, cards, strict=True))
        Step.objects.bulk_create(
            (
                Step(task=task, text=text, is_done=done, position=place)
                for task, card in pairs
                for place, (text, done) in enumerate(card.steps)
            ),
            batch_size=500,
        )
        Attachment.objects.bulk_create(
            (Attachment(task=t, name=name, url=url) for t, c in pairs for name, url in c.links),
            batch_size=500,
        )
        through = Task.labels.through
        through._default_manager.bulk_create(
            (
                through(task_id=task.pk, label_id=label.pk)
                for task, card in pairs
                for label in {self._label(name) for name in card.labels} - {None}
                if label
            ),
            batch_size=500,
        )
        TaskEvent.objects.bulk_create(
            (TaskEvent(task=task, by=self.by, what=TaskEvent.What.ADDED) for task in tasks),
            batch_size=500,
        )
        Comment.objects.bulk_create(
            (each for task, card in pairs for each in self._comments(task, card)), batch_size=500
        )
        live.tell(self.business, TOPIC, by=self.by)

    def _task(self, card: InCard) -> Task:
        column: Column = self.columns[self.mapped.columns[card.stood_in]]
        named = [self.people.get(self.mapped.people.get(name, 0)) for name in card.people]
        people = [each for each in named if each]
        assignee = people[0] if people else None
        reviewer = self.people.get(self.mapped.people.get(card.reviewer, 0))
        status = Status.DONE if card.is_done else Status(column.meaning)
        moment = timezone.now()
        self.position += GAP
        on_hold = status == Status.ON_HOLD
        return Task(
            business=self.business,
            title=card.title,
            description=card.description,
            status=status,
            column=None if column.is_usual or status != column.meaning else column,
            role=_key(Hat.choices, card.role) or "",
            assignee=assignee,
            reviewer=reviewer if reviewer != assignee else None,
            due_date=card.due_date,
            priority=int(_key(Task.Priority.choices, card.priority) or Task.Priority.NORMAL),
            hold_reason=(card.hold_reason or _("Brought in like this")) if on_hold else "",
            hold_since=timezone.localdate() if on_hold else None,
            done_at=moment if status == Status.DONE else None,
            archived_at=moment if card.is_closed else None,
            position=self.position,
            source=card.source,
            brought=self.brought,
            created_by=self.by,
            updated_by=self.by,
        )

    def _label(self, name: str) -> Label | None:
        plain = " ".join(name.split())[:60]
        known = self.labels.get(plain.casefold())
        if known or not plain or len(self.labels) >= MOST_LABELS:
            return known
        colour = self.colours.get(name, Label.Colour.GREY)
        made = self.business.labels.create(name=plain, colour=colour)
        self.labels[plain.casefold()] = made
        return made

    def _comments(self, task: Task, card: InCard) -> list[Comment]:
        path = f"/b/{self.business.slug}/board/tasks/{task.pk}/"
        rows = []
        for who, at, text in card.comments:
            author = self.people.get(self.mapped.people.get(who, 0))
            said = text if author else f"{who or '?'} ({at[:10]}): {text}"
            rows.append(
                Comment(
                    business=self.business,
                    thread=task.thread,
                    title=task.title,
                    path=path,
                    author=author or self.by,
                    text=said[:LONGEST],
                )
            )
        return rows


def _key(choices: Sequence[tuple[Any, Any]], word: str) -> str | None:
    """The key of a choice that is written as key or word."""
    plain = word.strip().casefold()
    for key, label in choices:
        if plain and plain in {str(key).casefold(), str(label).casefold()}:
            return str(key)
    return None


@transaction.atomic
def take_back(brought: Import, *, by: User | None) -> int:
    """Remove what the file brought and nobody touched since; answers how many were removed.

    Raises ``Refusal`` when nothing is left to remove.
    """
    rows = brought.tasks.filter(version=1, moves=0)
    count = rows.count()
    if not count:
        raise Refusal(_("Everything that came with this file was changed since, so it stays."))
    rows.delete()
    brought.done_at = None
    brought.save(update_fields=["done_at"])
    live.tell(brought.business, TOPIC, by=by)
    return count
