"""Texts that a business uses again and again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business


class SavedText(models.Model):
    """Inserted into a post with one click; names in braces are filled in then."""

    class Kind(models.TextChoices):
        HASHTAGS = "hashtags", _("Hashtags")
        TEXT = "text", _("Text")

    business = models.ForeignKey(Business, models.CASCADE, related_name="saved_texts")
    kind = models.CharField(_("what it is"), max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=80)
    body = models.TextField(_("text"), max_length=5000)

    class Meta:
        ordering = ("kind", "name", "pk")

    def __str__(self) -> str:
        return self.name
