"""What the worker does with a new file."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.utils import timezone
from PIL import Image

from waypost.accounts.models import Business, User
from waypost.flow.engine import huey
from waypost.library import work
from waypost.library.actions import add_file, add_version, prepare
from waypost.library.models import Asset
from waypost.library.tests.samples import mp4, sent, wav
from waypost.tests import factories


def prepared(asset: Asset) -> Asset:
    prepare(asset.pk)
    return Asset.everything.get(pk=asset.pk)


def test_a_video_is_looked_into(business: Business, owner: User) -> None:
    film = sent("film.mp4", mp4(seconds=12.5, width=1080, height=1920, codec=b"hvc1"))
    asset = add_file(business, upload=film, by=owner).asset
    assert asset.is_waiting
    asset = prepared(asset)
    facts = (asset.seconds, asset.width, asset.height, asset.frame_rate, asset.video_codec)
    assert facts == (12.5, 1080, 1920, 25.0, "HEVC")
    assert (asset.is_waiting, asset.trouble) == (False, "")


def test_a_sound_has_a_length(business: Business, owner: User) -> None:
    asset = prepared(add_file(business, upload=sent("a.wav", wav(3)), by=owner).asset)
    assert (asset.seconds, asset.audio_codec, asset.width) == (3.0, "PCM", 0)


def test_a_film_without_a_film_in_it_is_said_in_words(business: Business, owner: User) -> None:
    empty = sent("a.mp4", b"\x00\x00\x00\x18ftypisom" + bytes(100))
    asset = prepared(add_file(business, upload=empty, by=owner).asset)
    assert asset.trouble.startswith("There is no video and no sound in this file.")


def test_what_is_no_picture_needs_nothing_but_a_mark(business: Business, owner: User) -> None:
    asset = add_file(business, upload=sent("a.pdf", b"%PDF-1.7"), by=owner).asset
    assert not asset.is_waiting
    assert prepared(asset).prepared_at is not None


def test_nothing_is_prepared_twice(business: Business, owner: User) -> None:
    asset = prepared(add_file(business, upload=sent("a.png"), by=owner).asset)
    again = prepared(asset)
    assert (again.thumbnail.name, again.prepared_at) == (asset.thumbnail.name, asset.prepared_at)
    prepare(0)


def test_a_disk_that_fails_leaves_it_for_later(
    business: Business, owner: User, monkeypatch: Any, caplog: Any
) -> None:
    asset = add_file(business, upload=sent("a.png"), by=owner).asset

    def gone(self: FileSystemStorage, name: str, mode: str = "rb") -> Any:
        raise OSError("the disk is away")

    monkeypatch.setattr(FileSystemStorage, "_open", gone)
    assert prepared(asset).prepared_at is None
    assert ["cannot be read now" in line for line in caplog.messages] == [True]
    monkeypatch.undo()
    assert prepared(asset).prepared_at is not None


def test_a_fault_of_ours_does_not_come_back_for_ever(
    business: Business, owner: User, monkeypatch: Any, caplog: Any
) -> None:
    asset = add_file(business, upload=sent("a.png"), by=owner).asset

    def broken(self: Any, *args: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(Image.Image, "thumbnail", broken)
    assert prepared(asset).trouble == "This file could not be read. It may be damaged."
    assert len(caplog.messages) == 1


def test_a_picture_of_an_old_content_is_thrown_away(
    business: Business, owner: User, monkeypatch: Any
) -> None:
    asset = add_file(business, upload=sent("a.png"), by=owner).asset
    thumbnail = Image.Image.thumbnail

    def overtaken(self: Image.Image, *args: Any) -> None:
        monkeypatch.setattr(Image.Image, "thumbnail", thumbnail)
        new = sent("b.png", factories.picture_bytes(90, 90))
        add_version(Asset.objects.get(), upload=new, by=owner)
        thumbnail(self, *args)

    monkeypatch.setattr(Image.Image, "thumbnail", overtaken)
    assert prepared(asset).thumbnail.name == ""
    assert prepared(asset).thumbnail.name != ""


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_woken_up_and_finds_what_was_left_behind() -> None:
    business = factories.make_business()
    huey.storage.flush_all()
    asset = add_file(business, upload=sent("a.png"), by=None).asset
    task = huey.dequeue()
    assert (task.name, task.args) == ("look_at", (asset.pk,))
    Asset.objects.update(added_at=timezone.now() - timedelta(minutes=5))
    work.look_after_files.call_local()
    task = huey.dequeue()
    assert task.args == (asset.pk,)
    huey.execute(task)
    assert not Asset.objects.get().is_waiting
    work.look_after_files.call_local()
    assert huey.dequeue() is None
