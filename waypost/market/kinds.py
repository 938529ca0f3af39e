"""Kinds of content, and how long one of each takes to make."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    POST = "post", _("Text or link post")
    PHOTO = "photo", _("Photo")
    CAROUSEL = "carousel", _("Carousel")
    REEL = "reel", _("Reel")
    SHORT_VIDEO = "short_video", _("Short video")
    STORY = "story", _("Story")
    LIVE = "live", _("Live video")
    PIN = "pin", _("Pin")
    UGC = "ugc", _("Customer content")
    GIVEAWAY = "giveaway", _("Giveaway")
    EVENT = "event", _("Event")
    BLOG = "blog", _("Blog post")
    NEWSLETTER = "newsletter", _("Newsletter")


USUAL_MINUTES: Mapping[str, int] = MappingProxyType(
    {
        Kind.POST: 20,
        Kind.PHOTO: 30,
        Kind.CAROUSEL: 90,
        Kind.REEL: 120,
        Kind.SHORT_VIDEO: 120,
        Kind.STORY: 15,
        Kind.LIVE: 90,
        Kind.PIN: 30,
        Kind.UGC: 20,
        Kind.GIVEAWAY: 60,
        Kind.EVENT: 45,
        Kind.BLOG: 240,
        Kind.NEWSLETTER: 120,
    }
)
"""From the idea to the finished post; a business writes its own where it is quicker or slower."""
UNSAID = Kind.PHOTO  # what a post counts as while nobody has said what is posted
