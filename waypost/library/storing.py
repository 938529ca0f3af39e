"""Puts contents where files are kept, and takes them away again."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.translation import gettext as _

from waypost.kit.errors import Refusal
from waypost.library.content import Content
from waypost.library.models import Asset, Stored, stored_name, thumbnail_name

log = logging.getLogger(__name__)


def take(row: Asset, content: Content) -> None:
    """Write what is known of ``content`` into ``row``, and its bytes into the storage.

    Raises ``Refusal`` when the storage cannot keep them.
    """
    row.kind, row.mime, row.size = content.kind, content.mime, content.size
    row.width, row.height, row.sha256 = content.width, content.height, content.sha256
    row.thumbnail.name, row.prepared_at, row.trouble = "", None, ""
    row.seconds, row.frame_rate, row.video_codec, row.audio_codec = None, None, "", ""
    row.file.name = stored_name(row, row.name)
    with in_words(row.file.storage, str(row.file.name)):
        row.file.name = row.file.storage.save(row.file.name, content.body)


def keep_thumbnail(row: Stored, small: bytes) -> str:
    """The name under which the small copy is stored."""
    storage = row.thumbnail.storage
    return str(storage.save(thumbnail_name(row, ""), ContentFile(small)))


@contextmanager
def in_words(storage: Storage, name: str) -> Iterator[None]:
    """A storage that fails becomes a sentence, and leaves nothing behind."""
    try:
        yield
    except Exception as error:  # see is_storage_fault; others go on
        if not is_storage_fault(error):
            raise
        log.error("The file %s could not be stored: %s", name, error)
        drop(storage, name)
        raise Refusal(
            _(
                "The file could not be stored: the server has no room for it, or may not"
                " write. Tell the person who runs Waypost, then try again."
            )
        ) from None


def is_storage_fault(error: Exception) -> bool:
    """Whether the place where files are kept failed; a bucket's client has errors of its own."""
    module = type(error).__module__.partition(".")[0]
    return isinstance(error, OSError) or module in {"botocore", "boto3", "s3transfer"}


def drop(storage: Storage, name: str) -> None:
    """Take a stored file away; one that cannot be reached is only noted."""
    if not name:
        return
    try:
        storage.delete(name)
    except Exception as error:  # see is_storage_fault; others go on
        if not is_storage_fault(error):
            raise
        log.error("The file %s could not be deleted: %s", name, error)


def names_of(asset: Asset) -> list[str]:
    """Every stored file of an asset, with its versions and renditions."""
    rows: list[Stored] = [asset, *asset.versions.all()]
    names = [str(file.name) for row in rows for file in (row.file, row.thumbnail) if file.name]
    return names + [str(each.file.name) for each in asset.renditions.all()]
