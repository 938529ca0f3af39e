"""Makes a picture fit what a network takes. Knows no rows: bytes in, a value out.

The same bytes and limits give the same answer, and what is made is kept (``Rendition``),
so that a second try sends what the first one sent, whatever is installed meanwhile.
"""

import hashlib
import io
from dataclasses import astuple, dataclass

from django.utils.translation import gettext as _
from PIL import Image

from waypost.kit.errors import Refusal

MIME = "image/jpeg"
"""What is made is always a JPEG: every network takes it."""
_QUALITIES = (90, 84, 78, 70, 60)
_SMALLER, _ATTEMPTS = 0.8, 12  # each side, and how often it is tried

Size = tuple[int, int]
"""Width and height in pixels."""


@dataclass(frozen=True)
class Box:
    """What a network takes of one picture; ``None`` where it sets no limit."""

    bytes: int
    mimes: tuple[str, ...]
    side: int | None = None  # pixels of the longer side
    pixels: int | None = None  # width times height
    ratio: tuple[float, float] | None = None  # width by height: the narrowest, the widest

    @property
    def recipe(self) -> str:
        """A short name that differs whenever the limits do."""
        return hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:32]

    def takes(self, mime: str, size: int, shape: Size) -> bool:
        """Whether a picture may go as it is; ``size`` in bytes."""
        return mime in self.mimes and size <= self.bytes and self.shape_for(shape) == shape

    def can_be_met(self, mime: str) -> bool:
        """Whether a picture of this type can be made to fit: an animation would stand still."""
        return MIME in self.mimes and mime != "image/gif"

    def made_of(self, mime: str, size: int, shape: Size) -> Size | None:
        """How large the picture is, at most, that is made of it; ``None``: it goes as it is."""
        if self.takes(mime, size, shape) or not self.can_be_met(mime):
            return None
        return self.shape_for(shape)

    def shape_for(self, shape: Size) -> Size:
        """The size of the picture as it will be, at most; padded first, then made smaller."""
        width, height = self.padded(shape)
        factor = 1.0
        if self.side:
            factor = min(factor, self.side / max(width, height))
        if self.pixels:
            factor = min(factor, (self.pixels / (width * height)) ** 0.5)
        if factor == 1.0:
            return width, height
        return max(1, int(width * factor)), max(1, int(height * factor))

    def padded(self, shape: Size) -> Size:
        """The size with what is added at two sides, where the picture is too narrow or wide."""
        width, height = shape
        if self.ratio is None:
            return shape
        narrowest, widest = self.ratio
        if width < height * narrowest:
            return -int(-height * narrowest // 1), height
        if width > height * widest:
            return width, -int(-width / widest // 1)
        return shape


@dataclass(frozen=True)
class Fitted:
    content: bytes
    width: int  # pixels
    height: int  # pixels


def fit(content: bytes, box: Box) -> Fitted:
    """``content``, a checked picture, as a JPEG that ``box`` takes.

    What is transparent becomes white. Raises ``Refusal`` for an animation, and for a
    picture that cannot be made that small.
    """
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
        if getattr(image, "is_animated", False):
            words = _("An animated picture cannot be made to fit. Use a smaller one, or a video.")
            raise Refusal(words)
        profile = image.info.get("icc_profile")
        plain = _on_white(image, box.padded(image.size))
    plain = plain.resize(box.shape_for(plain.size), Image.Resampling.LANCZOS)
    for _attempt in range(_ATTEMPTS):
        for quality in _QUALITIES:
            made = _encoded(plain, quality, profile)
            if len(made) <= box.bytes:
                return Fitted(made, *plain.size)
        width, height = plain.size
        smaller = (max(1, int(width * _SMALLER)), max(1, int(height * _SMALLER)))
        plain = plain.resize(smaller, Image.Resampling.LANCZOS)
    raise Refusal(_("This picture cannot be made small enough. Use another one."))


def _on_white(image: Image.Image, canvas: Size) -> Image.Image:
    """The picture in the middle of a white sheet, without transparency."""
    sheet = Image.new("RGB", canvas, "white")
    corner = ((canvas[0] - image.width) // 2, (canvas[1] - image.height) // 2)
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        sheet.paste(layer, corner, layer)
    else:
        sheet.paste(image.convert("RGB"), corner)
    return sheet


def _encoded(image: Image.Image, quality: int, profile: bytes | None) -> bytes:
    stream = io.BytesIO()
    # Nothing may depend on the machine: no progressive scan, the same tables each time.
    image.save(stream, "JPEG", quality=quality, subsampling=2, icc_profile=profile)
    return stream.getvalue()
