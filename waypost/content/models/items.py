"""What the business says: items, their pictures and their variants per channel."""

from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User, valid_time_zone
from waypost.connections.models import Connection
from waypost.flow.states import StateGraph
from waypost.goals.models import Goal, Initiative
from waypost.library.models import Asset
from waypost.market.kinds import Kind as Kind  # what an item is, also for whoever plans them
from waypost.market.models import Persona, Product


class Status(models.TextChoices):
    IDEA = "idea", _("Idea")
    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("In review")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHING = "publishing", _("Publishing")
    PUBLISHED = "published", _("Published")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


ITEM = StateGraph(
    states=Status,
    initial=Status.IDEA,
    moves={
        Status.IDEA: (Status.DRAFT, Status.CANCELLED),
        Status.DRAFT: (
            Status.IDEA,
            Status.IN_REVIEW,
            Status.APPROVED,
            Status.SCHEDULED,
            Status.CANCELLED,
        ),
        Status.IN_REVIEW: (Status.DRAFT, Status.APPROVED, Status.CANCELLED),
        Status.APPROVED: (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.CANCELLED),
        Status.SCHEDULED: (Status.DRAFT, Status.APPROVED, Status.PUBLISHING, Status.CANCELLED),
        # From here on a network may hold the post: only publishing moves the item.
        # Cancelled: the owner gave up every channel before anything was visible.
        Status.PUBLISHING: (
            Status.PUBLISHED,
            Status.FAILED,
            Status.SCHEDULED,
            Status.CANCELLED,
        ),
        Status.FAILED: (Status.PUBLISHING, Status.PUBLISHED, Status.CANCELLED),
        Status.PUBLISHED: (),
        # Publishing again: the owner took back that a channel was given up.
        Status.CANCELLED: (Status.DRAFT, Status.PUBLISHING),
    },
)

EDITABLE = (
    Status.IDEA,
    Status.DRAFT,
    Status.IN_REVIEW,
    Status.APPROVED,
    Status.SCHEDULED,
    Status.FAILED,
)

# A failed item is tried again from its page; a new day alone would not send it.
MOVABLE = tuple(status for status in EDITABLE if status != Status.FAILED)


def _carries(word: str) -> models.Q:
    """Title, text or tags have ``word``; SQLite takes Č and č for two letters: both are asked."""
    found = models.Q()
    ways = {word} if word.isascii() else {word.lower(), word.upper(), word.capitalize()}
    for written in ways:
        found |= models.Q(title__icontains=written) | models.Q(text__icontains=written)
        found |= models.Q(tags__icontains=written)
    return found


class ItemQuerySet(models.QuerySet["Item"]):
    def due_between(self, start: datetime, end: datetime) -> Self:
        """Items whose time lies in [start, end)."""
        return self.filter(due_at__gte=start, due_at__lt=end)

    def held_by(self, user: User) -> Self:
        """Those not over that ``user`` answers for."""
        return self.filter(owner=user).exclude(status__in=(Status.PUBLISHED, Status.CANCELLED))

    def with_channels(self) -> Self:
        return self.prefetch_related("variants__connection")

    def whole(self) -> Self:
        """With everything that goes out: three queries for any number of items."""
        variants = Variant.objects.select_related("connection")
        pictures = ItemPicture.objects.select_related("asset")
        return self.select_related("initiative").prefetch_related(
            models.Prefetch("variants", variants), models.Prefetch("pictures", pictures)
        )

    def in_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW)

    def matching(
        self,
        *,
        q: str = "",
        channel: Connection | int | None = None,
        **columns: Any,
    ) -> Self:
        """Those that carry the words ``q``, go to ``channel`` and have these ``columns``
        (status, kind, initiative, goal, owner, persona); an empty one fits all.
        """
        rows = self
        for word in q.split():
            rows = rows.filter(_carries(word))
        if channel:
            rows = rows.filter(variants__connection=channel)
        return rows.filter(**{name: value for name, value in columns.items() if value})

    def to_publish(self, until: datetime) -> Self:
        """Scheduled items that fall due by ``until``."""
        return self.filter(status=Status.SCHEDULED, due_at__lte=until)


class Item(models.Model):
    """One thing to publish, on one or more channels, at one moment."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="items")
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("type"), max_length=16, choices=Kind.choices, default=Kind.POST)
    text = models.TextField(_("text"), blank=True, max_length=20_000)
    link = models.URLField(_("link"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    status = models.CharField(
        _("status"), max_length=16, choices=Status.choices, default=Status.DRAFT
    )
    due_at = models.DateTimeField(_("time"), null=True, blank=True)
    time_zone = models.CharField(max_length=64, validators=[valid_time_zone])
    in_queue = models.BooleanField(default=False, help_text="the queue may move it")
    repeat = models.ForeignKey(
        "content.Repeat", models.SET_NULL, null=True, blank=True, related_name="items"
    )
    occurrence_date = models.DateField(null=True, blank=True, help_text="of its repeat")
    run_of = models.ForeignKey(
        "content.Evergreen", models.SET_NULL, null=True, blank=True, related_name="runs"
    )
    send_anyway = models.BooleanField(default=False, help_text="goes out in quiet hours, too")
    goal = models.ForeignKey(
        Goal, models.SET_NULL, null=True, blank=True, related_name="items", verbose_name=_("goal")
    )
    initiative = models.ForeignKey(
        Initiative,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("initiative"),
    )
    persona = models.ForeignKey(
        Persona,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("persona"),
    )
    product = models.ForeignKey(
        Product,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("product"),
    )
    cta = models.CharField(
        _("call to action"), max_length=120, blank=True, help_text="what people shall do"
    )
    boost = models.DecimalField(
        _("boost"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="money to pay for more reach, in the currency of the business",
    )
    tags = models.CharField(_("tags"), max_length=300, blank=True, help_text="joined by commas")
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    reviewer = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("reviewer")
    )
    author = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        related_name="+",
        help_text="who made it; somebody else approves it where there is somebody else",
    )
    updated_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    key = models.UUIDField(
        null=True, unique=True, help_text="of the page it was begun on, so that it is made once"
    )
    version = models.PositiveIntegerField(default=1, help_text="counts what people saved")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("due_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("repeat", "occurrence_date"), name="one_item_per_occurrence"
            ),
        )
        indexes = (
            models.Index(fields=("business", "due_at"), name="item_calendar"),
            models.Index(fields=("status", "due_at"), name="item_due"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def local_due(self) -> datetime | None:
        """The moment on the wall clock of the business."""
        return self.due_at.astimezone(self.zone) if self.due_at else None

    @property
    def quiet_until(self) -> datetime | None:
        """When the quiet hours that its time lies in are over; ``None`` where it may go out."""
        quiet = self.business.quiet
        if quiet is None or self.due_at is None or self.send_anyway:
            return None
        return quiet.ends_at(self.due_at)

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def is_movable(self) -> bool:
        return self.status in MOVABLE


class ItemPicture(models.Model):
    """A picture of an item; ``alt`` may differ from the library's own description."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="pictures")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="uses")
    alt = models.TextField(_("description for people who cannot see it"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("item", "asset"), name="one_use_per_item"),)
        ordering = ("position", "pk")


class Variant(models.Model):
    """That an item goes to a channel, and what is different there."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="variants")
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="variants")
    text = models.TextField(_("text for this channel"), blank=True, max_length=20_000)
    parts: Any = models.JSONField(
        default=list, blank=True, help_text="texts that follow the first, in order"
    )
    comment = models.TextField(_("first comment"), blank=True, max_length=20_000)
    options: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("item", "connection"), name="one_variant_per_channel"),
        )
        ordering = ("connection__provider_id", "pk")

    @property
    def shown_text(self) -> str:
        """The text that goes out here: its own, else the item's."""
        return self.text or self.item.text
