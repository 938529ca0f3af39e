"""What changed a moment ago, for pages that are open."""

import datetime as dt
from typing import Self

from django.db import models
from django.utils import timezone

from waypost.accounts.models import Business, User

KEPT_FOR = dt.timedelta(hours=1)
"""A page that was away for longer loads itself anew."""


class ChangeQuerySet(models.QuerySet["Change"]):
    def after(self, number: int) -> Self:
        return self.filter(pk__gt=number).order_by("pk")

    def forgettable(self) -> Self:
        return self.filter(at__lt=timezone.now() - KEPT_FOR)


class Change(models.Model):
    """That a row is not as it was. Says nothing of what is in it: whoever may, asks for that."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="+")
    topic = models.CharField(max_length=20)  # such as "board"
    row = models.BigIntegerField()  # key of the row; 0: so much that a page loads anew
    version = models.PositiveBigIntegerField(default=0)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.topic} {self.row}"
