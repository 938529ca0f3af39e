"""Posting by hand, as the person sees it who does it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.library.models import Asset, Rendition
from waypost.library.tests.samples import mp4
from waypost.publishing.models import Delivery, Status
from waypost.publishing.tests.walking import fresh
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_hand(business: Business) -> Connection:
    return factories.make_connection(business, handle="svitinsat")


@pytest.fixture
def gallery(business: Business) -> Connection:
    """An account at a network that takes JPEGs of a certain shape alone."""
    return factories.make_connection(
        business, remote_id="instagram:svit", settings={"network": "instagram"}
    )


@pytest.fixture
def item(business: Business, by_hand: Connection) -> Item:
    return factories.make_item(
        business, channels=[by_hand], title="Advent set", text="Vier Kerzen, ein Kranz."
    )


def sent(item: Item, connection: Connection, status: str, **fields: Any) -> Delivery:
    Item.objects.filter(pk=item.pk).update(status=ItemStatus.PUBLISHING, due_at=timezone.now())
    return factories.make_delivery(item, connection, status=status, **fields)


def with_picture(item: Item, width: int, height: int, fmt: str = "PNG", **fields: Any) -> Asset:
    content = factories.picture_bytes(width, height, fmt)
    asset = factories.make_asset(
        item.business, content=content, width=width, height=height, size=len(content), **fields
    )
    factories.add_picture(item, asset)
    return asset


def saved_from(client: Client, delivery: Delivery, asset: Asset) -> tuple[Any, bytes]:
    """The answer, and what it holds."""
    words = [delivery.item.business.slug, delivery.pk, asset.pk]
    answer: Any = client.get(reverse("publishing:hand_over_file", args=words))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    for close in answer._resource_closers:
        close()
    return answer, content


def test_posting_by_hand_shows_all_that_is_needed_and_takes_the_link(
    page: Client, item: Item, by_hand: Connection
) -> None:
    Item.objects.filter(pk=item.pk).update(link="https://svit.example/advent")
    asset = factories.make_asset(item.business, name="kranz.png", alt="A wreath with four candles")
    factories.add_picture(item, asset)
    delivery = sent(item, by_hand, Status.YOUR_TURN)
    url = reverse("publishing:hand_over", args=[item.business.slug, delivery.pk])
    html = page.get(url).content.decode()
    for needed in (
        "Vier Kerzen, ein Kranz.",
        "https://svit.example/advent",
        "kranz.png",
        "A wreath with four candles",
        "Open Facebook",
    ):
        assert needed in html

    wrong = page.post(url, {"url": "nothing"})
    assert wrong.status_code == 422
    page.post(url, {"url": "https://facebook.com/svit/1"})
    row = fresh(delivery)
    assert (row.status, row.remote_url) == (Status.PUBLISHED, "https://facebook.com/svit/1")


def test_a_post_that_is_done_is_not_offered_for_posting_again(
    page: Client, item: Item, by_hand: Connection
) -> None:
    delivery = sent(item, by_hand, Status.PUBLISHED)
    url = reverse("publishing:hand_over", args=[item.business.slug, delivery.pk])
    answer = page.get(url)
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse(
        "publishing:item", args=[item.business.slug, item.pk]
    )


def test_a_picture_is_offered_as_the_network_takes_it_and_as_it_is(
    page: Client, item: Item, gallery: Connection
) -> None:
    asset = with_picture(item, 400, 1000, name="kranz.png")
    delivery = sent(item, gallery, Status.YOUR_TURN)
    url = reverse("publishing:hand_over", args=[item.business.slug, delivery.pk])
    html = page.get(url).content.decode()
    assert "kranz-800x1000.jpeg" in html
    assert "Made to fit Instagram." in html
    assert "Original (" in html
    assert Rendition.objects.count() == 0  # nothing is made before somebody wants it

    answer, content = saved_from(page, delivery, asset)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kranz-800x1000.jpeg"'
    with Image.open(io.BytesIO(content)) as image:
        assert (image.format, image.size) == ("JPEG", (800, 1000))
    saved_from(page, delivery, asset)
    assert Rendition.objects.count() == 1


def test_a_picture_that_fits_is_offered_once(page: Client, item: Item, gallery: Connection) -> None:
    asset = with_picture(item, 1000, 1000, "JPEG", name="kranz.jpg", mime="image/jpeg")
    delivery = sent(item, gallery, Status.YOUR_TURN)
    url = reverse("publishing:hand_over", args=[item.business.slug, delivery.pk])
    html = page.get(url).content.decode()
    assert "Made to fit" not in html
    assert html.count(" kranz.jpg</a>") == 1
    answer, _content = saved_from(page, delivery, asset)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kranz.jpg"'
    assert Rendition.objects.count() == 0


def test_a_film_is_handed_over_as_it_is(page: Client, item: Item, by_hand: Connection) -> None:
    film = factories.make_asset(
        item.business, content=mp4(), name="kranz.mp4", mime="video/mp4", kind="video"
    )
    factories.add_picture(item, film)
    delivery = sent(item, by_hand, Status.YOUR_TURN)
    url = reverse("publishing:hand_over", args=[item.business.slug, delivery.pk])
    assert "Made to fit" not in page.get(url).content.decode()
    assert saved_from(page, delivery, film)[1] == mp4()


def test_a_picture_that_cannot_be_made_to_fit_is_told_on_the_page(
    page: Client, item: Item, gallery: Connection
) -> None:
    stream = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(stream, "WEBP", save_all=True, append_images=frames[1:])
    moving = factories.make_asset(
        item.business, content=stream.getvalue(), name="kranz.webp", mime="image/webp"
    )
    factories.add_picture(item, moving)
    delivery = sent(item, gallery, Status.YOUR_TURN)
    url = reverse("publishing:hand_over_file", args=[item.business.slug, delivery.pk, moving.pk])
    html = page.get(url, follow=True).content.decode()
    assert "kranz.webp: An animated picture cannot be made to fit." in html


def test_only_the_files_of_the_post_are_handed_over(
    page: Client, item: Item, by_hand: Connection, contributor: User,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    delivery = sent(item, by_hand, Status.YOUR_TURN)
    other = factories.make_asset(item.business)
    assert saved_from(page, delivery, other)[0].status_code == 404
    mine = with_picture(item, 50, 50)
    assert saved_from(sign_in(contributor), delivery, mine)[0].status_code == 200

    elsewhere = factories.make_connection(item.business)
    item.business.members.filter(user=contributor).update(
        narrowed_to="channels", channels=[elsewhere.pk]
    )
    assert saved_from(sign_in(contributor), delivery, mine)[0].status_code == 403
