"""The metric store: what the networks said, when. A number they do not give stays empty."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.goals.models import Initiative
from waypost.market.models import Channel
from waypost.publishing.models import Delivery


class Source(models.TextChoices):
    PULLED = "pulled"
    TYPED = "typed"
    IMPORTED = "imported"


class Reading(models.Model):
    """One number of one channel: on one day, or of a whole month.

    It belongs to the account at the network where there is one, else to the channel of the
    plan. What is not known has no row; 0 is a number.
    """

    class Span(models.TextChoices):
        DAY = "day"
        MONTH = "month"

    business = models.ForeignKey(Business, models.CASCADE, related_name="readings")
    connection = models.ForeignKey(
        Connection, models.CASCADE, null=True, blank=True, related_name="readings"
    )
    channel = models.ForeignKey(
        Channel, models.CASCADE, null=True, blank=True, related_name="readings"
    )
    metric = models.CharField(max_length=20)
    span = models.CharField(max_length=5, choices=Span.choices, default=Span.DAY)
    date = models.DateField(help_text="the day; the first one of a whole month")
    month = models.PositiveIntegerField(help_text="of the date, counted from the year 0")
    value = models.DecimalField(max_digits=16, decimal_places=2)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.PULLED)
    definition = models.PositiveSmallIntegerField(
        default=0, help_text="which meaning the network gave the number on that day"
    )
    noted_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("connection", "metric", "span", "date"), name="one_reading_an_account"
            ),
            models.UniqueConstraint(
                fields=("channel", "metric", "span", "date"), name="one_reading_a_channel"
            ),
            models.CheckConstraint(
                condition=Q(connection=None, channel__isnull=False)
                | Q(connection__isnull=False, channel=None),
                name="a_reading_has_one_place",
            ),
        )
        # A month in the order of grouping, with what is summed up: the table is not visited.
        indexes = (
            models.Index(
                fields=(
                    "business",
                    "month",
                    "metric",
                    "connection",
                    "channel",
                    "span",
                    "definition",
                    "date",
                    "value",
                    "source",
                ),
                name="reading_months",
            ),
        )
        ordering = ("date", "pk")

    def __str__(self) -> str:
        return f"{self.metric} {self.date}: {self.value}"


class MonthTotal(models.Model):
    """What the readings of one place, metric and month come to, so that years are read quickly.

    :func:`waypost.insights.month_totals.keep` writes it whenever readings are written; it holds
    nothing that they do not.
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="month_totals")
    connection = models.ForeignKey(
        Connection, models.CASCADE, null=True, blank=True, related_name="+"
    )
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="+")
    metric = models.CharField(max_length=20)
    span = models.CharField(max_length=5, choices=Reading.Span.choices)
    month = models.PositiveIntegerField(help_text="counted from the year 0")
    definition = models.PositiveSmallIntegerField()
    total = models.DecimalField(max_digits=18, decimal_places=2)
    number = models.PositiveSmallIntegerField(help_text="of readings")
    source = models.CharField(max_length=10, choices=Source.choices, help_text="of the oldest")
    last_on = models.DateField()
    last_value = models.DecimalField(max_digits=16, decimal_places=2)
    last_source = models.CharField(max_length=10, choices=Source.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("connection", "metric", "span", "month", "definition"),
                name="one_total_an_account_and_month",
            ),
            models.UniqueConstraint(
                fields=("channel", "metric", "span", "month", "definition"),
                name="one_total_a_channel_and_month",
            ),
        )
        indexes = (models.Index(fields=("business", "month", "metric"), name="totals_by_month"),)

    def __str__(self) -> str:
        return f"{self.metric} {self.month}: {self.total}"


POST_METRICS = (
    "likes",
    "comments",
    "shares",
    "saves",
    "reach",
    "impressions",
    "views",
    "link_clicks",
)


class PostTotals(models.Model):
    """What a post has gathered until a moment; a number that nobody told is empty."""

    taken_at = models.DateTimeField()
    likes = models.PositiveBigIntegerField(null=True)
    comments = models.PositiveBigIntegerField(null=True)
    shares = models.PositiveBigIntegerField(null=True)
    saves = models.PositiveBigIntegerField(null=True)
    reach = models.PositiveBigIntegerField(null=True)
    impressions = models.PositiveBigIntegerField(null=True)
    views = models.PositiveBigIntegerField(null=True)
    link_clicks = models.PositiveBigIntegerField(null=True)

    class Meta:
        abstract = True


class PostSnapshotQuerySet(models.QuerySet["PostSnapshot"]):
    def newest_of(
        self, deliveries: models.QuerySet[Delivery], before: datetime | None = None
    ) -> Self:
        """The last one of each of ``deliveries``, or the last ``before`` a moment."""
        latest = deliveries.order_by().annotate(latest=newest_pk(before))
        return self.filter(pk__in=latest.values("latest"))


def newest_pk(before: datetime | None = None) -> Subquery:
    """In a query of deliveries: which snapshot is the last one, or was ``before`` a moment."""
    history = PostSnapshot.objects.filter(delivery=OuterRef("pk"))
    if before:
        history = history.filter(taken_at__lt=before)
    return Subquery(history.order_by("-taken_at", "-pk").values("pk")[:1])


class PostSnapshot(PostTotals):
    """Current totals of a published post at one moment.

    :func:`waypost.insights.last_totals.add` and ``change`` write them.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="snapshots")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.PULLED)

    objects = PostSnapshotQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("delivery", "taken_at", "id"), name="post_moments"),)
        ordering = ("taken_at", "pk")


class LastTotals(PostTotals):
    """The newest snapshot of a post once more, so that years of posts are read in one pass.

    It is written with the snapshots and holds nothing that they do not.
    """

    delivery = models.OneToOneField(
        Delivery, models.CASCADE, primary_key=True, related_name="last_totals"
    )

    class Meta:
        # All there is, so that the table itself is not visited.
        indexes = (
            models.Index(
                fields=("delivery", "taken_at", *POST_METRICS), name="last_totals_of_posts"
            ),
        )


class NumbersMemory(models.Model):
    """What was said about a file with these headings, for the next one of its kind."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="numbers_memories")
    headings = models.CharField(max_length=64, help_text="a fingerprint of them")
    choices: Any = models.JSONField(default=dict, help_text="meaning of columns, channel, order")
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("business", "headings"), name="one_memory_of_numbers_per_shape"
            ),
        )


class Alert(models.Model):
    """A number of one day that was far from usual (:mod:`waypost.insights.surprise`)."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="alerts")
    connection = models.ForeignKey(
        Connection, models.CASCADE, null=True, blank=True, related_name="+"
    )
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="+")
    metric = models.CharField(max_length=20)
    date = models.DateField()
    value = models.DecimalField(max_digits=16, decimal_places=2)
    usual = models.DecimalField(max_digits=16, decimal_places=2)
    score = models.DecimalField(max_digits=16, decimal_places=2, help_text="robust z")
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("connection", "metric", "date"), name="one_alert_an_account_and_day"
            ),
            models.UniqueConstraint(
                fields=("channel", "metric", "date"), name="one_alert_a_channel_and_day"
            ),
        )
        indexes = (models.Index(fields=("business", "-date"), name="alerts_of_late"),)
        ordering = ("-date", "-pk")

    def __str__(self) -> str:
        return f"{self.metric} {self.date}: {self.value}"


class VisitSource(models.Model):
    """A shop or a counter of visits that is asked every day (:mod:`waypost.providers.visits`)."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="visit_sources")
    kind = models.CharField(max_length=30, help_text="id of the service")
    remote_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, blank=True)
    sealed_secrets = models.TextField()
    next_at = models.DateTimeField(default=timezone.now, db_index=True)
    read_at = models.DateTimeField(null=True, help_text="the last time it answered")
    failures = models.PositiveIntegerField(default=0, help_text="in a row")
    reason = models.TextField(blank=True, help_text="why the last try failed")
    is_broken = models.BooleanField(default=False, help_text="must be connected again")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("business", "kind", "remote_id"), name="one_source_of_a_kind"
            ),
        )
        ordering = ("kind", "pk")

    def __str__(self) -> str:
        return self.name


class Visit(models.Model):
    """What came on one day through links with the same UTM tags, and whose links they are."""

    source = models.ForeignKey(VisitSource, models.CASCADE, related_name="visits")
    date = models.DateField()
    utm_source = models.CharField(max_length=200, blank=True)
    utm_medium = models.CharField(max_length=200, blank=True)
    utm_campaign = models.CharField(max_length=200, blank=True)
    utm_content = models.CharField(max_length=200, blank=True)
    sessions = models.PositiveIntegerField(null=True)
    key_events = models.PositiveIntegerField(null=True)
    orders = models.PositiveIntegerField(null=True)
    revenue = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    connection = models.ForeignKey(Connection, models.SET_NULL, null=True, related_name="+")
    initiative = models.ForeignKey(Initiative, models.SET_NULL, null=True, related_name="visits")
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="visits")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=(
                    "source",
                    "date",
                    "utm_source",
                    "utm_medium",
                    "utm_campaign",
                    "utm_content",
                ),
                name="one_row_of_tags_a_day",
            ),
        )
        ordering = ("date", "pk")

    def __str__(self) -> str:
        return f"{self.utm_source}/{self.utm_campaign} {self.date}"


LEASE = timedelta(minutes=15)  # longer than asking one account for everything takes


class PullQuerySet(models.QuerySet["Pull"]):
    def free(self, now: datetime) -> Self:
        """Rows that no worker holds; the lease of a dead one runs out."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lt=now))

    def due(self, now: datetime) -> Self:
        """Connected accounts with something to ask, themselves or one of their posts."""
        posts = PostPull.objects.due(now).filter(delivery__connection=OuterRef("connection"))
        return self.free(now).filter(
            Q(next_at__lte=now) | Exists(posts),
            connection__in=Connection.objects.connected(),
        )


class Pull(models.Model):
    """When each connection is asked next; the row is the queue here too."""

    connection = models.OneToOneField(Connection, models.CASCADE, related_name="pull")
    next_at = models.DateTimeField(db_index=True)
    asked_at = models.DateTimeField(null=True, help_text="the last time the network answered")
    failures = models.PositiveIntegerField(default=0, help_text="in a row")
    reason = models.TextField(blank=True, help_text="why the last try failed, for the operator")
    lease_until = models.DateTimeField(null=True)

    objects = PullQuerySet.as_manager()

    def claim(self, now: datetime) -> bool:
        """True when this worker may ask now; False: another one does."""
        rows = Pull.objects.free(now).filter(pk=self.pk)
        return bool(rows.update(lease_until=now + LEASE))


class PostPullQuerySet(models.QuerySet["PostPull"]):
    def due(self, now: datetime) -> Self:
        return self.filter(next_at__lte=now)


class PostPull(models.Model):
    """When a published post is measured next: often while it is young, daily later.

    The row goes when the post is too old to change; its snapshots stay.
    """

    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="post_pull")
    next_at = models.DateTimeField(db_index=True)

    objects = PostPullQuerySet.as_manager()
