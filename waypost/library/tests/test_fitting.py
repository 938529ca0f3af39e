"""Pictures made to fit what a network takes."""

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from waypost.accounts.models import Business
from waypost.kit.errors import Refusal
from waypost.library.actions import add_file
from waypost.library.fitting import Box, fit
from waypost.library.models import Rendition
from waypost.library.renditions import bytes_for
from waypost.library.tests.samples import sent

ALL = ("image/jpeg", "image/png", "image/webp", "image/gif")


def noise(width: int, height: int, fmt: str = "PNG", mode: str = "RGB") -> bytes:
    """A picture that does not pack well."""
    stream = io.BytesIO()
    Image.effect_noise((width, height), 90).convert(mode).save(stream, fmt)
    return stream.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_picture_that_fits_is_left_alone() -> None:
    box = Box(1000, ALL, side=100)
    assert box.takes("image/png", 1000, (100, 40))
    refused = [("image/tiff", 9, (9, 9)), ("image/png", 1001, (9, 9)), ("image/png", 9, (101, 9))]
    assert [box.takes(*each) for each in refused] == [False, False, False]


def test_too_many_bytes_are_made_fewer_with_the_same_shape() -> None:
    content = noise(900, 600)
    box = Box(len(content) // 8, ALL)
    made = fit(content, box)
    assert len(made.content) <= box.bytes
    with opened(made.content) as image:
        assert (image.format, image.size) == ("JPEG", (made.width, made.height))
        assert abs(image.width / image.height - 1.5) < 0.02


def test_the_same_picture_and_limits_give_the_same_bytes() -> None:
    content, box = noise(300, 200), Box(20_000, ALL, side=250)
    assert fit(content, box) == fit(content, box)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 300),
    st.integers(1, 300),
    st.one_of(st.none(), st.integers(20, 400)),
    st.one_of(st.none(), st.integers(400, 90_000)),
    st.one_of(st.none(), st.tuples(st.sampled_from([0.5, 0.8, 1.0]), st.sampled_from([1.0, 1.91]))),
)
def test_the_shape_that_is_foretold_keeps_every_limit_and_is_made(
    width: int, height: int, side: int | None, pixels: int | None, ratio: Any
) -> None:
    box = Box(10_000_000, ALL, side, pixels, ratio)
    shape = box.shape_for((width, height))
    assert max(shape) <= (side or 10_000)
    assert shape[0] * shape[1] <= (pixels or 10**9) or 1 in shape
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(stream, "PNG")
    made = fit(stream.getvalue(), box)
    assert (made.width, made.height) == shape


def test_a_picture_that_is_too_wide_gets_white_above_and_below() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (400, 100), "black").save(stream, "PNG")
    made = fit(stream.getvalue(), Box(10**6, ALL, ratio=(0.8, 1.6)))
    with opened(made.content) as image:
        assert image.size == (400, 250)
        corner, middle = image.getpixel((200, 5)), image.getpixel((200, 125))
    assert isinstance(corner, tuple)
    assert isinstance(middle, tuple)
    assert (min(corner) > 240, max(middle) < 15) == (True, True)


def test_what_is_transparent_becomes_white() -> None:
    stream = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(stream, "PNG")
    with opened(fit(stream.getvalue(), Box(10**6, ("image/jpeg",))).content) as image:
        assert image.getpixel((10, 10)) == (255, 255, 255)


def test_an_animation_is_refused_in_words() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    stream = io.BytesIO()
    frames[0].save(stream, "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(Refusal, match="animated"):
        fit(stream.getvalue(), Box(10**6, ("image/jpeg",)))
    assert not Box(1, ALL).can_be_met("image/gif")


def test_what_cannot_be_made_small_enough_is_refused_in_words() -> None:
    with pytest.raises(Refusal, match="small enough"):
        fit(noise(50, 50), Box(10, ALL))


def test_what_was_made_is_kept_and_sent_again(business: Business, monkeypatch: Any) -> None:
    content = noise(300, 300)
    asset = add_file(business, upload=sent("a.png", content), by=None).asset
    box = Box(len(content) // 3, ALL)
    first = bytes_for(asset, box)
    monkeypatch.setattr(Image.Image, "save", None)  # nothing may be made a second time
    assert bytes_for(asset, box) == first
    row = Rendition.objects.get()
    assert (row.size, row.sha256, row.mime) == (len(first), asset.sha256, "image/jpeg")


def test_other_limits_have_a_picture_of_their_own(business: Business) -> None:
    asset = add_file(business, upload=sent("a.png", noise(300, 300)), by=None).asset
    bytes_for(asset, Box(20_000, ALL))
    bytes_for(asset, Box(10_000, ALL))
    assert asset.renditions.count() == 2
    assert bytes_for(asset, Box(10**7, ALL)) == noise_of(asset)


def noise_of(asset: Any) -> bytes:
    with asset.file.open("rb") as stream:
        return bytes(stream.read())
