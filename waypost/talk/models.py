"""Comments on anything in a business, and who was called in them."""

import datetime as dt
from collections import defaultdict
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User
from waypost.talk.places import LONGEST_PATH, LONGEST_THREAD, LONGEST_TITLE, Place, address

LONGEST = 2000  # characters
UNDO_LASTS = dt.timedelta(days=1)


class Talked(NamedTuple):
    """How many comments stand at one place."""

    open: int = 0
    resolved: int = 0


class CommentQuerySet(models.QuerySet["Comment"]):
    def standing(self) -> Self:
        return self.filter(removed_at=None)

    def by(self, user: User) -> Self:
        return self.filter(author=user)

    def roots(self) -> Self:
        return self.filter(reply_to=None)

    def counts(self, business: Business, prefix: str = "") -> dict[str, Talked]:
        """Thread → comments, for all threads that begin with ``prefix``; one query."""
        settled = Q(resolved_at__isnull=False) | Q(reply_to__resolved_at__isnull=False)
        rows = (
            self.standing()
            .filter(business=business, thread__startswith=prefix)
            .order_by()
            .values("thread")
            .annotate(all=Count("pk"), resolved=Count("pk", filter=settled))
        )
        found: dict[str, Talked] = defaultdict(Talked)
        found.update(
            {row["thread"]: Talked(row["all"] - row["resolved"], row["resolved"]) for row in rows}
        )
        return found


class Comment(models.Model):
    """One remark; an answer names the first remark of its talk in ``reply_to``."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="comments")
    thread = models.CharField(max_length=LONGEST_THREAD)
    title = models.CharField(max_length=LONGEST_TITLE)  # of the place, when it was written
    path = models.CharField(max_length=LONGEST_PATH)
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    reply_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies"
    )
    text = models.TextField(_("comment"), max_length=LONGEST)
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        indexes = (models.Index(fields=("business", "thread"), name="comments_of_a_thread"),)

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def place(self) -> Place:
        """Raises ``ValueError`` when the business has had another address since."""
        return Place(self.business, self.thread, self.title, self.path)

    @property
    def address(self) -> str:
        return address(self.path, self.thread)


class MentionQuerySet(models.QuerySet["Mention"]):
    def unseen_by(self, user: User, business: Business | models.OuterRef) -> Self:
        return self.filter(
            user=user, seen_at=None, comment__business=business, comment__removed_at=None
        )


class Mention(models.Model):
    """Somebody who was called in a comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(User, models.CASCADE, related_name="mentions")
    written = models.CharField(max_length=130)  # as it stands in the text, with the @
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("comment", "user"), name="mentioned_once_in_a_comment"),
        )
        indexes = (
            models.Index(fields=("user",), condition=Q(seen_at=None), name="mentions_not_seen"),
        )

    def __str__(self) -> str:
        return f"{self.written} ({self.comment_id})"
