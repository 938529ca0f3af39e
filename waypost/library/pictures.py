"""Checks a picture that somebody sent, and makes what is stored and shown of it.

Knows no rows: bytes in, a value out. A file is believed for what it decodes to, never
for its name or for what the browser said about it.
"""

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

from waypost.kit.errors import Refusal
from waypost.library.metadata import Unreadable, without_metadata

PIXEL_LIMIT = 50_000_000
FRAMES_PIXEL_LIMIT = 5 * PIXEL_LIMIT  # of all frames of an animation together
THUMBNAIL_SIDE = 480  # pixels

# Pillow's own guard speaks up above this, before anything is unpacked.
Image.MAX_IMAGE_PIXELS = PIXEL_LIMIT

_MIMES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with a second picture behind it
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
ACCEPTED_MIMES = tuple(dict.fromkeys(_MIMES.values()))
_ORIENTATION = 0x0112
_BOMBS = (Image.DecompressionBombWarning, Image.DecompressionBombError)
# What Pillow's readers raise for a damaged file, depending on the format and the damage.
_DAMAGE = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, ArithmeticError,
    struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """A picture fit to be stored."""

    content: bytes  # without metadata, turned upright
    mime: str
    width: int  # pixels
    height: int  # pixels

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def check(content: bytes) -> Checked:
    """Decode ``content`` and prepare it for storing.

    Raises ``Refusal`` when it is no JPEG, PNG, WebP or GIF, is damaged, or unpacks to
    more than ``PIXEL_LIMIT`` pixels.
    """
    try:
        return _checked(content)
    except _BOMBS:
        raise _too_many_pixels() from None
    except _DAMAGE:
        raise Refusal(
            _(
                "This file is not a picture that Waypost can open. It may be damaged, or of"
                " another kind. Choose a JPEG, PNG, WebP or GIF file."
            )
        ) from None


def _checked(content: bytes) -> Checked:
    with _open(content) as probe:
        _refuse_too_many_pixels(probe)
        probe.verify()
    with _open(content) as image:
        mime = _MIMES[str(image.format)]
        _decode_every_frame(image)
        upright = ImageOps.exif_transpose(image)
        stored = _stored(content, image, upright, mime)
        return Checked(stored, mime, upright.width, upright.height)


def _open(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "GIF"))


def _refuse_too_many_pixels(image: Image.Image) -> None:
    if image.width * image.height > PIXEL_LIMIT:
        raise _too_many_pixels()


def _decode_every_frame(image: Image.Image) -> None:
    """Leaves ``image`` at its first frame."""
    if str(image.format) in {"JPEG", "MPO"}:
        image.load()
        return
    pixels = 0
    for frame in ImageSequence.Iterator(image):
        pixels += frame.width * frame.height
        if pixels > FRAMES_PIXEL_LIMIT:
            raise _too_many_pixels()
        frame.load()
    image.seek(0)


def _stored(content: bytes, image: Image.Image, upright: Image.Image, mime: str) -> bytes:
    if image.getexif().get(_ORIENTATION, 1) == 1 or getattr(image, "is_animated", False):
        try:
            return without_metadata(content, mime)
        except Unreadable:
            if getattr(image, "is_animated", False):
                raise
    return _encoded(upright, mime)


def _encoded(image: Image.Image, mime: str) -> bytes:
    """Written anew: only for a picture that must be turned or has a strange structure."""
    stream = io.BytesIO()
    clean = image.copy()
    profile = clean.info.get("icc_profile")
    clean.info = {}
    kind = mime.removeprefix("image/").upper()
    clean.save(stream, kind, quality=95, **({"icc_profile": profile} if profile else {}))
    return without_metadata(stream.getvalue(), mime)


def thumbnail_of(content: bytes) -> bytes:
    """A small copy of a picture that was checked: WebP, THUMBNAIL_SIDE pixels at most."""
    with _open(content) as image:
        return _thumbnail(image)


def _thumbnail(image: Image.Image) -> bytes:
    small = image.convert("RGBA" if image.has_transparency_data else "RGB")
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    small.info = {}
    stream = io.BytesIO()
    small.save(stream, "WEBP", quality=80)
    return stream.getvalue()


def _too_many_pixels() -> Refusal:
    return Refusal(
        _(
            "This picture unpacks to more than %(limit)s million pixels, which is more than any"
            " network shows. Make it smaller and try again."
        )
        % {"limit": PIXEL_LIMIT // 1_000_000}
    )
