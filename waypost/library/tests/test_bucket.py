"""The library over a bucket: a real client speaks HTTP to moto's server."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from waypost.accounts.models import Business, User
from waypost.library.actions import add_file, add_picture, add_version, prepare, remove
from waypost.library.bucket import Bucket
from waypost.library.erasing import erase_forgotten
from waypost.library.fitting import Box
from waypost.library.models import Asset
from waypost.library.renditions import bytes_for
from waypost.library.tests import buckets
from waypost.library.tests.samples import mp4, sent
from waypost.tests import factories

server, objects, keys, body = buckets.server, buckets.objects, buckets.keys, buckets.body
SMALL = Box(bytes=1_000_000, mimes=("image/jpeg",), side=40)


def added(business: Business, owner: User, name: str, content: bytes) -> Asset:
    asset = add_file(business, upload=sent(name, content), by=owner).asset
    prepare(asset.pk)
    return Asset.everything.get(pk=asset.pk)


def test_a_picture_and_its_small_copy_lie_in_the_folder_of_the_bucket(
    objects: Any, business: Business, owner: User
) -> None:
    asset = added(business, owner, "candle.png", factories.picture_bytes(900, 300))
    assert keys(objects) == sorted([f"shop/{asset.file.name}", f"shop/{asset.thumbnail.name}"])
    with asset.thumbnail.open("rb") as stream:
        assert Image.open(io.BytesIO(stream.read())).size == (480, 160)


def test_an_object_is_never_a_page_where_it_lies(
    objects: Any, business: Business, owner: User
) -> None:
    asset = added(business, owner, "page.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    lying = objects.Object(f"shop/{asset.file.name}")
    assert (lying.content_type, lying.content_disposition) == (
        "application/octet-stream",
        "attachment",
    )
    grants = lying.Acl().grants
    assert [each["Grantee"]["Type"] for each in grants] == ["CanonicalUser"]  # nobody else


def test_people_get_it_through_the_guard_with_the_same_headers(
    objects: Any, business: Business, owner: User, page: Client, stranger: User,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    content = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    asset = added(business, owner, "page.svg", content)
    address = reverse("library:file", args=[business.slug, asset.pk])
    response = page.get(address)
    assert body(response) == content
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == 'attachment; filename="page.svg"'
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert sign_in(stranger).get(address).status_code == 404


def test_a_film_is_looked_into_and_played_from_its_middle(
    objects: Any, business: Business, owner: User, page: Client
) -> None:
    content = mp4(seconds=9, width=1080, height=1920, padding=3_000_000)
    asset = added(business, owner, "film.mp4", content)
    assert (asset.seconds, asset.width, asset.height) == (9.0, 1080, 1920)
    address = reverse("library:file", args=[business.slug, asset.pk])
    part = page.get(address, headers={"range": "bytes=2000000-2000009"})
    assert (part.status_code, body(part)) == (206, content[2_000_000:2_000_010])
    assert part.headers["Content-Range"] == f"bytes 2000000-2000009/{len(content)}"
    whole = page.get(address)
    assert whole.headers["Content-Length"] == str(len(content))
    assert body(whole) == content


def test_a_picture_is_fitted_once_and_kept(objects: Any, business: Business, owner: User) -> None:
    asset = added(business, owner, "wide.png", factories.picture_bytes(200, 100))
    first = bytes_for(asset, SMALL)
    assert Image.open(io.BytesIO(first)).size == (40, 20)
    assert bytes_for(asset, SMALL) == first
    assert [f"shop/{row.file.name}" for row in asset.renditions.all()] == [
        key for key in keys(objects) if key.endswith(".jpg")
    ]


def test_a_version_keeps_both_contents_and_erasing_takes_everything(
    objects: Any, business: Business, owner: User, django_capture_on_commit_callbacks: Any
) -> None:
    asset = add_picture(business, upload=sent("a.png"), by=owner)
    bytes_for(asset, SMALL)
    new = sent("b.png", factories.picture_bytes(70, 70))
    add_version(asset, upload=new, by=owner)
    assert len(keys(objects)) == len(asset.versions.all()) + 1 + asset.renditions.count()
    remove(business, [asset])
    Asset.everything.update(removed_at="2020-01-01T00:00:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        erase_forgotten()
    assert keys(objects) == []


def test_a_file_that_is_gone_from_the_bucket_is_not_found(
    objects: Any, business: Business, owner: User, page: Client
) -> None:
    asset = added(business, owner, "a.png", factories.picture_bytes())
    objects.objects.all().delete()
    assert page.get(reverse("library:file", args=[business.slug, asset.pk])).status_code == 404


def test_a_bucket_that_is_not_there_is_told_in_words_and_leaves_no_row(
    objects: Any, business: Business, page: Client, settings: Any
) -> None:
    options = {**settings.STORAGES["default"]["OPTIONS"], "bucket_name": "nowhere"}
    default = {**settings.STORAGES["default"], "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    response = page.post(
        reverse("library:upload", args=[business.slug]), {"files": [sent("a.png")]}, follow=True
    )
    assert "The file could not be stored" in response.content.decode()
    assert Asset.everything.count() == 0


def test_a_server_that_does_not_answer_leaves_a_file_for_the_next_sweep(
    objects: Any, business: Business, owner: User, settings: Any
) -> None:
    asset = add_picture(business, upload=sent("a.png"), by=owner)
    options = {**settings.STORAGES["default"]["OPTIONS"], "endpoint_url": "http://127.0.0.1:9"}
    default = {**settings.STORAGES["default"], "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    prepare(asset.pk)
    asset.refresh_from_db()
    assert (asset.prepared_at, asset.trouble) == (None, "")


@pytest.fixture
def letters(objects: Any) -> bytes:
    content = bytes(range(256)) * 64
    default_storage.save("letters", ContentFile(content))
    return content


def test_only_what_is_read_is_fetched(letters: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with default_storage.open("letters") as stream:
        stream.seek(-10, io.SEEK_END)
        assert (stream.read(), stream.tell()) == (letters[-10:], len(letters))
        stream.seek(300)
        stream.seek(5, io.SEEK_CUR)
        assert stream.read(7) == letters[305:312]
        stream.seek(len(letters) + 5)
        assert stream.read() == b""
    assert default_storage.size("letters") == len(letters)


def test_an_answer_that_ends_early_is_no_shorter_file(letters: bytes, server: str) -> None:
    storage = default_storage._wrapped if hasattr(default_storage, "_wrapped") else default_storage
    assert isinstance(storage, Bucket)
    stream = storage.open("letters").file.detach()
    stream._size += 100  # the head had promised more
    with pytest.raises(OSError, match="ended shop/letters after 16384 bytes"):
        io.BufferedReader(stream).read()


def test_a_file_in_a_bucket_is_not_written_in_place(letters: bytes) -> None:
    with pytest.raises(ValueError, match="only read"):
        default_storage.open("letters", "wb")
