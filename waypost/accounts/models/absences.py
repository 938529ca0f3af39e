"""Days on which somebody does not work, and who stands in."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models.people import Member


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> Self:
        return self.filter(from_date__lte=day, until_date__gte=day)

    def from_day(self, day: date) -> Self:
        """That are not over by then."""
        return self.filter(until_date__gte=day)

    def with_people(self) -> Self:
        return self.select_related("member__user", "stand_in__user")


class Absence(models.Model):
    """From a day until a day, both included."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="absences")
    from_date = models.DateField(_("from"))
    until_date = models.DateField(_("until"))
    stand_in = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="stands_in"
    )
    """Empty: the backup of each hat steps in."""
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ("from_date", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(until_date__gte=models.F("from_date")),
                name="absence_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.member.user}: {self.from_date}–{self.until_date}"
