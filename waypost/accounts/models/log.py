"""What was changed by whom: lines that are written once and never again."""

from datetime import datetime
from typing import Any, NoReturn, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models.people import Business, User


class Thing(models.TextChoices):
    """What kind of thing a line is about."""

    PERSON = "person", _("Person")
    INVITATION = "invitation", _("Invitation")
    HAT = "hat", _("Role in the team")
    ABSENCE = "absence", _("Absence")
    BUSINESS = "business", _("Settings of the business")
    SIGN_IN = "sign_in", _("Sign-in")
    ACCOUNT = "account", _("Account at a network")
    GOAL = "goal", _("Goal")
    INITIATIVE = "initiative", _("Initiative")
    TASK = "task", _("Task")
    POST = "post", _("Post")
    BUDGET = "budget", _("Budget")
    STRATEGY = "strategy", _("Strategy")
    REPORT = "report", _("Report")
    FILE = "file", _("File")


class Deed(models.TextChoices):
    """What was done to it."""

    ADDED = "added", pgettext_lazy("log", "added")
    CHANGED = "changed", pgettext_lazy("log", "changed")
    REMOVED = "removed", pgettext_lazy("log", "removed")
    RESTORED = "restored", pgettext_lazy("log", "restored")
    INVITED = "invited", pgettext_lazy("log", "invited")
    TAKEN_BACK = "taken_back", pgettext_lazy("log", "taken back")
    JOINED = "joined", pgettext_lazy("log", "joined")
    HANDED_OVER = "handed_over", pgettext_lazy("log", "handed over")
    SUBMITTED = "submitted", pgettext_lazy("log", "sent to review")
    APPROVED = "approved", pgettext_lazy("log", "approved")
    SENT_BACK = "sent_back", pgettext_lazy("log", "sent back")
    SCHEDULED = "scheduled", pgettext_lazy("log", "scheduled")
    CANCELLED = "cancelled", pgettext_lazy("log", "cancelled")
    CLOSED = "closed", pgettext_lazy("log", "closed")
    REOPENED = "reopened", pgettext_lazy("log", "opened again")
    CONNECTED = "connected", pgettext_lazy("log", "connected")
    IMPORTED = "imported", pgettext_lazy("log", "imported")
    EXPORTED = "exported", pgettext_lazy("log", "downloaded")


class Unchangeable(TypeError):
    """Somebody tried to change or delete a line of the log."""


class LogQuerySet(models.QuerySet["LogEntry"]):
    def between(self, since: datetime | None, until: datetime | None) -> Self:
        """From ``since`` until before ``until`` (aware); None: open at that end."""
        rows = self if since is None else self.filter(at__gte=since)
        return rows if until is None else rows.filter(at__lt=until)

    def update(self, **kwargs: Any) -> NoReturn:
        raise Unchangeable("a line of the log stays as it was written")

    def delete(self) -> NoReturn:
        raise Unchangeable("a line of the log stays; it goes with its business")


class LogEntry(models.Model):
    """One deed. Names are kept as they were, so that a line outlives what it is about."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="log")
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    """Empty: nobody signed in; Waypost itself, or somebody with a link."""
    thing = models.CharField(max_length=16, choices=Thing.choices)
    deed = models.CharField(max_length=16, choices=Deed.choices)
    name = models.CharField(max_length=200)
    ref = models.CharField(max_length=40, blank=True)
    """Key of the row it is about."""
    changes = models.JSONField(default=list)
    """``[[field, from, to], …]``; the field in English, values in the business's language."""

    objects = LogQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("business", "-at"), name="log_of_a_business"),)

    def __str__(self) -> str:
        return f"{self.by_name}: {self.get_deed_display()} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable("a line of the log stays as it was written")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable("a line of the log stays; it goes with its business")

    @property
    def changed(self) -> list[tuple[str, str, str]]:
        """(field in the reader's language, from, to)"""
        return [(gettext(field), before, after) for field, before, after in self.changes]
