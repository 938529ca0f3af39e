"""Who wears which hat in a business."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.accounts.hats import Hat
from waypost.accounts.models.people import Business, Member, User


class HatHolderQuerySet(models.QuerySet["HatHolder"]):
    def with_people(self) -> Self:
        return self.select_related("holder__user", "backup__user")

    def names(self) -> dict[str, str]:
        """Who wears each hat that somebody wears, by the hat."""
        return {each.hat: each.worn_by for each in self.with_people() if each.worn_by}


class HatHolder(models.Model):
    """Who wears a hat in a business, and who steps in: a member, or somebody without an account.

    The two texts count only while no member is named.
    """

    business = models.ForeignKey(Business, models.CASCADE, related_name="hat_holders")
    hat = models.CharField(_("role"), max_length=16, choices=Hat.choices)
    holder = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="hats")
    backup = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="backed_up_hats"
    )
    outside = models.CharField(_("somebody without an account"), max_length=120, blank=True)
    backup_outside = models.CharField(_("backup without an account"), max_length=120, blank=True)
    note = models.TextField(_("what this role does here"), blank=True, max_length=1000)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = HatHolderQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("business", "hat"), name="one_holder_per_hat"),
        )
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_hat_display()}: {self.worn_by}"

    @property
    def worn_by(self) -> str:
        """The name of who wears it; empty when nobody does."""
        return str(self.holder.user) if self.holder else self.outside

    @property
    def backed_up_by(self) -> str:
        return str(self.backup.user) if self.backup else self.backup_outside
