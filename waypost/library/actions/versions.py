"""New contents for a file that keeps its place, its words and its uses."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import User
from waypost.kit.errors import Refusal
from waypost.library.actions.adding import prepare_soon
from waypost.library.content import read_content
from waypost.library.kinds import Kind
from waypost.library.models import CONTENT, Asset, Version
from waypost.library.storing import drop, take


def add_version(asset: Asset, *, upload: "UploadedFile[bytes]", by: User | None) -> Asset:
    """Put ``upload`` in the place of the present content, which stays as an older version.

    Raises ``Refusal`` (field ``file``) for a content that the library has already, for one
    of another kind (a post may count on a picture), and as ``add_file`` does.
    """
    try:
        content = read_content(upload)
        _refuse_other_kind(asset, content.kind)
        _refuse_known(asset, content.sha256)
        old = _archived(asset)
        take(asset, content)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="file") from None
    newest = asset.versions.aggregate(top=Max("number"))["top"] or 0
    asset.number, asset.added_by = max(newest, old.number) + 1, by
    if not _change(asset, old):
        drop(asset.file.storage, str(asset.file.name))
        raise Refusal(_same_moment(), field="file")
    prepare_soon(asset)
    return asset


def bring_back(version: Version) -> Asset:
    """Make an older version the present one; the present one becomes an older one.

    Raises ``Refusal`` when another file of the library has that content by now.
    """
    asset = version.asset
    others = Asset.everything.filter(business_id=asset.business_id, sha256=version.sha256)
    if others.exclude(pk=asset.pk).exists():
        raise Refusal(_("Another file of the library has this very content. Use that one."))
    old = _archived(asset)
    for name, value in _told(version).items():
        setattr(asset, name, value)
    if not _change(asset, old, instead=version):
        raise Refusal(_same_moment())
    if asset.prepared_at is None:
        prepare_soon(asset)
    return asset


def _archived(asset: Asset) -> Version:
    """The present content as an older version; not saved yet."""
    return Version(asset=asset, added_at=timezone.now(), **_told(asset))


def _told(row: Asset | Version) -> dict[str, Any]:
    """What changes place with a content; of files the names, since their objects are the row's."""
    values = {name: getattr(row, name) for name in (*CONTENT, "number", "added_by")}
    return {**values, "file": row.file.name, "thumbnail": row.thumbnail.name}


def _change(asset: Asset, old: Version, *, instead: Version | None = None) -> bool:
    """Write both rows; False when somebody else changed the content at the same moment."""
    try:
        with transaction.atomic():
            if instead is not None:
                instead.delete()
            rows = Asset.objects.select_for_update().filter(pk=asset.pk, number=old.number)
            if not rows.exists():
                raise IntegrityError
            old.save(force_insert=True)
            asset.save(update_fields=[*CONTENT, "number", "added_by"])
    except IntegrityError:
        return False
    return True


def _same_moment() -> str:
    return _("Somebody else changed this file at the same moment. Look at it and try again.")


def _refuse_other_kind(asset: Asset, kind: Kind) -> None:
    if kind != asset.kind:
        words = _("This is another kind of file: %(new)s instead of %(old)s. Add it as a new file.")
        raise Refusal(words % {"new": kind.label, "old": Kind(asset.kind).label})


def _refuse_known(asset: Asset, sha256: str) -> None:
    if sha256 == asset.sha256:
        raise Refusal(_("This is the very content that the file has already."))
    if asset.versions.filter(sha256=sha256).exists():
        raise Refusal(_("This is an older version of the file. Bring that one back instead."))
    other = Asset.everything.filter(business_id=asset.business_id, sha256=sha256).first()
    if other:
        words = _("The library has this content already, as “%(name)s”.")
        raise Refusal(words % {"name": other.name})
