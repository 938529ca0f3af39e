"""Pictures as networks want them, made once and kept."""

import secrets

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from waypost.library.fitting import MIME, Box, fit
from waypost.library.models import Asset, Rendition
from waypost.library.storing import drop


def bytes_for(asset: Asset, box: Box) -> bytes:
    """The picture as ``box`` takes it: the original where it fits, else its rendition.

    Raises ``Refusal`` where it cannot be made to fit, and what the storage raises.
    """
    row = rendition_for(asset, box)
    if row is None:
        return _read(asset)
    with row.file.open("rb") as stream:
        return bytes(stream.read())


def rendition_for(asset: Asset, box: Box) -> Rendition | None:
    """The picture as it is made for ``box``, kept for the next time; ``None``: it fits as it is.

    Raises as ``bytes_for`` does.
    """
    if box.takes(asset.mime, asset.size, (asset.width, asset.height)):
        return None
    return _rows(asset, box).first() or _made(asset, box)


def _rows(asset: Asset, box: Box) -> "QuerySet[Rendition, Rendition]":
    return asset.renditions.filter(sha256=asset.sha256, recipe=box.recipe)


def _made(asset: Asset, box: Box) -> Rendition:
    fitted = fit(_read(asset), box)
    row = Rendition(
        asset=asset,
        sha256=asset.sha256,
        recipe=box.recipe,
        mime=MIME,
        size=len(fitted.content),
        width=fitted.width,
        height=fitted.height,
    )
    # Its own name for each try: whoever was quicker must not lose theirs to our cleaning up.
    token = secrets.token_hex(4)
    name = f"{asset.business_id}/{asset.sha256[:2]}/{asset.sha256}.{box.recipe}.{token}.jpg"
    row.file.name = row.file.storage.save(name, ContentFile(fitted.content))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        drop(row.file.storage, str(row.file.name))  # another worker was quicker
        return _rows(asset, box).get()
    return row


def _read(asset: Asset) -> bytes:
    with asset.file.open("rb") as stream:
        return bytes(stream.read())
