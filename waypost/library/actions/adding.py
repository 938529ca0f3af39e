"""Putting files and links into the library."""

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.library import work
from waypost.library.content import Content, name_of, read_content
from waypost.library.kinds import Kind
from waypost.library.models import Asset, Folder, Version
from waypost.library.storing import drop, take

FOR_POSTS = (Kind.PICTURE, Kind.VIDEO)


class How(StrEnum):
    """What became of a file that somebody sent."""

    NEW = "new"
    KNOWN = "known"  # the same content is in the library already
    OLDER = "older"  # it is an older version of a file in the library
    RESTORED = "restored"  # it had been deleted, and is back


@dataclass(frozen=True)
class Added:
    asset: Asset
    how: How


def add_file(
    business: Business,
    *,
    upload: "UploadedFile[bytes]",
    by: User | None,
    folder: Folder | None = None,
    only: Container[Kind] | None = None,
    wrong: str = "",
    field: str = "files",
) -> Added:
    """Check ``upload`` and keep it; the same content again answers the asset that has it.

    Raises ``Refusal`` (with ``field``) as :func:`waypost.library.content.read_content` does,
    and when the file cannot be stored.
    """
    try:
        content = read_content(upload, only=only, wrong=wrong)
        found = _known(business, content)
        if found is None:
            found = _keep(business, content, name=name_of(upload), by=by, folder=folder)
    except Refusal as refusal:
        raise Refusal(refusal.message, field=field) from None
    return found


def add_picture(
    business: Business, *, upload: "UploadedFile[bytes]", by: User | None, alt: str = ""
) -> Asset:
    """Keep a picture or video for a post; ``alt`` is written when the asset has none yet.

    Raises ``Refusal`` (field ``pictures``), also for a file of another kind.
    """
    wrong = _(
        "This file is not a picture or video that Waypost can open. Choose a JPEG, PNG, WebP or"
        " GIF file, or an MP4 video."
    )
    added = add_file(
        business, upload=upload, by=by, only=FOR_POSTS, wrong=wrong, field="pictures"
    ).asset
    if alt and not added.alt:
        added.alt = alt
        added.save(update_fields=["alt"])
    return added


def add_link(
    business: Business, *, link: str, name: str, by: User | None, folder: Folder | None = None
) -> Added:
    """Keep the address of a file that lies elsewhere; the same address again is the same entry."""
    known = business.assets.filter(kind=Kind.LINK, link=link).first()
    if known:
        return Added(known, How.KNOWN)
    made = Asset.objects.create(
        business=business, kind=Kind.LINK, link=link, name=name, folder=folder, added_by=by,
        mime="text/uri-list", prepared_at=timezone.now(),
    )  # fmt: skip
    return Added(made, How.NEW)


def prepare_soon(asset: Asset) -> None:
    """Have a worker look at it; a lost wake-up is made good by its sweep."""
    transaction.on_commit(partial(work.look_at, asset.pk))


def _known(business: Business, content: Content) -> Added | None:
    asset = Asset.everything.filter(business=business, sha256=content.sha256).first()
    if asset is None:
        return _older(business, content)
    if asset.removed_at is None:
        return Added(asset, How.KNOWN)
    asset.removed_at = None
    asset.save(update_fields=["removed_at"])
    return Added(asset, How.RESTORED)


def _older(business: Business, content: Content) -> Added | None:
    rows = Version.objects.filter(asset__business=business, asset__removed_at=None)
    version = rows.filter(sha256=content.sha256).select_related("asset").first()
    return Added(version.asset, How.OLDER) if version else None


def _keep(
    business: Business, content: Content, *, name: str, by: User | None, folder: Folder | None
) -> Added:
    asset = Asset(business=business, name=name, added_by=by, folder=folder)
    take(asset, content)
    try:
        with transaction.atomic():
            asset.save()
    except IntegrityError:
        drop(asset.file.storage, str(asset.file.name))
        known = _known(business, content)  # somebody sent the same file at the same moment
        if known is None:
            raise
        return known
    prepare_soon(asset)
    return Added(asset, How.NEW)
