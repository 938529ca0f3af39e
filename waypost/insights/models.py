"""The metric store: what the networks said, when. A number they do not give stays empty."""

from datetime import datetime
from typing import Self

from django.db import models

from waypost.connections.models import Connection
from waypost.publishing.models import Delivery


class Source(models.TextChoices):
    PULLED = "pulled"
    TYPED = "typed"
    IMPORTED = "imported"


class AccountSnapshot(models.Model):
    """Current totals of an account at one moment."""

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="snapshots")
    taken_at = models.DateTimeField()
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.PULLED)
    followers = models.PositiveBigIntegerField(null=True)

    class Meta:
        indexes = (models.Index(fields=("connection", "-taken_at"), name="account_history"),)
        ordering = ("taken_at", "pk")


class PostSnapshotQuerySet(models.QuerySet["PostSnapshot"]):
    def until(self, moment: datetime) -> Self:
        return self.filter(taken_at__lte=moment)


class PostSnapshot(models.Model):
    """Current totals of a published post at one moment."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="snapshots")
    taken_at = models.DateTimeField()
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.PULLED)
    likes = models.PositiveBigIntegerField(null=True)
    comments = models.PositiveBigIntegerField(null=True)
    shares = models.PositiveBigIntegerField(null=True)
    saves = models.PositiveBigIntegerField(null=True)

    objects = PostSnapshotQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("delivery", "-taken_at"), name="post_history"),)
        ordering = ("taken_at", "pk")


class Pull(models.Model):
    """When each connection is asked next; the row is the queue here too."""

    connection = models.OneToOneField(Connection, models.CASCADE, related_name="pull")
    next_at = models.DateTimeField(db_index=True)
    failures = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)


class PostPull(models.Model):
    """When a published post is measured next: often while it is young, daily later."""

    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="post_pull")
    next_at = models.DateTimeField(db_index=True)
