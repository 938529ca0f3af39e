"""Goals, the values measured for them, and the initiatives that should reach them."""

import datetime as dt
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.goals import formulas
from waypost.goals.formulas import Point, Standing


class GoalQuerySet(models.QuerySet["Goal"]):
    def open(self) -> Self:
        return self.filter(archived_at=None)

    def archived(self) -> Self:
        return self.exclude(archived_at=None)

    def with_values(self) -> Self:
        return self.prefetch_related("values")

    def counting(self, connection: Connection, day: dt.date) -> Self:
        """Goals under way on ``day`` whose number is read off ``connection``."""
        return self.open().filter(
            connection=connection, start_date__lte=day, deadline_date__gte=day
        )


class Goal(models.Model):
    """Where the business wants one number to be, and by when."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="goals")
    title = models.CharField(_("goal"), max_length=200)
    why = models.TextField(_("why it matters"), blank=True)
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


class Initiative(models.Model):
    """Something the business does to reach a goal."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("Planned")
        IN_PROGRESS = "in_progress", _("In progress")
        ON_HOLD = "on_hold", _("On hold")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    class Risk(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    business = models.ForeignKey(Business, models.CASCADE, related_name="initiatives")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="initiatives")
    title = models.CharField(_("initiative"), max_length=200)
    measure = models.TextField(_("how you will know it worked"), blank=True)
    resources = models.TextField(_("what it needs"), blank=True)
    start_date = models.DateField(_("start"))
    end_date = models.DateField(_("end"))
    status = models.CharField(
        _("status"), max_length=16, choices=Status.choices, default=Status.PLANNED
    )
    risk = models.CharField(_("risk"), max_length=8, choices=Risk.choices, default=Risk.LOW)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0, help_text="percent")
    expected_contribution = models.DecimalField(
        _("what it should add to the goal"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
    )
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("start_date", "pk")

    def __str__(self) -> str:
        return self.title
