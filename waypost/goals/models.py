"""Goals, the values measured for them, and the initiatives that should reach them."""

import datetime as dt
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.goals import formulas
from waypost.goals.formulas import Kind, Point, Standing


class Checkpoint(models.TextChoices):
    """How often the goal's number is looked at."""

    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    YEAR_END = "year_end", _("At the end of the year")


class GoalQuerySet(models.QuerySet["Goal"]):
    def open(self) -> Self:
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def with_values(self) -> Self:
        return self.prefetch_related("values")

    def held_by(self, user: User) -> Self:
        """Those under way that ``user`` answers for."""
        return self.open().filter(owner=user)

    def counting(self, connection: Connection, day: dt.date) -> Self:
        """Goals under way on ``day`` whose number is read off ``connection``."""
        return self.open().filter(
            connection=connection, start_date__lte=day, deadline_date__gte=day
        )


class Goal(models.Model):
    """Where the business wants one number to be, and by when."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="goals")
    title = models.CharField(_("goal"), max_length=200)
    kind = models.CharField(
        _("kind of goal"), max_length=16, choices=Kind.choices, default=Kind.REACH
    )
    specific = models.TextField(_("what exactly will be different"), blank=True)
    achievable = models.TextField(_("why it can be done"), blank=True)
    resources = models.TextField(_("what it needs"), blank=True)
    why = models.TextField(_("why it matters"), blank=True)
    checkpoints = models.JSONField(_("when it is looked at"), default=list, blank=True)
    """Values of :class:`Checkpoint`."""
    metric = models.CharField(_("what is measured"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    baseline = models.DecimalField(_("value at the start"), max_digits=16, decimal_places=2)
    target = models.DecimalField(_("target value"), max_digits=16, decimal_places=2)
    start_date = models.DateField(_("start"))
    deadline_date = models.DateField(_("deadline"))
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    connection = models.ForeignKey(
        Connection,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="goals",
        verbose_name=_("account that is counted"),
    )
    connection_metric = models.CharField(max_length=40, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ("deadline_date", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_decreasing(self) -> bool:
        return self.target < self.baseline

    def standing(self, today: dt.date) -> Standing:
        """How it stands on ``today``; reads ``values``, so prefetch them for many goals."""
        return formulas.standing(self, [value.point for value in self.values.all()], today)


class GoalValue(models.Model):
    """The goal's number on one day.

    A later entry for the same day replaces it, but a measured one not what a person typed.
    """

    class Source(models.TextChoices):
        TYPED = "typed", _("typed in")
        MEASURED = "measured", _("measured")

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="values")
    date = models.DateField(_("day"))
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    source = models.CharField(max_length=16, choices=Source.choices, default=Source.TYPED)
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("goal", "date"), name="one_value_per_day"),)
        ordering = ("date",)

    @property
    def point(self) -> Point:
        return self.date, self.value


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def live(self) -> Self:
        """Those of goals that were not archived."""
        return self.filter(goal__archived_at=None)

    def held_by(self, user: User) -> Self:
        """Those not over that ``user`` answers for."""
        return self.live().filter(owner=user).exclude(status__in=Initiative.OVER)


class Initiative(models.Model):
    """Something the business does to reach a goal; a milestone when it is one day long."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        IN_PROGRESS = "in_progress", _("In progress")
        ON_HOLD = "on_hold", _("On hold")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    OVER = (Status.DONE, Status.DROPPED)

    class Risk(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    class Repeats(models.TextChoices):
        DAILY = "daily", _("Every day")
        WEEKLY = "weekly", _("Every week")

    business = models.ForeignKey(Business, models.CASCADE, related_name="initiatives")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="initiatives")
    title = models.CharField(_("initiative"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    measure = models.TextField(_("how you will know it worked"), blank=True)
    resources = models.TextField(_("what it needs"), blank=True)
    budget = models.DecimalField(
        _("budget"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    start_date = models.DateField(_("start"))
    end_date = models.DateField(_("end"))
    until_goal = models.BooleanField(_("goes on until the goal is reached"), default=False)
    baseline_start_date = models.DateField(_("approved start"), null=True, blank=True)
    baseline_end_date = models.DateField(_("approved end"), null=True, blank=True)
    actual_end_date = models.DateField(_("day it was done"), null=True, blank=True)
    repeats = models.CharField(
        _("repeats"), max_length=8, choices=Repeats.choices, blank=True, default=""
    )
    repeats_what = models.CharField(_("what repeats"), max_length=120, blank=True)
    status = models.CharField(
        _("status"), max_length=16, choices=Status.choices, default=Status.PLANNED
    )
    risk = models.CharField(_("risk"), max_length=8, choices=Risk.choices, default=Risk.LOW)
    risk_note = models.TextField(_("what could go wrong"), blank=True)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0, help_text="percent")
    counts_tasks = models.BooleanField(default=False)
    """Its progress is the share of its tasks that are done, and is not typed."""
    expected_contribution = models.DecimalField(
        _("what it should add to the goal"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
    )
    actual_contribution = models.DecimalField(
        _("what it added to the goal"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    depends_on = models.ManyToManyField(
        "self",
        symmetrical=False,
        related_name="dependants",
        blank=True,
        verbose_name=_("begins after"),
    )
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    owner_role = models.CharField(
        _("role of the owner"), max_length=16, choices=Hat.choices, blank=True, default=""
    )
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        ordering = ("position", "start_date", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        """Nothing will happen any more."""
        return self.status in self.OVER

    @property
    def is_milestone(self) -> bool:
        return self.start_date == self.end_date

    @property
    def days(self) -> int:
        """How long it takes, both ends counted."""
        return (self.end_date - self.start_date).days + 1

    @property
    def slip(self) -> int | None:
        """Days it was done after its end (below 0: before); None when it is not done."""
        if self.actual_end_date is None:
            return None
        return (self.actual_end_date - self.end_date).days

    def is_late(self, today: dt.date) -> bool:
        """Its end has passed and it is neither done nor dropped."""
        return today > self.end_date and not self.is_over

    @property
    def repetitions(self) -> int | None:
        """How often a repeating one happens between its two days; None when it does not repeat."""
        if not self.repeats:
            return None
        return self.days if self.repeats == self.Repeats.DAILY else (self.days + 6) // 7

    def timing(self, today: dt.date) -> str:
        """How late it is or was done, in words; empty when there is nothing to say."""
        if late := self.days_late(today):
            return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": late}
        slip = self.slip or 0
        if slip > 0:
            return ngettext("Done %(n)s day late", "Done %(n)s days late", slip) % {"n": slip}
        if slip < 0:
            early = -slip
            return ngettext("Done %(n)s day early", "Done %(n)s days early", early) % {"n": early}
        return ""

    def days_late(self, today: dt.date) -> int:
        """Days since its end while it is late, else 0."""
        return (today - self.end_date).days if self.is_late(today) else 0


class RoadmapLink(models.Model):
    """A door to the roadmap for somebody without an account; the token itself is not kept."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="roadmap_links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-pk")


class PlanApproval(models.Model):
    """Somebody said that the dates of the roadmap, as they were that day, are the plan.

    The dates themselves stand on the initiatives (``baseline_*``); the latest one counts.
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="plan_approvals")
    approved_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("-approved_at", "-pk")
