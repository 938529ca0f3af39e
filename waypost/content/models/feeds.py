"""Feeds (RSS, Atom) that a business reads for ideas."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business
from waypost.content.models.items import Item


class Feed(models.Model):
    business = models.ForeignKey(Business, models.CASCADE, related_name="feeds")
    url = models.URLField(_("address of the feed"), max_length=500)
    title = models.CharField(_("name"), max_length=200, blank=True)
    etag = models.CharField(max_length=300, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    read_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True, help_text="why it could not be read")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("business", "url"), name="one_feed_an_address"),
        )
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title or self.url


class FeedEntry(models.Model):
    """One article of a feed, as plain text."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="entries")
    key = models.CharField(max_length=64, help_text="fingerprint of what the feed calls it")
    title = models.CharField(max_length=300)
    summary = models.TextField(blank=True)
    url = models.URLField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True)
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("feed", "key"), name="one_entry_a_key"),)
        ordering = ("-published_at", "-pk")

    def __str__(self) -> str:
        return self.title
