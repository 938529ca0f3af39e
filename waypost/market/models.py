"""Who the business sells to, against whom, what, and over which channels."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.library.models import Asset
from waypost.market.kinds import Kind

SHARE: dict[str, Any] = {"max_digits": 5, "decimal_places": 4}  # 0 to 1


class Record(models.Model):
    """What all records of the market have."""

    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True
        ordering = ("position", "pk")


class Place(Record):
    """Where customers live."""

    class Standing(models.TextChoices):
        PRIMARY = "primary", _("Main market")
        GROWTH = "growth", _("Growing market")
        SECONDARY = "secondary", _("Secondary market")

    business = models.ForeignKey(Business, models.CASCADE, related_name="places")
    name = models.CharField(_("place"), max_length=120)
    country = models.CharField(_("country"), max_length=2, blank=True)  # ISO 3166
    subdivision = models.CharField(_("part of the country"), max_length=10, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)  # BCP 47
    share_of_orders = models.DecimalField(_("share of orders"), null=True, blank=True, **SHARE)
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing.choices, default=Standing.PRIMARY
    )
    shopping = models.TextField(_("shopping days"), blank=True)

    def __str__(self) -> str:
        return self.name


class KeyDay(Record):
    """A day that matters, added by hand."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="key_days")
    date = models.DateField(_("day"))
    name = models.CharField(_("what happens"), max_length=120)
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="key_days")
    yearly = models.BooleanField(_("every year"), default=False)

    class Meta:
        ordering = ("date", "pk")

    def __str__(self) -> str:
        return self.name


class Segment(Record):
    """Customers by trade or occupation."""

    class Kind(models.TextChoices):
        B2C = "b2c", _("People (B2C)")
        B2B = "b2b", _("Companies (B2B)")
        C2C = "c2c", _("People who sell to people (C2C)")

    business = models.ForeignKey(Business, models.CASCADE, related_name="segments")
    kind = models.CharField(_("who buys"), max_length=3, choices=Kind.choices, default=Kind.B2C)
    industry = models.TextField(_("trade"), blank=True)
    occupation = models.TextField(_("occupation"), blank=True)
    location = models.TextField(_("where they are"), blank=True)
    business_goals = models.TextField(_("what they want to achieve at work"), blank=True)

    def __str__(self) -> str:
        return self.occupation or self.industry or self.get_kind_display()


class Channel(Record):
    """A place where the business speaks with people: a profile, a page, its own site."""

    class Standing(models.TextChoices):
        PRIMARY = "primary", _("Primary")
        SECONDARY = "secondary", _("Secondary")
        SUPPORT = "support", _("Support")
        TEST = "test", _("Test")

    business = models.ForeignKey(Business, models.CASCADE, related_name="channels")
    name = models.CharField(_("name"), max_length=120)
    network = models.CharField(_("network"), max_length=40)
    connection = models.ForeignKey(
        Connection, models.SET_NULL, null=True, blank=True, related_name="channels"
    )
    handle = models.CharField(_("handle"), max_length=120, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    purpose = models.TextField(_("what it is for"), blank=True)
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing.choices, default=Standing.SECONDARY
    )
    does_support = models.BooleanField(_("customers get help here"), default=False)
    languages: Any = models.JSONField(_("languages"), default=list, blank=True)
    posts_per_week = models.DecimalField(
        _("posts a week"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    content_mix: Any = models.JSONField(_("what is posted"), default=dict, blank=True)
    """Posts a week by kind of content."""
    metrics: Any = models.JSONField(_("what is measured"), default=list, blank=True)
    ad_share = models.DecimalField(_("share of the ad budget"), null=True, blank=True, **SHARE)
    voice = models.TextField(_("tone of voice"), blank=True)
    pillars = models.TextField(_("themes"), blank=True)

    def __str__(self) -> str:
        return self.name


class Persona(Record):
    """An invented customer who stands for many; a negative one for those who should not see
    advertisements.
    """

    class Income(models.TextChoices):
        LOW = "low", pgettext_lazy("income", "Below average")
        AVERAGE = "average", pgettext_lazy("income", "Average")
        HIGH = "high", pgettext_lazy("income", "Above average")
        VERY_HIGH = "very_high", pgettext_lazy("income", "High")

    class Gender(models.TextChoices):
        ANY = "any", pgettext_lazy("gender", "Any")
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        OTHER = "other", pgettext_lazy("gender", "Other")

    business = models.ForeignKey(Business, models.CASCADE, related_name="personas")
    name = models.CharField(_("name"), max_length=120)
    tagline = models.CharField(_("in three words"), max_length=120, blank=True)
    picture = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+")
    professional = models.TextField(_("work"), blank=True)
    income = models.CharField(_("income"), max_length=12, choices=Income.choices, blank=True)
    personal = models.TextField(_("private life"), blank=True)
    age_from = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender.choices, blank=True)
    location = models.CharField(_("place"), max_length=120, blank=True)
    communication = models.TextField(_("channels and content they use"), blank=True)
    channels = models.ManyToManyField(Channel, blank=True, related_name="personas")
    formats: Any = models.JSONField(_("formats they like"), default=list, blank=True)
    business_goals = models.TextField(_("goals at work"), blank=True)
    personal_goals = models.TextField(_("private goals"), blank=True)
    challenges = models.TextField(_("challenges"), blank=True)
    impact = models.TextField(_("what you save or give them"), blank=True)
    objections = models.TextField(_("objections and worries"), blank=True)
    usp = models.TextField(_("why they buy all the same"), blank=True)
    negative = models.BooleanField(_("not a customer"), default=False)
    exclusion_rule = models.TextField(_("how advertisements leave them out"), blank=True)

    def __str__(self) -> str:
        return self.name


class Competitor(Record):
    class Kind(models.TextChoices):
        LEADER = "leader", _("Leads the market")
        PEER = "peer", _("One like us")
        OUTSIDER = "outsider", _("At the edge")

    business = models.ForeignKey(Business, models.CASCADE, related_name="competitors")
    name = models.CharField(_("name"), max_length=120)
    url = models.URLField(_("address"), max_length=500, blank=True)
    kind = models.CharField(_("standing"), max_length=12, choices=Kind.choices, blank=True)
    summary = models.TextField(_("in short"), blank=True)
    location = models.TextField(_("where they are"), blank=True)
    milestones = models.TextField(_("milestones"), blank=True)
    distribution = models.TextField(_("how they sell"), blank=True)
    communication = models.TextField(_("where they speak"), blank=True)
    mission = models.TextField(_("mission"), blank=True)
    goals = models.TextField(_("goals"), blank=True)

    def __str__(self) -> str:
        return self.name


class ChannelReading(models.Model):
    """Numbers of a competitor's channel on one day; without a competitor they are our own.

    An unknown number is empty, not 0.
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="channel_readings")
    competitor = models.ForeignKey(
        Competitor, models.CASCADE, null=True, blank=True, related_name="readings"
    )
    network = models.CharField(_("network"), max_length=40, blank=True)
    date = models.DateField(_("day"))
    followers = models.PositiveBigIntegerField(_("followers"), null=True, blank=True)
    avg_likes = models.DecimalField(
        _("likes a post"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    avg_shares = models.DecimalField(
        _("shares a post"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    avg_comments = models.DecimalField(
        _("comments a post"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    posts_per_week = models.DecimalField(
        _("posts a week"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    mentions = models.PositiveIntegerField(_("mentions in a month"), null=True, blank=True)
    updated_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("business", "competitor", "network", "date"),
                name="one_reading_a_day",
                condition=models.Q(competitor__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("business", "network", "date"),
                name="one_own_reading_a_day",
                condition=models.Q(competitor=None),
            ),
        )
        ordering = ("date", "network", "pk")

    def __str__(self) -> str:
        return f"{self.competitor or self.business}, {self.network}"


class SwotPointQuerySet(models.QuerySet["SwotPoint"]):
    def ours(self) -> Self:
        return self.filter(competitor=None)


class SwotPoint(Record):
    """One line of a SWOT: our own, or a competitor's."""

    class Quadrant(models.TextChoices):
        STRENGTHS = "strengths", _("Strengths")
        WEAKNESSES = "weaknesses", _("Weaknesses")
        OPPORTUNITIES = "opportunities", _("Opportunities")
        THREATS = "threats", _("Threats")

    business = models.ForeignKey(Business, models.CASCADE, related_name="swot_points")
    competitor = models.ForeignKey(
        Competitor, models.CASCADE, null=True, blank=True, related_name="swot_points"
    )
    quadrant = models.CharField(max_length=16, choices=Quadrant.choices)
    text = models.CharField(_("point"), max_length=300)

    objects = SwotPointQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text


class Product(Record):
    class Affordable(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    business = models.ForeignKey(Business, models.CASCADE, related_name="products")
    name = models.CharField(_("name"), max_length=160)
    picture = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+")
    description = models.TextField(_("description"), blank=True)
    feeling = models.TextField(_("how it feels to own it"), blank=True)
    materials = models.TextField(_("materials"), blank=True)
    quality = models.TextField(_("proof of quality"), blank=True)
    unique = models.BooleanField(_("unique"), null=True, blank=True)
    unique_note = models.TextField(_("in what it is unique"), blank=True)
    handmade = models.BooleanField(_("made by hand"), null=True, blank=True)
    made_in = models.CharField(_("made in"), max_length=120, blank=True)
    price_gross = models.DecimalField(
        _("price with VAT"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    vat_rate = models.DecimalField(_("VAT"), default=Decimal("0.22"), **SHARE)
    unit_cost = models.DecimalField(
        _("what one costs you"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    target_margin = models.DecimalField(_("margin you want"), null=True, blank=True, **SHARE)
    price_reason = models.TextField(_("why it costs that much"), blank=True)
    affordable = models.CharField(
        _("can your buyer afford it"), max_length=8, choices=Affordable.choices, blank=True
    )
    affordable_note = models.TextField(_("for whom, and for whom not"), blank=True)
    orders_per_year = models.DecimalField(
        _("orders of one buyer a year"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    sold_per_year = models.DecimalField(
        _("pieces sold in a year"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    reinvest_share = models.DecimalField(
        _("share of the margin that is reinvested"), null=True, blank=True, **SHARE
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class KindMinutes(models.Model):
    """How long one piece of a kind of content takes this business to make."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="kind_minutes")
    kind = models.CharField(_("type"), max_length=16, choices=Kind.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("business", "kind"), name="one_time_per_kind"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.minutes}"


class SetupTick(models.Model):
    """One thing that is set up, for a channel or for the whole business."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="setup_ticks")
    channel = models.ForeignKey(
        Channel, models.CASCADE, null=True, blank=True, related_name="setup_ticks"
    )
    key = models.CharField(max_length=40)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("channel", "key"),
                name="one_tick_for_a_channel",
                condition=models.Q(channel__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("business", "key"),
                name="one_tick_for_a_business",
                condition=models.Q(channel=None),
            ),
        )

    def __str__(self) -> str:
        return self.key


class Tool(Record):
    """A program or service in use; one line of the budget may pay for it."""

    class Period(models.TextChoices):
        FREE = "free", pgettext_lazy("plan", "Free")
        MONTHLY = "monthly", pgettext_lazy("plan", "Monthly")
        YEARLY = "yearly", pgettext_lazy("plan", "Yearly")

    business = models.ForeignKey(Business, models.CASCADE, related_name="tools")
    name = models.CharField(_("name"), max_length=120)
    used_for = models.CharField(_("what it is used for"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    period = models.CharField(_("plan"), max_length=8, choices=Period.choices, default=Period.FREE)
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2, null=True, blank=True)
    trial_ends_on = models.DateField(_("trial ends"), null=True, blank=True)
    tested_on = models.DateField(_("tested on"), null=True, blank=True)
    renews_on = models.DateField(_("renews on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    def __str__(self) -> str:
        return self.name
