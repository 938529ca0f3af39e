"""Notices, how people want them, where they go, and what is under way."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User, valid_time_zone
from waypost.notices.kinds import WORDS, Kind, Way

MORNING = dt.time(8)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def shown(self) -> Self:
        """That the person wants to see on pages."""
        return self.filter(on_page=True)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_digest(self) -> Self:
        """That wait for the daily mail; what was read meanwhile needs none."""
        return self.unread().filter(in_digest=True, digested_at=None)


class Notice(models.Model):
    """One thing that one person is told, once. Its sentence is made when it is read."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="told")
    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    key = models.CharField(max_length=120)
    """Names the event; the same one is never told twice to a person."""
    url = models.CharField(max_length=500)
    by_name = models.CharField(max_length=120, blank=True)
    thing = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)
    on_page = models.BooleanField(default=True)
    in_digest = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)
    digested_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("business", "user", "kind", "key"), name="told_once_of_one_event"
            ),
        )
        indexes = (
            models.Index(
                fields=("user", "business"), condition=Q(read_at=None), name="notices_not_read"
            ),
        )

    def __str__(self) -> str:
        return str(WORDS[self.kind].sentence) % self.words

    @property
    def words(self) -> dict[str, str]:
        """What stands in the sentence. ``by`` is Waypost where nobody did it."""
        return {
            "by": self.by_name or "Waypost",
            "thing": self.thing,
            "business": self.business.name,
        }

    @property
    def more(self) -> str:
        """What a mail says below the sentence."""
        told = WORDS[self.kind].more
        parts = (self.why, str(told) % self.words if told else "")
        return "\n\n".join(part for part in parts if part)

    @property
    def full_url(self) -> str:
        return f"{settings.PUBLIC_URL}{self.url}"


class Choice(models.Model):
    """That a person wants a kind in a way, or not; without a row it is as ``WORDS`` says."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    way = models.CharField(max_length=8, choices=Way.choices)
    wanted = models.BooleanField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "kind", "way"), name="one_choice_each"),
        )


class Habit(models.Model):
    """When a person wants the daily mail, and on which day they had it last."""

    user = models.OneToOneField(User, models.CASCADE, related_name="notice_habit")
    digest_at = models.TimeField(_("hour of the daily e-mail"), default=MORNING)
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, validators=[valid_time_zone]
    )
    """Empty: that of the first business."""
    digest_done_on = models.DateField(null=True, blank=True)
    digest_after = models.DateTimeField(null=True, blank=True, help_text="not tried before")
    digest_tries = models.PositiveSmallIntegerField(default=0)


class Device(models.Model):
    """A browser that takes notices by Web Push."""

    user = models.ForeignKey(User, models.CASCADE, related_name="devices")
    endpoint = models.URLField(max_length=1000, unique=True)
    sealed_keys = models.TextField()
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """A chat or another service, as an address of ``apprise``; it holds secrets."""

    user = models.ForeignKey(User, models.CASCADE, related_name="chat_addresses")
    service = models.CharField(max_length=80)
    sealed_url = models.TextField()
    broken_reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return self.service


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def due(self, now: dt.datetime) -> Self:
        rows = self.filter(due_at__lte=now).select_related("notice__business", "notice__user")
        return rows.order_by("due_at", "pk")


class Dispatch(models.Model):
    """A notice on its way to one place. Taken by one worker before it goes out.

    A worker that dies in between sends nothing rather than twice; the page has it anyway.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="dispatches")
    way = models.CharField(max_length=8, choices=Way.choices)
    target = models.PositiveBigIntegerField(default=0)
    """Key of the device or address; 0 for mail."""
    due_at = models.DateTimeField(null=True)
    """Empty: it went out, or nobody tries any more."""
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("notice", "way", "target"), name="one_dispatch_each"),
        )
        indexes = (
            models.Index(
                fields=("due_at",), condition=Q(due_at__isnull=False), name="dispatches_due"
            ),
        )

    def take(self) -> bool:
        """Whether this worker may send it; of two one may."""
        mine = Dispatch.objects.filter(pk=self.pk, due_at=self.due_at)
        return bool(mine.update(due_at=None, tries=models.F("tries") + 1))

    def note(self, **changes: Any) -> None:
        Dispatch.objects.filter(pk=self.pk).update(**changes)
