"""Takes out of a picture what it says about its maker, without touching one pixel.

A photograph may carry the place where it was taken, the camera's serial number or a
smaller copy that shows what was cropped away. Only what a screen needs to draw the
picture stays: the image data, its colour profile and its animation.
"""

from collections.abc import Callable, Iterator

_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WEBP_EXIF_AND_XMP = 0x04 | 0x08
_JPEG_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD9)}
_GIF_KEPT_APPLICATIONS = {b"NETSCAPE2.0", b"ANIMEXTS1.0"}  # how often the animation repeats


class Unreadable(ValueError):
    """The file is not built as its format demands."""


def without_metadata(content: bytes, mime: str) -> bytes:
    """``content`` (a whole file of type ``mime``) with the same pixels and nothing else.

    Raises ``Unreadable`` when the file's structure cannot be followed, ``KeyError`` for
    another type than JPEG, PNG, WebP and GIF.
    """
    try:
        return _STRIPPERS[mime](content)
    except IndexError:
        raise Unreadable("the file ends too soon") from None


def _jpeg(content: bytes) -> bytes:
    parts = [b"\xff\xd8"]
    for marker, start, end in _jpeg_segments(content):
        if _jpeg_keeps(marker, content[start:end]):
            parts.append(content[start:end])
    return b"".join(parts)


def _jpeg_segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment, up to the end of the first image.

    What follows that end is dropped: phones put a second picture there.
    """
    at = 2
    while True:
        if content[at] != 0xFF:
            raise Unreadable("no marker where one must be")
        while content[at + 1] == 0xFF:
            at += 1
        marker, end = content[at + 1], at + 2
        if marker not in _JPEG_WITHOUT_LENGTH and marker != 0xD9:
            end += int.from_bytes(content[end : end + 2])
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        yield marker, at, end
        if marker == 0xD9:
            return
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise Unreadable("the image data has no end")
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
        elif content[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _jpeg_keeps(marker: int, segment: bytes) -> bool:
    body = segment[4:]
    if marker == 0xE0:
        return body.startswith(b"JFIF\0")
    if marker == 0xE2:
        return body.startswith(b"ICC_PROFILE\0")
    if marker == 0xEE:
        return body.startswith(b"Adobe")
    return not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _png(content: bytes) -> bytes:
    parts, at, kind = [content[:8]], 8, b""
    while kind != b"IEND":
        kind = content[at + 4 : at + 8]
        end = at + 12 + int.from_bytes(content[at : at + 4])
        if end > len(content):
            raise Unreadable("a chunk ends after the file")
        if kind in _PNG_KEPT:
            parts.append(content[at:end])
        at = end
    return b"".join(parts)


def _webp(content: bytes) -> bytes:
    parts, at = [], 12
    last = min(len(content), 8 + int.from_bytes(content[4:8], "little"))
    while at + 8 <= last:
        kind, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        chunk = content[at : at + 8 + size + size % 2]
        if len(chunk) < 8 + size:
            raise Unreadable("a chunk ends after the file")
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~_WEBP_EXIF_AND_XMP,)) + chunk[9:]
        if kind in _WEBP_KEPT:
            parts.append(chunk)
        at += len(chunk)
    body = b"WEBP" + b"".join(parts)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _gif(content: bytes) -> bytes:
    at = 13 + _colour_table(content[10])
    parts = [content[:at]]
    while content[at] != 0x3B:
        end = _end_of_block(content, at)
        if _gif_keeps(content, at):
            parts.append(content[at:end])
        at = end
    return b"".join((*parts, b";"))


def _colour_table(flags: int) -> int:
    """Size of the colour table that ``flags`` announces, in bytes."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end_of_block(content: bytes, at: int) -> int:
    if content[at] == 0x21:
        return _end_of_sub_blocks(content, at + 2)
    if content[at] == 0x2C:
        return _end_of_sub_blocks(content, at + 11 + _colour_table(content[at + 9]))
    raise Unreadable("an unknown block")


def _end_of_sub_blocks(content: bytes, at: int) -> int:
    while size := content[at]:
        at += 1 + size
    return at + 1


def _gif_keeps(content: bytes, at: int) -> bool:
    if content[at] == 0x2C or content[at + 1] == 0xF9:
        return True
    return content[at + 1] == 0xFF and content[at + 3 : at + 14] in _GIF_KEPT_APPLICATIONS


_STRIPPERS: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/gif": _gif,
}
