"""Tasks: what somebody can do in a day or a week. The table of all boards."""

import datetime as dt
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, User
from waypost.board.models.frame import Column, Import, Label, Period, Status
from waypost.goals.models import Initiative
from waypost.library.models import Asset

GAP = 1 << 24
"""Room between two neighbours of a column, so that a card can be put between them."""


class TaskQuerySet(models.QuerySet["Task"]):
    def done(self) -> Self:
        return self.filter(status=Status.DONE)

    def open(self) -> Self:
        return self.exclude(status=Status.DONE)

    def held_by(self, user: User) -> Self:
        """Those still to do that are ``user``'s."""
        return self.open().filter(assignee=user)

    def to_review_by(self, user: User) -> Self:
        return self.filter(status=Status.REVIEW, reviewer=user)

    def on_board(self) -> Self:
        """All but what a closed period has put away."""
        return self.filter(archived_at=None)

    def linked_to(self, key: str) -> Self:
        """Cards of a thing of another app, such as ``content/item/5``."""
        return self.filter(links__key=key)

    def late(self, today: dt.date) -> Self:
        return self.open().filter(due_date__lt=today)


class Task(models.Model):
    Status = Status

    class Priority(models.IntegerChoices):
        LOW = 1, pgettext_lazy("priority", "Low")
        NORMAL = 2, pgettext_lazy("priority", "Normal")
        HIGH = 3, pgettext_lazy("priority", "High")

    class RepeatWhen(models.TextChoices):
        DONE = "done", _("when this one is done")
        DATE = "date", _("when its day has come")

    THREADS = "board/task/"
    """How the places begin where tasks are talked about."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="tasks")
    initiative = models.ForeignKey(
        Initiative,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("initiative"),
    )
    title = models.CharField(_("task"), max_length=200)
    description = models.TextField(_("description"), blank=True, max_length=20_000)
    status = models.CharField(
        _("status"), max_length=16, choices=Status.choices, default=Status.BACKLOG
    )
    column = models.ForeignKey(Column, models.SET_NULL, null=True, blank=True, related_name="tasks")
    """An own column of the same meaning; empty: the usual one."""
    role = models.CharField(_("role"), max_length=16, choices=Hat.choices, blank=True)
    assignee = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    reviewer = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reviewer")
    )
    due_date = models.DateField(_("due"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.NORMAL
    )
    labels = models.ManyToManyField(Label, blank=True, related_name="tasks")
    hold_reason = models.CharField(_("why it waits"), max_length=300, blank=True)
    hold_since = models.DateField(null=True, blank=True)
    repeats = models.CharField(max_length=200, blank=True)
    """A rule of RFC 5545 without its start; the latest task of a row of them carries it."""
    repeats_when = models.CharField(
        max_length=4, choices=RepeatWhen.choices, default=RepeatWhen.DONE
    )
    position = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1, help_text="counts every change")
    moves = models.PositiveIntegerField(default=0, help_text="counts changes of its place")
    moved_on = models.PositiveSmallIntegerField(default=0, help_text="periods it outlived")
    done_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    period = models.ForeignKey(Period, models.SET_NULL, null=True, blank=True, related_name="tasks")
    source = models.CharField(max_length=80, blank=True)  # where an import had it from
    brought = models.ForeignKey(
        Import, models.SET_NULL, null=True, blank=True, related_name="tasks"
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")
        indexes = (
            models.Index(fields=("business", "archived_at", "position"), name="board_of_business"),
            models.Index(fields=("business", "source"), name="task_source"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.status == Status.DONE

    @property
    def column_key(self) -> str:
        """See :attr:`Column.key`."""
        return str(self.column_id) if self.column_id else self.status

    @property
    def thread(self) -> str:
        """Where it is talked about."""
        return f"{self.THREADS}{self.pk}"


class Step(models.Model):
    """One line of a task's checklist."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="steps")
    text = models.CharField(_("step"), max_length=300)
    is_done = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class Attachment(models.Model):
    """A picture of the library, or a link to something elsewhere."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="attachments")
    asset = models.ForeignKey(Asset, models.CASCADE, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=200, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name or (str(self.asset) if self.asset else self.url)


class TaskLink(models.Model):
    """That a task belongs to a thing of an app above, which alone knows what ``key`` means."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="links")
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=300)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("task", "key"), name="one_link_of_a_task_to_a_thing"),
        )
        indexes = (models.Index(fields=("key",), name="task_link_key"),)
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class TaskEvent(models.Model):
    """One thing that somebody changed on a task."""

    class What(models.TextChoices):
        ADDED = "added", _("added the task")
        MOVED = "moved", _("moved it")
        CHANGED = "changed", _("changed it")
        STEP = "step", _("checklist")
        ATTACHED = "attached", _("attachment")
        LABELLED = "labelled", _("labels")
        LINKED = "linked", _("link")
        CLOSED = "closed", _("closed the period")

    task = models.ForeignKey(Task, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    name = models.CharField(max_length=40, blank=True)  # of the field
    old = models.CharField(max_length=300, blank=True)
    new = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("task", "-at"), name="history_of_a_task"),)

    def __str__(self) -> str:
        return f"{self.task_id} {self.what}"
