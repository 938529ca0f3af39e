"""The calendar as a file: what a person subscribes to, and a file on its way in."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, Member, User
from waypost.flow.states import StateGraph


class CalendarFeed(models.Model):
    """That a person reads the calendar of a business in a calendar program.

    Its address carries a signature over ``nonce``; nothing that opens it is kept here. It
    ends with the membership.
    """

    member = models.OneToOneField(Member, models.CASCADE, related_name="calendar_feed")
    nonce = models.CharField(max_length=32)
    made_at = models.DateTimeField(auto_now_add=True)
    asked_at = models.DateTimeField(null=True, help_text="the last time a program asked")


class ImportState(models.TextChoices):
    OPEN = "open", _("Not imported yet")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Importing")
    DONE = "done", _("Imported")
    STOPPED = "stopped", _("Stopped")


IMPORT = StateGraph(
    states=ImportState,
    initial=ImportState.OPEN,
    moves={
        ImportState.OPEN: (ImportState.WAITING,),
        ImportState.WAITING: (ImportState.RUNNING,),
        # Waiting again: the worker died, and nothing was written.
        ImportState.RUNNING: (ImportState.DONE, ImportState.STOPPED, ImportState.WAITING),
        ImportState.STOPPED: (ImportState.WAITING,),
        ImportState.DONE: (),
    },
)
LEASE = timedelta(minutes=3)
"""After which a worker that says nothing counts as dead; a picture takes a minute at most."""
KEPT = timedelta(days=14)


class CalendarImportQuerySet(models.QuerySet["CalendarImport"]):
    def left_behind(self, now: Any) -> Self:
        """Those that no worker holds any more."""
        silent = models.Q(status=ImportState.RUNNING, beat_at__lt=now - LEASE)
        lost = models.Q(status=ImportState.WAITING, beat_at__lt=now - timedelta(minutes=1))
        return self.filter(silent | lost)

    def over(self, now: Any) -> Self:
        return self.filter(made_at__lt=now - KEPT)


class CalendarImport(models.Model):
    """A file that somebody brings in, what they said about it, and how far it is."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="calendar_imports")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=200)
    content = models.BinaryField(help_text="the file, compressed")
    choices: Any = models.JSONField(default=dict, help_text="columns, channels, order of days …")
    status = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.OPEN)
    done = models.PositiveIntegerField(default=0, help_text="steps")
    steps = models.PositiveIntegerField(default=0)
    result: Any = models.JSONField(default=dict, help_text="counts, and sentences by row")
    beat_at = models.DateTimeField(null=True, help_text="the worker's last sign of life")
    tries = models.PositiveSmallIntegerField(default=0, help_text="that no worker ended")
    claim = models.CharField(max_length=32, blank=True, help_text="of the worker that has it")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    objects = CalendarImportQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def is_under_way(self) -> bool:
        return self.status in {ImportState.WAITING, ImportState.RUNNING}


class ImportMemory(models.Model):
    """What was said about a file with these headings, for the next one of its kind."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="calendar_memories")
    headings = models.CharField(max_length=64, help_text="a fingerprint of them")
    choices: Any = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("business", "headings"), name="one_memory_per_shape"),
        )
