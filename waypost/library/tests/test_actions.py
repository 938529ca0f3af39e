"""Keeping, describing and deleting pictures."""

import errno
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.library.actions import add_picture, adding, describe, erase, prepare, put_back, remove
from waypost.library.content import Content
from waypost.library.erasing import KEPT, erase_forgotten
from waypost.library.models import Asset
from waypost.library.pictures import check
from waypost.library.uses import unused, uses_of
from waypost.tests import factories


def sent(content: bytes | None = None, name: str = "candle.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if content is not None else factories.picture_bytes())


def stored_files(settings: Any) -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_a_picture_is_kept_with_what_is_known_of_it(business: Business, owner: User) -> None:
    content = factories.picture_bytes(90, 30)
    asset = add_picture(business, upload=sent(content), by=owner, alt="A candle")
    asset.refresh_from_db()
    kept = (asset.name, asset.mime, asset.size, asset.width, asset.height, asset.alt)
    assert kept == ("candle.png", "image/png", len(content), 90, 30, "A candle")
    assert (asset.added_by, asset.sha256) == (owner, check(content).sha256)
    with asset.file.open("rb") as stream:
        assert stream.read() == content
    assert (asset.thumbnail.name, asset.prepared_at) == ("", None)
    prepare(asset.pk)
    asset.refresh_from_db()
    assert str(asset.thumbnail.name).endswith(".thumbnail.webp")
    assert asset.prepared_at is not None


def test_the_name_of_the_file_never_reaches_the_disk(
    business: Business, owner: User, settings: Any
) -> None:
    asset = add_picture(business, upload=sent(name="..\\..\\evil\x07.jpg"), by=owner)
    assert asset.name == "evil.jpg"
    folder = f"{business.pk}/{asset.sha256[:2]}/{asset.sha256}."
    prepare(asset.pk)
    assert [name.startswith(folder) for name in stored_files(settings)] == [True, True]
    assert str(asset.file.name).endswith(".png")


def test_the_same_picture_again_is_the_same_asset(
    business: Business, owner: User, settings: Any
) -> None:
    first = add_picture(business, upload=sent(), by=owner)
    again = add_picture(business, upload=sent(name="copy.png"), by=owner, alt="A candle")
    assert (again.pk, again.name, again.alt) == (first.pk, "candle.png", "A candle")
    assert (business.assets.count(), len(stored_files(settings))) == (1, 1)


def test_a_description_that_is_there_is_not_written_over(business: Business, owner: User) -> None:
    add_picture(business, upload=sent(), by=owner, alt="Ours")
    assert add_picture(business, upload=sent(), by=owner, alt="Theirs").alt == "Ours"


def test_two_businesses_keep_the_same_picture_each_for_itself(
    business: Business, owner: User
) -> None:
    other = factories.make_business()
    one = add_picture(business, upload=sent(), by=owner)
    two = add_picture(other, upload=sent(), by=None)
    assert one.sha256 == two.sha256
    assert one.file.name != two.file.name


def test_a_file_that_is_too_large_is_refused(
    business: Business, owner: User, settings: Any
) -> None:
    content = factories.picture_bytes()
    settings.UPLOAD_MAX_BYTES = len(content)
    add_picture(business, upload=sent(content), by=owner)
    settings.UPLOAD_MAX_BYTES = len(content) - 1
    with pytest.raises(Refusal, match="at most") as refused:
        add_picture(business, upload=sent(content), by=owner)
    assert refused.value.field == "pictures"


def test_a_full_disk_is_a_sentence_and_a_log_line_and_leaves_nothing_behind(
    business: Business, owner: User, settings: Any, monkeypatch: Any, caplog: Any
) -> None:
    def full(self: FileSystemStorage, name: str, content: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with caplog.at_level(logging.ERROR), pytest.raises(Refusal, match="no room") as refused:
        add_picture(business, upload=sent(), by=owner)
    assert refused.value.field == "pictures"
    assert (business.assets.count(), stored_files(settings)) == (0, [])
    assert ["No space left on device" in line for line in caplog.messages] == [True]
    monkeypatch.undo()


def test_the_same_picture_sent_twice_at_one_moment_is_one_asset(
    business: Business, owner: User, settings: Any, monkeypatch: Any
) -> None:
    take: Any = vars(adding)["take"]

    def overtaken(asset: Asset, content: Content) -> None:
        monkeypatch.setattr(adding, "take", take)
        add_picture(business, upload=sent(), by=None)
        take(asset, content)

    monkeypatch.setattr(adding, "take", overtaken)
    asset = add_picture(business, upload=sent(), by=owner)
    assert (business.assets.get(), asset.added_by) == (asset, None)
    assert len(stored_files(settings)) == 1


def test_describing_changes_name_and_description(business: Business) -> None:
    asset = factories.make_asset(business)
    describe(asset, name="Window", alt="Our window at night")
    asset.refresh_from_db()
    assert (asset.name, asset.alt) == ("Window", "Our window at night")


@pytest.mark.django_db(transaction=True)
def test_erasing_takes_the_files_too(settings: Any) -> None:
    business = factories.make_business()
    asset = add_picture(business, upload=sent(), by=None)
    prepare(asset.pk)
    assert len(stored_files(settings)) == 2
    erase(Asset.objects.get())
    assert (Asset.everything.count(), stored_files(settings)) == (0, [])


def test_a_deleted_file_can_be_put_back_with_all_it_had(business: Business) -> None:
    asset = factories.make_asset(business, alt="A candle")
    assert remove(business, [asset]) == [asset]
    assert (business.assets.count(), Asset.everything.count()) == (0, 1)
    assert put_back(business, [asset.pk]) == 1
    assert business.assets.get().alt == "A candle"
    assert put_back(business, [asset.pk]) == 0


def test_nobody_puts_back_what_another_business_deleted(business: Business) -> None:
    asset = factories.make_asset(business)
    remove(business, [asset])
    assert put_back(factories.make_business(), [asset.pk]) == 0
    assert business.assets.count() == 0


def test_what_was_deleted_a_month_ago_is_erased(business: Business, settings: Any) -> None:
    old, young = factories.make_asset(business), factories.make_asset(business)
    remove(business, [old, young])
    long_ago = timezone.now() - KEPT - timedelta(minutes=1)
    Asset.everything.filter(pk=old.pk).update(removed_at=long_ago)
    erase_forgotten()
    assert list(Asset.everything.all()) == [young]


def test_a_post_that_took_a_deleted_file_keeps_it(business: Business, caplog: Any) -> None:
    asset = factories.make_asset(business)
    remove(business, [asset])
    factories.add_picture(factories.make_item(business), asset)
    Asset.everything.update(removed_at=timezone.now() - KEPT - timedelta(minutes=1))
    erase_forgotten()
    assert business.assets.get() == asset
    assert ["it is back" in line for line in caplog.messages] == [True]


def test_the_same_file_again_brings_a_deleted_one_back(business: Business, owner: User) -> None:
    first = add_picture(business, upload=sent(), by=owner, alt="A candle")
    remove(business, [first])
    again = add_picture(business, upload=sent(), by=owner)
    assert (again.pk, again.alt, business.assets.count()) == (first.pk, "A candle", 1)


def test_of_many_files_those_in_use_stay(business: Business) -> None:
    used, free = factories.make_asset(business), factories.make_asset(business)
    factories.add_picture(factories.make_item(business), used)
    assert remove(business, [used, free]) == [free]
    assert list(business.assets.all()) == [used]


def test_a_picture_in_a_post_stays(business: Business, settings: Any) -> None:
    asset = factories.make_asset(business)
    factories.add_picture(factories.make_item(business, title="Autumn candles"), asset)
    with pytest.raises(Refusal, match="is used in “Autumn candles”, so it stays"):
        remove(business, [asset])
    assert business.assets.get() == asset
    assert stored_files(settings) == [asset.file.name]


def test_a_file_that_cannot_be_deleted_is_only_a_log_line(
    business: Business, monkeypatch: Any, caplog: Any, django_capture_on_commit_callbacks: Any
) -> None:
    def denied(self: FileSystemStorage, name: str) -> None:
        raise PermissionError(name)

    monkeypatch.setattr(FileSystemStorage, "delete", denied)
    with django_capture_on_commit_callbacks(execute=True):
        erase(factories.make_asset(business))
    assert Asset.everything.count() == 0
    assert ["could not be deleted" in line for line in caplog.messages] == [True]


def test_pictures_without_a_description_are_found(business: Business) -> None:
    bare = factories.make_asset(business)
    factories.make_asset(business, alt="A candle")
    assert list(business.assets.without_alt()) == [bare]


def test_a_file_of_a_task_says_so_and_stays(business: Business) -> None:
    asset = factories.make_asset(business)
    task = factories.make_task(factories.make_initiative(factories.make_goal(business)))
    task.attachments.create(asset=asset)
    [use] = uses_of(business, [asset.pk])[asset.pk]
    assert (use.kind, use.title) == ("Task", task.title)
    with pytest.raises(Refusal, match="so it stays"):
        remove(business, [asset])
    assert list(unused(business, Asset.objects.all())) == []
