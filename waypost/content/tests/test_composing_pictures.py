"""Pictures in the composer: sent, chosen, described, ordered."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.content.tests.composer_page import opened
from waypost.tests import factories

SignIn = Callable[[User], Client]


@pytest.fixture
def channel(business: Business) -> Connection:
    return factories.make_connection(business, settings={"network": "x"})


def url(name: str, business: Business, *args: Any) -> str:
    return reverse(f"content:{name}", args=[business.slug, *args])


def typed(**fields: Any) -> dict[str, Any]:
    return {"title": "Autumn", "kind": "post", "text": "Leaves", "language": "sl", **fields}


def edited(browser: Client, business: Business, item: Item, **fields: Any) -> dict[str, Any]:
    """The open page of ``item`` with ``fields`` changed."""
    return {**opened(browser, business, item), "text": "Leaves", **fields}


def messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {name: list(words) for name, words in response.context["form"].errors.items()}


def sent(name: str = "a.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if content is not None else factories.picture_bytes())


def test_pictures_are_chosen_described_ordered_and_removed(
    page: Client, business: Business
) -> None:
    first, second, third = (factories.make_asset(business, alt=f"Alt {n}") for n in (1, 2, 3))
    fields = {
        "pictures": [first.pk, second.pk, third.pk],
        f"position_{first.pk}": "2",
        f"position_{second.pk}": "1",
        f"alt_{first.pk}": "Only here",
        f"alt_{second.pk}": "Alt 2",
    }
    page.post(url("new", business), typed(**fields))
    item = business.items.get()
    assert [(use.asset, use.alt) for use in item.pictures.all()] == [
        (second, ""),
        (first, "Only here"),
        (third, ""),
    ]
    page.post(url("edit", business, item.pk), edited(page, business, item, pictures=[third.pk]))
    assert [use.asset for use in item.pictures.all()] == [third]


def test_pictures_can_be_sent_with_the_item(page: Client, business: Business, owner: User) -> None:
    page.post(url("new", business), typed(new_pictures=[sent()]))
    asset = business.assets.get()
    assert ([use.asset for use in business.items.get().pictures.all()], asset.added_by) == (
        [asset],
        owner,
    )


def test_pictures_sent_together_keep_the_order_in_which_they_were_chosen(
    page: Client, business: Business
) -> None:
    files = [sent(f"{n}.png", factories.picture_bytes(40 + n)) for n in range(3)]
    page.post(url("new", business), typed(new_pictures=files))
    names = [use.asset.name for use in business.items.get().pictures.all()]
    assert names == [file.name for file in files]


def test_uploading_first_saves_no_item_and_asks_for_descriptions(
    page: Client, business: Business
) -> None:
    response = page.post(
        url("new", business),
        {"kind": "post", "text": "", "link": "no link", "upload": "yes", "new_pictures": [sent()]},
    )
    assert (response.status_code, business.items.count()) == (200, 0)
    assert dict(response.context["form"].errors) == {}
    asset = business.assets.get()
    assert f'name="alt_{asset.pk}"' in response.content.decode()
    assert 'value="no link"' in response.content.decode()


def test_a_sent_picture_survives_another_mistake(page: Client, business: Business) -> None:
    response = page.post(url("new", business), typed(link="no link", new_pictures=[sent()]))
    assert list(errors(response)) == ["link"]
    assert [c.asset for c in response.context["chosen"]] == [business.assets.get()]


def test_a_bad_picture_is_named_and_nothing_typed_is_lost(page: Client, business: Business) -> None:
    files = [sent("good.png"), sent("bad.png", b"<svg/>")]
    response = page.post(url("new", business), typed(text="Kept words", new_pictures=files))
    assert response.status_code == 422
    [message] = response.context["refused"]
    assert message.startswith("bad.png: The name ends in .png")
    assert "Kept words" in response.content.decode()
    assert [c.asset.name for c in response.context["chosen"]] == ["good.png"]


def test_more_of_the_library_is_shown_without_losing_anything(
    page: Client, business: Business
) -> None:
    for n in range(30):
        factories.make_asset(business, name=f"{n}.png")
    assert page.get(url("new", business)).context["offer"] is None
    first = page.post(url("new", business), typed(library="24")).context["offer"]
    assert (len(first.found), first.more) == (24, 48)
    ticked = first.found[3]
    response = page.post(
        url("new", business), typed(text="Kept", library="48", pictures=[ticked.pk])
    )
    offer = response.context["offer"]
    assert (len(offer.found), offer.more) == (29, 0)
    assert [c.asset for c in response.context["chosen"]] == [ticked]
    assert "Kept" in response.content.decode()
