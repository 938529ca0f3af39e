"""Takes files away for good."""

import logging
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from waypost.library.models import Asset
from waypost.library.storing import drop, names_of

log = logging.getLogger(__name__)

KEPT = timedelta(days=30)
"""How long a deleted file can be put back."""
AT_ONCE = 100


def erase(asset: Asset) -> None:
    """Delete the row and all its stored files. Raises ``ProtectedError`` while a post shows it."""
    storage, names = asset.file.storage, names_of(asset)
    asset.delete()
    for name in names:
        transaction.on_commit(partial(drop, storage, name))


def erase_forgotten() -> None:
    """Erase what was deleted long ago and not put back."""
    old = Asset.everything.filter(removed_at__lt=timezone.now() - KEPT)
    for asset in old[:AT_ONCE]:
        try:
            erase(asset)
        except ProtectedError:
            # A post took it in the moment in which it was deleted: it stays.
            Asset.everything.filter(pk=asset.pk).update(removed_at=None)
            log.warning("Asset %s was deleted while a post took it; it is back", asset.pk)
