"""A new version keeps the place and the uses; older ones stay."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.library.actions import How, add_file, add_version, bring_back, erase, prepare
from waypost.library.models import Asset
from waypost.library.tests.samples import mp4, sent
from waypost.tests import factories


def picture(side: int) -> SimpleUploadedFile:
    return sent("candle.png", factories.picture_bytes(side, side))


@pytest.fixture
def asset(business: Business, owner: User) -> Asset:
    made = add_file(business, upload=picture(10), by=owner).asset
    prepare(made.pk)
    made.refresh_from_db()
    return made


def numbers(asset: Asset) -> tuple[int, list[int]]:
    """The present version and the older ones."""
    asset.refresh_from_db()
    return asset.number, [each.number for each in asset.versions.all()]


def test_a_new_version_keeps_name_words_and_uses(
    business: Business, editor: User, asset: Asset
) -> None:
    item = factories.make_item(business)
    factories.add_picture(item, asset, alt="For this post")
    asset.alt = "A candle"
    asset.save()
    add_version(asset, upload=picture(20), by=editor)
    found = item.pictures.get().asset
    assert (found.pk, found.width, found.alt, found.added_by) == (asset.pk, 20, "A candle", editor)
    assert (found.number, found.prepared_at, found.thumbnail.name) == (2, None, "")
    old = asset.versions.get()
    assert (old.number, old.width, old.thumbnail.name != "") == (1, 10, True)


def test_an_older_version_can_be_brought_back(asset: Asset, owner: User) -> None:
    first = str(asset.file.name)
    add_version(asset, upload=picture(20), by=owner)
    add_version(asset, upload=picture(30), by=owner)
    assert numbers(asset) == (3, [2, 1])
    bring_back(asset.versions.get(number=1))
    assert (*numbers(asset), asset.width, asset.file.name) == (1, [3, 2], 10, first)
    add_version(asset, upload=picture(40), by=owner)
    assert numbers(asset) == (4, [3, 2, 1])


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
@given(steps=st.lists(st.integers(0, 5), max_size=8))
def test_no_content_is_ever_lost_or_doubled(db: None, steps: list[int]) -> None:
    """0 adds a content that nobody saw before, n brings the n-th older version back."""
    business = factories.make_business()
    asset = add_file(business, upload=picture(10), by=None).asset
    known = {asset.sha256}
    for number, step in enumerate(steps):
        older = list(asset.versions.all())
        if step == 0:
            add_version(asset, upload=picture(11 + number), by=None)
            known.add(asset.sha256)
        elif step <= len(older):
            bring_back(older[step - 1])
            asset.refresh_from_db()
        kept = [asset.sha256, *asset.versions.values_list("sha256", flat=True)]
        assert (len(kept), set(kept)) == (len(known), known)


def test_the_very_same_content_is_no_version(asset: Asset, owner: User) -> None:
    with pytest.raises(Refusal, match="the very content") as refused:
        add_version(asset, upload=picture(10), by=owner)
    assert refused.value.field == "file"


def test_an_older_content_is_to_be_brought_back(asset: Asset, owner: User) -> None:
    add_version(asset, upload=picture(20), by=owner)
    with pytest.raises(Refusal, match="Bring that one back"):
        add_version(asset, upload=picture(10), by=owner)


def test_the_content_of_another_file_is_no_version(
    business: Business, asset: Asset, owner: User
) -> None:
    add_file(business, upload=picture(20), by=owner)
    with pytest.raises(Refusal, match="has this content already, as “candle"):
        add_version(asset, upload=picture(20), by=owner)


def test_a_video_does_not_take_the_place_of_a_picture(asset: Asset, owner: User) -> None:
    with pytest.raises(Refusal, match="Video instead of Picture"):
        add_version(asset, upload=sent("film.mp4", mp4()), by=owner)
    assert numbers(asset) == (1, [])


def test_an_older_version_sent_as_a_new_file_is_recognised(
    business: Business, asset: Asset, owner: User
) -> None:
    add_version(asset, upload=picture(20), by=owner)
    added = add_file(business, upload=picture(10), by=owner)
    assert (added.asset, added.how, business.assets.count()) == (asset, How.OLDER, 1)


def test_of_two_who_change_it_at_one_moment_one_is_told(asset: Asset, owner: User) -> None:
    late = Asset.objects.get()
    add_version(asset, upload=picture(20), by=owner)
    with pytest.raises(Refusal, match="at the same moment"):
        add_version(late, upload=picture(30), by=owner)
    assert numbers(asset) == (2, [1])


@pytest.mark.django_db(transaction=True)
def test_erasing_takes_all_versions(settings: Any) -> None:
    business = factories.make_business()
    asset = add_file(business, upload=picture(10), by=None).asset
    add_version(asset, upload=picture(20), by=None)
    erase(asset)
    assert [each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()] == []


def test_the_page_takes_and_shows_versions(page: Client, business: Business, asset: Asset) -> None:
    one = reverse("library:one", args=[business.slug, asset.pk])
    add = reverse("library:version", args=[business.slug, asset.pk])
    shown = page.post(add, {"file": picture(20)}, follow=True)
    assert shown.redirect_chain == [(one, 302)]
    assert "Version 2 is in its place now." in shown.content.decode()
    old = asset.versions.get()
    saved = page.get(reverse("library:version_file", args=[business.slug, old.pk]))
    assert saved.headers["Content-Disposition"] == 'attachment; filename="v1-candle.png"'
    for close in saved._resource_closers:  # type: ignore[attr-defined]
        close()
    back = page.post(reverse("library:version_back", args=[business.slug, old.pk]), follow=True)
    assert "Version 1 is back in its place." in back.content.decode()
    refused = page.post(add, {"file": picture(20)})
    assert (refused.status_code, numbers(asset)) == (422, (1, [2]))
    assert b"Bring that one back instead" in refused.content
