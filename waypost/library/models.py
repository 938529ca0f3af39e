"""Files of a business. A row stands for one stored original; it is never rewritten."""

import secrets
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, User


def stored_name(asset: "Asset", name: str) -> str:
    """Where an original lies: by business and content, never by what the person called it.

    The last letters belong to one attempt alone, so that cleaning up after a failed one
    never takes another's file.
    """
    token = secrets.token_hex(4)
    return f"{asset.business_id}/{asset.sha256[:2]}/{asset.sha256}.{token}{asset.suffix}"


def thumbnail_name(asset: "Asset", name: str) -> str:
    """Where the small copy lies; see :func:`stored_name`."""
    token = secrets.token_hex(4)
    return f"{asset.business_id}/{asset.sha256[:2]}/{asset.sha256}.{token}.thumbnail.webp"


class AssetQuerySet(models.QuerySet["Asset"]):
    def without_alt(self) -> Self:
        """Pictures that nobody described yet."""
        return self.filter(alt="")


class Asset(models.Model):
    """A picture that was checked on the way in."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="assets")
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(upload_to=stored_name, max_length=200)
    thumbnail = models.FileField(upload_to=thumbnail_name, max_length=200, blank=True)
    mime = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField(help_text="bytes")
    width = models.PositiveIntegerField(help_text="pixels")
    height = models.PositiveIntegerField(help_text="pixels")
    sha256 = models.CharField(max_length=64)
    alt = models.TextField(_("description for people who cannot see it"), blank=True)
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("business", "sha256"), name="one_asset_per_content"),
        )
        ordering = ("-added_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def suffix(self) -> str:
        return {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}.get(
            self.mime, ".gif"
        )
