"""What the worker does with a new content: a small picture of it, and a look into it."""

import logging
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from waypost.kit.errors import Refusal
from waypost.library.kinds import Kind
from waypost.library.models import Asset
from waypost.library.pictures import thumbnail_of
from waypost.library.probing import probe
from waypost.library.storing import drop, is_storage_fault, keep_thumbnail

log = logging.getLogger(__name__)


def prepare(asset_id: int) -> None:
    """Make the small picture of an asset, or read the facts of its video or sound.

    Does nothing twice. A storage that fails leaves it for the next sweep.
    """
    asset = Asset.everything.select_related("business").filter(pk=asset_id).first()
    if asset is None or asset.prepared_at is not None:
        return
    with translation.override(asset.business.language):
        found = _found(asset)
    if found is None:
        return
    # A new version may have come meanwhile: what was found belongs to the old content.
    rows = Asset.everything.filter(pk=asset.pk, sha256=asset.sha256, prepared_at=None)
    if not rows.update(prepared_at=timezone.now(), **found):
        drop(asset.thumbnail.storage, found.get("thumbnail", ""))


def _found(asset: Asset) -> dict[str, Any] | None:
    """The columns to write; ``None`` when the file cannot be read now."""
    try:
        if asset.kind == Kind.PICTURE:
            with asset.file.open("rb") as stream:
                small = thumbnail_of(stream.read())
            return {"thumbnail": keep_thumbnail(asset, small)}
        if asset.kind in (Kind.VIDEO, Kind.AUDIO):
            with asset.file.open("rb") as stream:
                return probe(stream)  # type: ignore[arg-type]
    except Refusal as refusal:
        return {"trouble": refusal.message}
    except Exception as error:
        # Whatever a decoder makes of a damaged file is that file's trouble, not the worker's.
        if not is_storage_fault(error):
            log.exception("The file of asset %s cannot be prepared", asset.pk)
            return {"trouble": _("This file could not be read. It may be damaged.")}
        log.error("The file of asset %s cannot be read now: %s", asset.pk, error)
        return None
    return {}
