"""How the clicks on links are told apart, and our own short links."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models.items import Item


class LinkRule(models.Model):
    """What is added to every link of a post; a business without one leaves links alone."""

    business = models.OneToOneField(Business, models.CASCADE, related_name="link_rule")
    active = models.BooleanField(_("add UTM tags to the links of posts"), default=True)
    source = models.CharField("utm_source", max_length=100, default="{network}")
    medium = models.CharField("utm_medium", max_length=100, default="social")
    campaign = models.CharField("utm_campaign", max_length=100, default="{initiative}", blank=True)
    content = models.CharField("utm_content", max_length=100, default="{item}", blank=True)
    sites = models.CharField(_("your own sites"), max_length=500, blank=True)
    shortens = models.BooleanField(_("use short links and count their clicks"), default=False)

    def __str__(self) -> str:
        return f"{self.source}/{self.medium}"


class ShortLinkQuerySet(models.QuerySet["ShortLink"]):
    def with_clicks(self) -> Self:
        """Each with ``clicks``, all that were counted so far; the most followed first."""
        total = Coalesce(models.Sum("days__clicks"), 0)
        return self.annotate(clicks=total).order_by("-clicks", "pk")


class ShortLink(models.Model):
    """``/l/<code>`` leads to ``target``, one for each channel of an item."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="short_links")
    item = models.ForeignKey(Item, models.CASCADE, related_name="short_links")
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="short_links")
    code = models.CharField(max_length=12, unique=True)
    target = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ShortLinkQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("item", "connection"), name="one_short_link_a_channel"),
        )

    def __str__(self) -> str:
        return self.code

    @property
    def address(self) -> str:
        """What stands in a post."""
        return f"{settings.PUBLIC_URL}/l/{self.code}"


class LinkDay(models.Model):
    """How often a short link was followed on one day (UTC); nothing about by whom."""

    link = models.ForeignKey(ShortLink, models.CASCADE, related_name="days")
    date = models.DateField()
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("link", "date"), name="one_count_a_day"),)

    def __str__(self) -> str:
        return f"{self.link_id} on {self.date}: {self.clicks}"
