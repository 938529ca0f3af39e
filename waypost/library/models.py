"""Files of a business, in folders and with tags.

A row of :class:`Asset` is one place in the library. Its present content lies in the row
itself, contents that it had before lie in :class:`Version`, and what was made of it for
one network in :class:`Rendition`. A stored file is never rewritten.
"""

import secrets
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from waypost.accounts.models import Business, User
from waypost.library.kinds import SUFFIXES, Kind, is_inline

DEEPEST = 8  # folders within one another


def stored_name(asset: "Stored", name: str) -> str:
    """Where an original lies: by business and content, never by what the person called it.

    The last letters belong to one attempt alone, so that cleaning up after a failed one
    never takes another's file.
    """
    token = secrets.token_hex(4)
    return f"{asset.business_id}/{asset.sha256[:2]}/{asset.sha256}.{token}{asset.suffix}"


def thumbnail_name(asset: "Stored", name: str) -> str:
    """Where the small copy lies; see :func:`stored_name`."""
    token = secrets.token_hex(4)
    return f"{asset.business_id}/{asset.sha256[:2]}/{asset.sha256}.{token}.thumbnail.webp"


class Folder(models.Model):
    """A folder; one without a parent stands at the top."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="folders")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "business", "parent", Lower("name"), name="one_folder_of_a_name"
            ),
            models.UniqueConstraint(
                "business",
                Lower("name"),
                condition=models.Q(parent=None),
                name="one_top_folder_of_a_name",
            ),
        )
        ordering = (Lower("name"), "pk")

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A word that files share."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="file_tags")
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        constraints = (
            models.UniqueConstraint("business", Lower("name"), name="one_file_tag_of_a_name"),
        )
        ordering = (Lower("name"),)

    def __str__(self) -> str:
        return self.name


class Licence(models.TextChoices):
    """What we may do with a file that is perhaps not ours."""

    UNKNOWN = "", _("Not said")
    OWN = "own", _("Made by us")
    BOUGHT = "bought", _("Bought from a picture agency")
    PERMISSION = "permission", _("With the maker’s permission")
    PUBLIC = "public", _("Public domain or CC0")
    CC_BY = "cc-by", "CC BY"
    CC_BY_SA = "cc-by-sa", "CC BY-SA"
    CC_BY_ND = "cc-by-nd", "CC BY-ND"
    CC_BY_NC = "cc-by-nc", _("CC BY-NC (not for business)")
    PRESS = "press", _("Press material")


NAMES_ITS_MAKER = (Licence.CC_BY, Licence.CC_BY_SA, Licence.CC_BY_ND, Licence.CC_BY_NC)


class Stored(models.Model):
    """One content: a stored file and what was found out about it."""

    file = models.FileField(upload_to=stored_name, max_length=200, blank=True)
    thumbnail = models.FileField(upload_to=thumbnail_name, max_length=200, blank=True)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(default=0, help_text="bytes")
    width = models.PositiveIntegerField(default=0, help_text="pixels; 0 where there are none")
    height = models.PositiveIntegerField(default=0, help_text="pixels; 0 where there are none")
    seconds = models.FloatField(null=True, help_text="length of a video or sound")
    frame_rate = models.FloatField(null=True, help_text="frames in a second")
    video_codec = models.CharField(max_length=40, blank=True)
    audio_codec = models.CharField(max_length=40, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    prepared_at = models.DateTimeField(
        null=True, help_text="when the worker had looked at it; empty: it still will"
    )
    trouble = models.TextField(blank=True, help_text="why the worker could not read it")
    added_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    business_id: int

    class Meta:
        abstract = True

    @property
    def suffix(self) -> str:
        return SUFFIXES.get(self.mime, ".bin")

    @property
    def is_inline(self) -> bool:
        """Whether a browser may show it; everything else is only ever saved."""
        return is_inline(self.mime)


CONTENT = (
    "file", "thumbnail", "mime", "size", "width", "height", "seconds", "frame_rate",
    "video_codec", "audio_codec", "sha256", "prepared_at", "trouble",
)  # fmt: skip
"""The fields of :class:`Stored` that belong to the content, not to the place."""


class AssetQuerySet(models.QuerySet["Asset"]):
    def pictures(self) -> Self:
        """What can be shown as a picture and sent to networks."""
        return self.filter(kind=Kind.PICTURE)

    def for_posts(self) -> Self:
        """Pictures and videos."""
        return self.filter(kind__in=(Kind.PICTURE, Kind.VIDEO))

    def without_alt(self) -> Self:
        """Pictures that nobody described yet."""
        return self.pictures().filter(alt="")

    def without_licence(self) -> Self:
        """Files of which nobody said what may be done with them."""
        return self.filter(licence="")

    def unprepared(self, before: datetime) -> Self:
        """What the worker should have looked at by now."""
        return self.filter(prepared_at=None, added_at__lt=before).exclude(kind=Kind.LINK)

    def searched(self, words: str) -> Self:
        """Files in whose name, words or tags every one of ``words`` occurs."""
        rows = self
        for word in words.split()[:10]:
            tagged = Tag.objects.filter(name__icontains=word).values("pk")
            rows = rows.filter(
                models.Q(name__icontains=word)
                | models.Q(alt__icontains=word)
                | models.Q(author__icontains=word)
                | models.Q(source_url__icontains=word)
                | models.Q(link__icontains=word)
                | models.Q(pk__in=Asset.tags.through.objects.filter(tag__in=tagged).values("asset"))
            )
        return rows


class LiveAssets(models.Manager.from_queryset(AssetQuerySet)):  # type: ignore[misc]
    """What is in the library now: without files that were deleted and can be put back."""

    def get_queryset(self) -> AssetQuerySet:
        rows: AssetQuerySet = super().get_queryset()
        return rows.filter(removed_at=None)


class Asset(Stored):
    """A place in the library with its present content, or a link to a file elsewhere."""

    business = models.ForeignKey(Business, models.CASCADE, related_name="assets")
    folder = models.ForeignKey(
        Folder, models.SET_NULL, null=True, blank=True, related_name="assets"
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="assets")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PICTURE)
    name = models.CharField(_("name"), max_length=200)
    link = models.URLField(_("address"), max_length=1000, blank=True)
    alt = models.TextField(_("description for people who cannot see it"), blank=True)
    author = models.CharField(_("maker"), max_length=200, blank=True)
    source_url = models.URLField(_("where it comes from"), max_length=1000, blank=True)
    licence = models.CharField(
        pgettext_lazy("of a file", "licence"), max_length=12, choices=Licence.choices, blank=True
    )
    licence_note = models.CharField(max_length=300, blank=True)
    number = models.PositiveIntegerField(default=1, help_text="of the present version")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, help_text="deleted; can be put back until erased")

    objects = LiveAssets()
    everything = AssetQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("business", "sha256"),
                condition=~models.Q(sha256=""),
                name="one_asset_per_content",
            ),
        )
        indexes = (
            models.Index(fields=("business", "-added_at", "-id"), name="asset_newest"),
            models.Index(fields=("business", "folder"), name="asset_folder"),
        )
        ordering = ("-added_at", "-pk")

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.kind == Kind.PICTURE

    @property
    def is_video(self) -> bool:
        return self.kind == Kind.VIDEO

    @property
    def is_link(self) -> bool:
        return self.kind == Kind.LINK

    @property
    def is_waiting(self) -> bool:
        """Whether the worker has still to make its small picture or look into it."""
        return self.prepared_at is None and self.kind in (Kind.PICTURE, Kind.VIDEO, Kind.AUDIO)

    @property
    def owes_credit(self) -> bool:
        """Its licence asks that the maker is named, and nobody wrote who that is."""
        return self.licence in NAMES_ITS_MAKER and not self.author


class Version(Stored):
    """A content that an asset had; each version lies either here or in the asset itself."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("asset", "number"), name="one_version_of_a_number"),
        )
        ordering = ("-number",)

    @property
    def business_id(self) -> int:  # type: ignore[override]
        return self.asset.business_id


class Rendition(models.Model):
    """A picture as one set of limits wants it; made once, so that a retry sends the same bytes."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="renditions")
    sha256 = models.CharField(max_length=64, help_text="of the content it was made from")
    recipe = models.CharField(max_length=120, help_text="the limits it keeps")
    file = models.FileField(max_length=200)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="bytes")
    width = models.PositiveIntegerField(help_text="pixels")
    height = models.PositiveIntegerField(help_text="pixels")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("asset", "sha256", "recipe"), name="one_rendition_of_a_recipe"
            ),
        )

    @property
    def name(self) -> str:
        """What it is called when it is saved."""
        return name_made(self.asset.name, self.width, self.height, self.mime)


def name_made(name: str, width: int, height: int, mime: str) -> str:
    """``"wreath.png"`` → ``"wreath-1440x1080.jpeg"``."""
    stem = name.rpartition(".")[0] or name
    return f"{stem}-{width}x{height}.{mime.rpartition('/')[2]}"
