"""The library in the composer: searched by words and folder; what is ticked is never lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.content.models import Item, ItemPicture, Variant
from waypost.library.models import Asset, Folder, Tag
from waypost.tests import factories


@pytest.fixture
def wax(business: Business) -> Asset:
    folder = Folder.objects.create(business=business, name="Autumn")
    asset = factories.make_asset(business, name="wax.png", alt="A block of wax")
    asset.folder = folder
    asset.save()
    asset.tags.add(Tag.objects.create(business=business, name="material"))
    return asset


def found(page: Client, business: Business, **asked: Any) -> Any:
    address = reverse("content:picker", args=[business.slug])
    return page.get(address, asked, headers={"HX-Request": "true"}).context["offer"]


def test_words_find_a_file_by_name_description_and_tag(
    page: Client, business: Business, wax: Asset
) -> None:
    factories.make_asset(business, name="shop.png")
    asked = ["wax", "BLOCK", "material", "nothing"]
    assert [found(page, business, library_q=words).found for words in asked] == [
        [wax],
        [wax],
        [wax],
        [],
    ]


def test_a_folder_shows_what_lies_in_it(page: Client, business: Business, wax: Asset) -> None:
    loose = factories.make_asset(business, name="loose.png")
    assert found(page, business, library_folder=str(wax.folder_id)).found == [wax]
    assert found(page, business, library_folder="top").found == [loose]
    assert found(page, business, library_folder="no folder").found == [loose, wax]


def test_what_is_ticked_stays_ticked_and_what_the_post_has_is_not_shown_twice(
    page: Client, business: Business, wax: Asset
) -> None:
    ticked, taken, other = (factories.make_asset(business, name=f"{n}.png") for n in "abc")
    asked: dict[str, Any] = {"library_q": ".png", "pictures": [ticked.pk]}
    asked[f"position_{taken.pk}"] = "1"
    offer = found(page, business, **asked)
    assert (offer.kept, offer.found) == ([ticked], [other, wax])
    address = reverse("content:picker", args=[business.slug])
    answer = page.get(address, asked, headers={"HX-Request": "true"})
    body = answer.content.decode()
    assert body.count(" checked>") == 1


def test_a_file_of_another_business_is_never_offered(
    page: Client, business: Business, stranger: User
) -> None:
    theirs = factories.make_asset(stranger.memberships.get().business, name="wax.png")
    offer = found(page, business, library_q="wax", pictures=[theirs.pk])
    assert (offer.kept, offer.found) == ([], [])


def test_searching_without_script_keeps_what_is_typed(
    page: Client, business: Business, wax: Asset
) -> None:
    sent = {"text": "Kept words", "library": "24", "library_q": "wax", "kind": "post"}
    answer: Any = page.post(reverse("content:new", args=[business.slug]), sent)
    assert answer.context["offer"].found == [wax]
    assert "Kept words" in answer.content.decode()
    assert 'value="wax"' in answer.content.decode()


def test_the_composer_asks_few_questions_however_much_there_is(
    page: Client, business: Business, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    item = factories.make_item(business, link="https://shop.example/")
    for n in range(3):
        channel = factories.make_connection(business, remote_id=f"channel-{n}")
        Variant.objects.create(item=item, connection=channel)
        asset = factories.make_asset(business, name=f"{n}.png")
        ItemPicture.objects.create(item=item, asset=asset, position=n)
    address = reverse("content:edit", args=[business.slug, item.pk])
    page.get(address)
    with django_assert_max_num_queries(15) as asked:
        body = page.get(address).content.decode()
    assert isinstance(asked, CaptureQueriesContext)
    assert body.count('class="picture-place"') == 3
    assert Item.objects.whole().get(pk=item.pk).pictures.count() == 3


def test_opened_as_a_page_the_picker_leads_to_the_composer(
    page: Client, business: Business
) -> None:
    answer = page.get(reverse("content:picker", args=[business.slug]))
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("content:new", args=[business.slug])
