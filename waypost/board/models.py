"""Tasks: what somebody can do in a day or a week, mostly as a part of an initiative."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User
from waypost.goals.models import Initiative


class TaskQuerySet(models.QuerySet["Task"]):
    def done(self) -> Self:
        return self.filter(status=Task.Status.DONE)

    def open(self) -> Self:
        return self.exclude(status=Task.Status.DONE)

    def held_by(self, user: User) -> Self:
        """Those still to do that are ``user``'s."""
        return self.open().filter(assignee=user)


class Task(models.Model):
    class Status(models.TextChoices):
        BACKLOG = "backlog", _("Backlog")
        NEXT = "next", _("Next")
        IN_PROGRESS = "in_progress", _("In progress")
        ON_HOLD = "on_hold", _("On hold")
        REVIEW = "review", _("Review")
        DONE = "done", _("Done")

    business = models.ForeignKey(Business, models.CASCADE, related_name="tasks")
    initiative = models.ForeignKey(
        Initiative, models.CASCADE, null=True, blank=True, related_name="tasks"
    )
    title = models.CharField(_("task"), max_length=200)
    status = models.CharField(
        _("status"), max_length=16, choices=Status.choices, default=Status.NEXT
    )
    assignee = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    due_date = models.DateField(_("due"), null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_done(self) -> bool:
        return self.status == self.Status.DONE
