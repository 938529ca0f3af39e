"""Reads what somebody sent and says what may be stored of it. Knows no rows."""

import hashlib
from collections.abc import Container
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from waypost.kit.errors import Refusal
from waypost.library.kinds import Kind, tell
from waypost.library.pictures import check

LARGEST_PICTURE = 40 * 1024 * 1024
"""Bytes: a picture is unpacked in memory, whatever else may be kept."""


@dataclass(frozen=True)
class Content:
    """What a file that somebody sent holds, fit to be stored."""

    kind: Kind
    mime: str
    body: "File[Any]"
    size: int  # bytes
    sha256: str
    width: int = 0  # pixels
    height: int = 0  # pixels


def read_content(
    upload: "UploadedFile[bytes]", *, only: Container[Kind] | None = None, wrong: str = ""
) -> Content:
    """Check ``upload``. ``only`` names the kinds that are taken, ``wrong`` says so in words.

    Raises ``Refusal`` for a file that is too large, empty, a program, of a kind that is
    not taken or not what its name says; a picture also when it is damaged or a bomb.
    """
    _refuse_too_large(upload, settings.UPLOAD_MAX_BYTES)
    upload.seek(0)
    told = tell(upload, name_of(upload))  # type: ignore[arg-type]
    if only is not None and told.kind not in only:
        raise Refusal(wrong)
    if told.kind == Kind.PICTURE:
        return _picture(upload)
    return Content(told.kind, told.mime, upload, upload.size or 0, _fingerprint(upload))


def name_of(upload: "UploadedFile[bytes]") -> str:
    """What the person called it, without a path and without invisible letters."""
    name = PurePath((upload.name or "").replace("\\", "/")).name
    printable = "".join(letter for letter in name if letter.isprintable()).strip()
    return printable[:200] or _("File")


def _picture(upload: "UploadedFile[bytes]") -> Content:
    _refuse_too_large(upload, LARGEST_PICTURE)
    found = check(bytes(upload.read()))
    body = ContentFile(found.content)
    size = len(found.content)
    return Content(Kind.PICTURE, found.mime, body, size, found.sha256, found.width, found.height)


def _refuse_too_large(upload: "UploadedFile[bytes]", limit: int) -> None:
    size = upload.size or 0
    if size > limit:
        words = _("This file is %(size)s. It may be at most %(limit)s; make it smaller.")
        raise Refusal(words % {"size": filesizeformat(size), "limit": filesizeformat(limit)})


def _fingerprint(upload: "UploadedFile[bytes]") -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
