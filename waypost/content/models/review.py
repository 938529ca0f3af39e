"""That somebody approved an item, and what exactly it was that they saw."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import User
from waypost.content.models.items import Item


class Approval(models.Model):
    """Approved by a member, or by a client through a link; ``guest`` is the client's name."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="approvals")
    fingerprint = models.CharField(max_length=64, help_text="of what was approved")
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    guest = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.item}: {self.by or self.guest}"


class ReviewLinkQuerySet(models.QuerySet["ReviewLink"]):
    def open(self) -> Self:
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())


class ReviewLink(models.Model):
    """A door to one post for a client without an account; the token itself is not kept."""

    class Answer(models.TextChoices):
        APPROVED = "approved", _("Approved")
        CHANGES = "changes", _("Asks for changes")

    item = models.ForeignKey(Item, models.CASCADE, related_name="review_links")
    client = models.CharField(_("name of the client"), max_length=120)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=12, choices=Answer.choices, blank=True)
    comment = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.item}: {self.client}"
