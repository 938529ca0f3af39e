"""Deliveries: one item on its way to one channel. The row is the queue."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import User
from waypost.connections.models import Connection, Health
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.flow.states import StateGraph


class Status(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    STAGING = "staging", _("Preparing")
    SENDING = "sending", _("Sending")
    PUBLISHED = "published", _("Published")
    FAILED = "failed", _("Failed")
    BLOCKED = "blocked", _("Waiting for the account")
    UNCONFIRMED = "unconfirmed", _("Unconfirmed")
    YOUR_TURN = "your_turn", _("Your turn")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    WAITING = "waiting", _("Waiting for the part before")
    DELETED = "deleted", _("Deleted")


DELIVERY = StateGraph(
    states=Status,
    initial=Status.SCHEDULED,
    moves={
        Status.SCHEDULED: (
            Status.STAGING,
            Status.YOUR_TURN,
            Status.FAILED,
            Status.BLOCKED,
            Status.WITHDRAWN,
        ),
        # Staging makes nothing visible: a crash here starts it again.
        Status.STAGING: (
            Status.SENDING,
            Status.SCHEDULED,
            Status.FAILED,
            Status.BLOCKED,
            Status.WITHDRAWN,
        ),
        # The one irreversible call: a crash here is never simply repeated.
        Status.SENDING: (
            Status.PUBLISHED,
            Status.SCHEDULED,
            Status.FAILED,
            Status.BLOCKED,
            Status.UNCONFIRMED,
        ),
        Status.UNCONFIRMED: (Status.PUBLISHED, Status.SCHEDULED, Status.WITHDRAWN),
        Status.BLOCKED: (Status.SCHEDULED, Status.WITHDRAWN),
        Status.FAILED: (Status.SCHEDULED, Status.PUBLISHED, Status.WITHDRAWN),
        Status.YOUR_TURN: (Status.PUBLISHED, Status.WITHDRAWN),
        # Blocked: the owner gave up a late post, and thought better of it.
        Status.WITHDRAWN: (Status.SCHEDULED, Status.WAITING, Status.BLOCKED),
        # A further part or a comment: its turn comes when what it answers is out.
        Status.WAITING: (Status.SCHEDULED, Status.WITHDRAWN),
        Status.PUBLISHED: (Status.DELETED,),
        Status.DELETED: (),
    },
)

SETTLED = (Status.PUBLISHED, Status.WITHDRAWN, Status.DELETED)
WORKING = (Status.STAGING, Status.SENDING)
ATTENTION = (Status.FAILED, Status.BLOCKED, Status.UNCONFIRMED, Status.YOUR_TURN)
LEASE = timedelta(minutes=3)  # longer than any call goes on without renewing it (150 s)

STILL_FRESH = timedelta(hours=1)
"""A blocked post goes out by itself only this long after its time; later the owner decides."""


class Hold(models.TextChoices):
    """Why a delivery that is due waits although nothing is wrong with it."""

    QUIET = "quiet", _("Quiet hours")
    CAP = "cap", _("Enough posts for a day")
    LIMIT = "limit", _("The network asked to wait")
    MOVED = "moved", _("Moved to a new time")
    PAUSED = "paused", _("Everything is paused")


COMMENT = 1000
"""The number of the first comment among the parts: it comes after all of them."""


class Change(models.TextChoices):
    """What a person asked to be done with a post that is out, until it is done."""

    EDIT = "edit", _("Being changed")
    DELETE = "delete", _("Being deleted")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def left_behind(self, now: datetime) -> Self:
        """Rows in a worker's state whose lease ran out: that worker is dead."""
        return self.filter(status__in=WORKING, lease_until__lt=now)

    def to_wake(self, until: datetime) -> "models.QuerySet[Delivery, tuple[int, datetime]]":
        """(id, moment) of deliveries to send by ``until``."""
        return self.filter(status=Status.SCHEDULED, due_at__lte=until).values_list("pk", "due_at")

    def behind_their_item(self, now: datetime) -> Self:
        """Not due, and planned for later than their item: a person moved it nearer."""
        rows = self.filter(status=Status.SCHEDULED, hold="", item__status=ItemStatus.SCHEDULED)
        return rows.filter(due_at__gt=now).filter(due_at__gt=F("item__due_at"))

    def to_look_for(self, until: datetime) -> "models.QuerySet[Delivery, tuple[int, datetime]]":
        """(id, moment) of unconfirmed deliveries to look for by ``until``."""
        return self.filter(status=Status.UNCONFIRMED, due_at__lte=until).values_list("pk", "due_at")

    def healed(self, now: datetime) -> Self:
        """Blocked, but the account works again and the post is not much too late."""
        fresh = now - STILL_FRESH
        return self.filter(
            Q(item__due_at__gte=fresh) | Q(held_until__gte=fresh),
            status=Status.BLOCKED,
            connection__health=Health.CONNECTED,
        )

    def late(self, now: datetime) -> Self:
        """Blocked for so long that only a person can say whether it shall still go out."""
        fresh = now - STILL_FRESH
        blocked = self.filter(status=Status.BLOCKED, item__due_at__lt=fresh)
        return blocked.exclude(held_until__gte=fresh)

    def held_back(self) -> Self:
        """Put off by quiet hours or a cap, which a person may change meanwhile."""
        return self.filter(status=Status.SCHEDULED, hold__in=(Hold.QUIET, Hold.CAP))

    def whole(self) -> Self:
        """One row for each post on a channel: without further parts and first comments."""
        return self.filter(part=0)

    def of_channel(self, delivery: "Delivery") -> Self:
        """The post that ``delivery`` belongs to, with its parts and its comment, in order."""
        rows = self.filter(item_id=delivery.item_id, connection_id=delivery.connection_id)
        return rows.order_by("part")

    def beside(self, delivery_id: int) -> Self:
        """Those on the channel of one delivery that ask for something soon."""
        one = self.model.objects.filter(pk=delivery_id).order_by()
        return self.order_by().filter(
            item__in=one.values("item"),
            connection__in=one.values("connection"),
            status__in=(Status.SCHEDULED, Status.UNCONFIRMED),
        )

    def forgotten(self) -> Self:
        """Waiting parts in whose channel nothing else can still happen: it is their turn.

        A worker died between sending one part and calling up the next.
        """
        others = self.model.objects.filter(
            item=models.OuterRef("item"), connection=models.OuterRef("connection")
        ).exclude(status__in=(Status.WAITING, *SETTLED))
        return self.filter(~models.Exists(others), status=Status.WAITING)

    def to_change(self, until: datetime) -> "models.QuerySet[Delivery, tuple[int, datetime]]":
        """(id, moment) of posts that are out and shall be changed or deleted."""
        rows = self.exclude(change="").filter(due_at__lte=until)
        return rows.values_list("pk", "due_at")

    def attention(self) -> Self:
        """What waits for a person."""
        return self.filter(status__in=ATTENTION)

    def published(self) -> Self:
        return self.filter(status=Status.PUBLISHED)


class Delivery(models.Model):
    """One item on one channel, from the moment it falls due.

    A thread has a row for each of its parts, and the first comment has one (0008).
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="deliveries")
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="deliveries")
    part = models.PositiveSmallIntegerField(
        default=0, help_text="0: the post itself; 1, 2, …: further parts; 1000: first comment"
    )
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.SCHEDULED)
    due_at = models.DateTimeField(help_text="of the next step: first try, retry or look-up")
    client_key = models.CharField(max_length=100, blank=True)
    staged: Any = models.JSONField(default=dict, help_text="result of each staging step")
    remote_id = models.CharField(max_length=300, blank=True)
    remote_url = models.URLField(max_length=500, blank=True)
    reason = models.TextField(blank=True, help_text="in words for the owner")
    tries = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=36, blank=True)
    first_sent_at = models.DateTimeField(null=True, help_text="first use of the client key")
    sent_at = models.DateTimeField(null=True, help_text="latest use of the client key")
    was_unclear = models.BooleanField(default=False, help_text="a use of the key had no answer")
    published_at = models.DateTimeField(null=True, blank=True)
    processing_since = models.DateTimeField(
        null=True, blank=True, help_text="since when the network works on what was uploaded"
    )
    change = models.CharField(max_length=8, choices=Change.choices, blank=True)
    change_asked_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    hold = models.CharField(max_length=8, choices=Hold.choices, blank=True)
    held_until = models.DateTimeField(null=True, help_text="when waiting on purpose ends or ended")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("item", "connection", "part"), name="one_delivery_per_part"
            ),
        )
        indexes = (
            models.Index(fields=("status", "due_at"), name="delivery_due"),
            models.Index(fields=("due_at",), name="delivery_change", condition=~Q(change="")),
            # For the pages of numbers: a post stands in it from the moment it is out. The last
            # two are the same in every row; with them nothing else has to be read.
            models.Index(
                fields=("published_at", "connection", "item", "status", "part"),
                name="delivery_out",
                condition=Q(status=Status.PUBLISHED, part=0),
            ),
        )
        ordering = ("connection__provider_id", "connection_id", "part")

    def __str__(self) -> str:
        return f"{self.item} → {self.connection}"

    @property
    def is_whole(self) -> bool:
        """Whether this is the post itself and not what follows it."""
        return self.part == 0

    @property
    def is_comment(self) -> bool:
        return self.part == COMMENT

    def is_late(self, now: datetime) -> bool:
        """As the query ``late`` says it."""
        return self.status == Status.BLOCKED and self.wanted_at < now - STILL_FRESH

    @property
    def wanted_at(self) -> datetime:
        """When it should have gone out: its item's time, or the end of a wait on purpose."""
        known = [each for each in (self.item.due_at, self.held_until) if each]
        return max(known, default=self.created_at)


class Attempt(models.Model):
    """One call to a network and how it ended; kept for ever, holds no secrets."""

    class Outcome(models.TextChoices):
        DONE = "done", _("done")
        PENDING = "pending", _("the network is still at work")
        BUSY = "busy", _("asked to wait")
        REFUSED = "refused", _("refused")
        DISCONNECTED = "disconnected", _("account not accepted")
        UNKNOWN = "unknown", _("no clear answer")

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="attempts")
    step = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)


class Heartbeat(models.Model):
    """A worker process says that it lives."""

    name = models.CharField(max_length=100, unique=True)
    beat_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True, help_text="it was asked to stop, and did")
    swept_at = models.DateTimeField(null=True, help_text="of its latest sweep")
    threads = models.PositiveSmallIntegerField(default=0)


class Decision(models.Model):
    """What a person decided about an unclear or failed delivery."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="decisions")
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=40)
    decided_at = models.DateTimeField(auto_now_add=True)


class RateLimitQuerySet(models.QuerySet["RateLimit"]):
    def of(self, connection: Connection) -> Self:
        """The budgets of this account, and those of Waypost as a whole at its server."""
        return self.named(connection.provider_id, connection.host, connection.remote_id)

    def named(self, provider_id: str, host: str, remote_id: str) -> Self:
        return self.filter(provider_id=provider_id, host=host, account__in=("", remote_id))


class RateLimit(models.Model):
    """What a network said it still takes; shared by all workers and businesses."""

    provider_id = models.CharField(max_length=40)
    host = models.CharField(max_length=300, blank=True)
    account = models.CharField(max_length=300, blank=True, help_text="remote id; empty: all")
    scope = models.CharField(max_length=60)
    limit = models.PositiveIntegerField()
    remaining = models.PositiveIntegerField(help_text="as told, less what we began since")
    resets_at = models.DateTimeField()
    told_at = models.DateTimeField()

    objects = RateLimitQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("provider_id", "host", "account", "scope"), name="one_row_per_budget"
            ),
        )
