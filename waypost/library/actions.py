"""Verbs on the pictures of a business."""

import logging
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.library.models import Asset, stored_name, thumbnail_name
from waypost.library.pictures import Checked, check

log = logging.getLogger(__name__)


def add_picture(
    business: Business, *, upload: "UploadedFile[bytes]", by: User | None, alt: str = ""
) -> Asset:
    """Check ``upload`` and keep it; the same picture again answers the asset we have.

    ``alt`` is written when the asset has none yet. Raises ``Refusal`` (field ``pictures``)
    for a file that is too large, no picture, a decompression bomb, or cannot be stored.
    """
    try:
        checked = check(_read(upload))
        known = business.assets.filter(sha256=checked.sha256).first()
        asset = known or _keep(business, checked, name=_name(upload), by=by)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="pictures") from None
    if alt and not asset.alt:
        describe(asset, name=asset.name, alt=alt)
    return asset


def describe(asset: Asset, *, name: str, alt: str) -> None:
    """Change what the picture is called and how it is described."""
    asset.name, asset.alt = name, alt
    asset.save(update_fields=["name", "alt"])


def remove(asset: Asset) -> None:
    """Delete the picture and its files. Raises ``Refusal`` while an item shows it."""
    files = [(file.storage, file.name) for file in (asset.file, asset.thumbnail) if file.name]
    try:
        asset.delete()
    except ProtectedError:
        raise Refusal(
            _("This picture is used in a post, so it stays. Take it out of the post first.")
        ) from None
    for storage, name in files:
        transaction.on_commit(partial(_drop, storage, name))


def _read(upload: "UploadedFile[bytes]") -> bytes:
    size = upload.size or 0
    if size > settings.UPLOAD_MAX_BYTES:
        raise Refusal(
            _("This file is %(size)s. A picture may be at most %(limit)s; make it smaller.")
            % {
                "size": filesizeformat(size),
                "limit": filesizeformat(settings.UPLOAD_MAX_BYTES),
            }
        )
    upload.seek(0)
    return bytes(upload.read())


def _name(upload: "UploadedFile[bytes]") -> str:
    name = PurePath((upload.name or "").replace("\\", "/")).name
    printable = "".join(letter for letter in name if letter.isprintable()).strip()
    return printable[:200] or _("Picture")


def _keep(business: Business, checked: Checked, *, name: str, by: User | None) -> Asset:
    asset = Asset(
        business=business,
        name=name,
        mime=checked.mime,
        size=len(checked.content),
        width=checked.width,
        height=checked.height,
        sha256=checked.sha256,
        added_by=by,
    )
    asset.file.name = stored_name(asset, name)
    asset.thumbnail.name = thumbnail_name(asset, name)
    try:
        _write(asset, checked)
        with transaction.atomic():
            asset.save()
    except OSError as error:
        _drop_files(asset)
        log.error("A picture of business %s could not be stored: %s", business.pk, error)
        raise Refusal(
            _(
                "The picture could not be stored: the server has no room for it, or may not"
                " write. Tell the person who runs Waypost, then try again."
            )
        ) from None
    except IntegrityError:
        _drop_files(asset)  # somebody sent the same picture at the same moment
        return business.assets.get(sha256=checked.sha256)
    return asset


def _write(asset: Asset, checked: Checked) -> None:
    storage = asset.file.storage
    asset.file.name = storage.save(asset.file.name, ContentFile(checked.content))
    asset.thumbnail.name = storage.save(asset.thumbnail.name, ContentFile(checked.thumbnail))


def _drop_files(asset: Asset) -> None:
    for file in (asset.file, asset.thumbnail):
        _drop(file.storage, str(file.name))


def _drop(storage: Storage, name: str) -> None:
    try:
        storage.delete(name)
    except OSError as error:
        log.error("The file %s could not be deleted: %s", name, error)
