"""When a business likes to post: moments of the week, per channel, on the wall clock."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business
from waypost.connections.models import Connection


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Slot(models.Model):
    """A place in the week that the queue fills."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="slots")
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=Weekday.choices)
    clock = models.TimeField(_("time"))

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("connection", "weekday", "clock"), name="one_slot"),
        )
        ordering = ("weekday", "clock")

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.clock:%H:%M}"
