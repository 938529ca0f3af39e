"""What is let in, and what is left of it."""

import io
import struct
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from waypost.kit.errors import Refusal
from waypost.library import pictures
from waypost.library.metadata import Unreadable, without_metadata
from waypost.library.pictures import THUMBNAIL_SIDE, check, thumbnail_of
from waypost.tests.factories import picture_bytes

SECRET = b"Trubarjeva 5"
KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}


def exif(*, orientation: int = 1) -> Image.Exif:
    """Camera data with an address in it, as a phone writes it."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010E] = SECRET.decode()
    data.get_ifd(0x8825)[1] = "N"
    return data


def photo(fmt: str, *, size: tuple[int, int] = (60, 40), **saving: Any) -> bytes:
    stream = io.BytesIO()
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.save(stream, fmt, **saving)
    return stream.getvalue()


def animation(fmt: str, frames: int = 3) -> bytes:
    stream = io.BytesIO()
    images = [Image.new("RGB", (20, 10), (n * 80, 0, 0)) for n in range(frames)]
    images[0].save(stream, fmt, save_all=True, append_images=images[1:], duration=100, loop=0)
    return stream.getvalue()


def pixels(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as image:
        return image.convert("RGB").tobytes()


def png_that_claims(width: int, height: int) -> bytes:
    """A tiny file whose header announces a huge picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + body + chunk(b"IEND", b"")


@pytest.mark.parametrize(("fmt", "mime"), KINDS.items())
def test_a_picture_without_metadata_is_kept_byte_by_byte(fmt: str, mime: str) -> None:
    content = photo(fmt)
    checked = check(content)
    assert (checked.content, checked.mime) == (content, mime)
    assert (checked.width, checked.height) == (60, 40)


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
def test_metadata_is_removed_and_no_pixel_changes(fmt: str) -> None:
    content = photo(fmt, exif=exif())
    assert SECRET in content
    checked = check(content)
    assert SECRET not in checked.content
    assert pixels(checked.content) == pixels(content)
    with Image.open(io.BytesIO(checked.content)) as image:
        assert dict(image.getexif()) == {}


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
def test_a_picture_taken_sideways_is_stored_upright_and_without_metadata(fmt: str) -> None:
    checked = check(photo(fmt, exif=exif(orientation=6)))
    assert (checked.width, checked.height) == (40, 60)
    assert SECRET not in checked.content
    with Image.open(io.BytesIO(checked.content)) as image:
        assert (image.size, dict(image.getexif())) == ((40, 60), {})


def test_comments_of_a_jpeg_and_what_stands_behind_its_end_are_removed() -> None:
    content = photo("JPEG", comment=SECRET) + photo("JPEG", comment=SECRET)
    assert check(content).content == photo("JPEG")


def test_words_in_a_png_are_removed() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET.decode())
    words.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    content = photo("PNG", pnginfo=words) + SECRET
    assert check(content).content == photo("PNG")


def test_the_comment_of_a_gif_is_removed() -> None:
    content = photo("GIF", comment=SECRET)
    assert SECRET in content
    checked = check(content)
    assert SECRET not in checked.content
    assert pixels(checked.content) == pixels(content)


def test_the_colour_profile_stays() -> None:
    profile = b"a colour profile"
    for fmt in ("JPEG", "PNG", "WEBP"):
        stored = check(photo(fmt, icc_profile=profile, exif=exif(orientation=3))).content
        with Image.open(io.BytesIO(stored)) as image:
            assert image.info.get("icc_profile") == profile


@pytest.mark.parametrize("fmt", ["GIF", "WEBP", "PNG"])
def test_an_animation_stays_as_it_is(fmt: str) -> None:
    content = animation(fmt)
    checked = check(content)
    assert checked.content == content
    with Image.open(io.BytesIO(checked.content)) as image:
        assert (getattr(image, "n_frames", 1), image.info.get("loop")) == (3, 0)


def test_the_thumbnail_is_a_small_webp() -> None:
    with Image.open(io.BytesIO(thumbnail_of(photo("JPEG", size=(1200, 600))))) as image:
        assert (image.format, image.size) == ("WEBP", (THUMBNAIL_SIDE, THUMBNAIL_SIDE // 2))


def test_the_thumbnail_keeps_what_is_transparent() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(stream, "PNG")
    with Image.open(io.BytesIO(thumbnail_of(stream.getvalue()))) as image:
        assert image.convert("RGBA").getpixel((5, 5)) == (0, 0, 0, 0)


@pytest.mark.parametrize("size", [(8000, 8000), (12_000, 12_000), (60_000, 60_000)])
def test_a_decompression_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(Refusal, match="more than 50 million pixels"):
        check(png_that_claims(*size))


def test_an_animation_that_unpacks_to_too_much_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(pictures, "FRAMES_PIXEL_LIMIT", 500)
    with pytest.raises(Refusal, match="million pixels"):
        check(animation("GIF"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just words",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7",
        photo("BMP"),
        photo("TIFF"),
        photo("JPEG")[:300],
        photo("PNG")[:-30],
        photo("WEBP")[:-20],
        photo("GIF")[:-40],
    ],
)
def test_what_is_no_whole_picture_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Refusal, match="not a picture that Waypost can open"):
        check(content)


def test_html_behind_a_picture_does_not_get_in() -> None:
    page = b"<html><script>alert(1)</script></html>"
    for fmt in KINDS:
        assert page not in check(photo(fmt) + page).content


def test_a_jpeg_that_is_built_strangely_is_written_anew(monkeypatch: Any) -> None:
    first, answers = without_metadata, []

    def strange(content: bytes, mime: str) -> bytes:
        answers.append(mime)
        if len(answers) == 1:
            raise Unreadable
        return first(content, mime)

    monkeypatch.setattr(pictures, "without_metadata", strange)
    checked = check(photo("JPEG"))
    assert (checked.width, checked.height, answers) == (60, 40, ["image/jpeg"] * 2)


@pytest.mark.parametrize("fmt", KINDS)
def test_a_file_cut_anywhere_is_unreadable_or_still_whole(fmt: str) -> None:
    content = photo(fmt)
    for length in range(12, len(content) - 1, 7):
        try:
            kept = without_metadata(content[:length], KINDS[fmt])
        except Unreadable:
            continue
        assert len(kept) <= len(content)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    fmt=st.sampled_from(sorted(KINDS)),
    changes=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=8),
)
def test_a_damaged_file_is_refused_or_stored_never_a_crash(
    fmt: str, changes: list[tuple[int, int]]
) -> None:
    content = bytearray(photo(fmt))
    for place, value in changes:
        content[place % len(content)] = value
    mime = "refused"
    with suppress(Refusal):
        mime = check(bytes(content)).mime
    assert mime in {"refused", *KINDS.values()}


def test_the_factory_makes_pictures_that_pass() -> None:
    assert check(picture_bytes()).mime == "image/png"
