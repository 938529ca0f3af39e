"""Posts that come again: by a rule of the calendar, or from the evergreen shelf."""

from zoneinfo import ZoneInfo

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User, valid_time_zone


class Repeat(models.Model):
    """A rule on the clock of the wall; what it makes are items like any other.

    ``rule`` is an RRULE of RFC 5545 without its start, such as ``FREQ=WEEKLY;BYDAY=MO``.
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="repeats")
    source = models.ForeignKey(
        "content.Item", models.CASCADE, related_name="repeats", help_text="what is copied"
    )
    rule = models.CharField(max_length=300)
    first_date = models.DateField(_("first day"))
    clock = models.TimeField(_("time"))
    time_zone = models.CharField(max_length=64, validators=[valid_time_zone])
    made_until = models.DateField(null=True, blank=True, help_text="up to here items exist")
    ended_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return f"{self.source}: {self.rule}"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Evergreen(models.Model):
    """A post that stays true: it fills posting times that would stay empty."""

    item = models.OneToOneField("content.Item", models.CASCADE, related_name="evergreen")
    cool_down_days = models.PositiveSmallIntegerField(
        _("days between two runs"), default=60, validators=[MinValueValidator(1)]
    )
    expires_on = models.DateField(_("not after"), null=True, blank=True)
    max_runs = models.PositiveSmallIntegerField(
        _("most runs"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return str(self.item)
