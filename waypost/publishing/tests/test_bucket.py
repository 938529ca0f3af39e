"""Posts, imports and downloads where the files lie in a bucket."""

import io
from collections.abc import Iterator
from typing import Any, cast

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.exchange import jobs
from waypost.content.exchange.export import FORMATS
from waypost.content.models import CalendarImport, ImportState
from waypost.library.actions import add_file, add_version, prepare
from waypost.library.models import Asset
from waypost.library.tests import buckets
from waypost.library.tests.buckets import body, keys
from waypost.library.tests.samples import mp4, sent
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_server import Answer, FakeServer, Request
from waypost.providers.tests.worlds import World
from waypost.publishing.models import Status
from waypost.publishing.tests.walking import armed, run
from waypost.tests import factories

pytestmark = pytest.mark.django_db
server, objects = buckets.server, buckets.objects


class Gallery(FakeServer):
    def answer(self, request: Request) -> Answer:
        if request.path == "/one.png":
            return Answer(body=factories.picture_bytes())
        return Answer(404)


@pytest.fixture
def gallery() -> Iterator[Gallery]:
    with Gallery() as opened:
        yield opened


def added(business: Business, name: str, content: bytes) -> Asset:
    asset = add_file(business, upload=sent(name, content), by=None).asset
    prepare(asset.pk)
    return Asset.everything.get(pk=asset.pk)


def test_pictures_and_a_film_go_out_of_the_bucket_byte_by_byte(
    objects: Any, business: Business, mastodon: World, mastodon_channel: Connection
) -> None:
    contents = [factories.picture_bytes(90, 60), mp4(padding=400_000)]
    for name, content in zip(("candle.png", "film.mp4"), contents, strict=True):
        item = factories.scheduled_item(business, mastodon_channel, text=f"Iz vedra: {name}")
        factories.add_picture(item, added(business, name, content))
        assert run(armed(item)).status == Status.PUBLISHED
    assert list(cast("FakeMastodon", mastodon.server).files.values()) == contents


def test_a_film_that_is_gone_from_the_bucket_is_waited_for(
    objects: Any, business: Business, mastodon_channel: Connection
) -> None:
    item = factories.scheduled_item(business, mastodon_channel, text="Iz vedra")
    factories.add_picture(item, added(business, "film.mp4", mp4()))
    objects.objects.all().delete()
    delivery = run(armed(item), steps=1)
    assert (delivery.status, delivery.staged) == (Status.SCHEDULED, {})


def test_a_picture_is_handed_over_as_the_network_takes_it(
    objects: Any, business: Business, page: Client
) -> None:
    gallery = factories.make_connection(
        business, remote_id="instagram:svit", settings={"network": "instagram"}
    )
    item = factories.make_item(business, channels=[gallery])
    asset = added(business, "tall.png", factories.picture_bytes(400, 1000))
    factories.add_picture(item, asset)
    delivery = factories.make_delivery(item, gallery, status=Status.YOUR_TURN)
    words = [business.slug, delivery.pk, asset.pk]
    answer = page.get(reverse("publishing:hand_over_file", args=words))
    with Image.open(io.BytesIO(body(answer))) as image:
        assert (image.format, image.size) == ("JPEG", (800, 1000))
    made = asset.renditions.get()
    assert f"shop/{made.file.name}" in keys(objects)


def test_files_and_their_versions_are_saved_out_of_the_bucket(
    objects: Any, business: Business, owner: User, page: Client
) -> None:
    asset = added(business, "prices.pdf", b"%PDF-1.4 first")
    add_version(asset, upload=sent("prices.pdf", b"%PDF-1.4 second"), by=owner)
    now = page.get(reverse("library:file", args=[business.slug, asset.pk]) + "?save")
    assert now.headers["Content-Disposition"] == 'attachment; filename="prices.pdf"'
    assert body(now) == b"%PDF-1.4 second"
    old = asset.versions.get(number=1)
    before = page.get(reverse("library:version_file", args=[business.slug, old.pk]))
    assert before.headers["Content-Disposition"] == 'attachment; filename="v1-prices.pdf"'
    assert body(before) == b"%PDF-1.4 first"


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_calendar_is_taken_along_in_every_format(
    objects: Any, business: Business, page: Client, format_name: str
) -> None:
    channel = factories.make_connection(business, handle="candles")
    item = factories.make_item(
        business, channels=[channel], title="Out of the bucket", due_at="2036-10-12T16:30:00Z"
    )
    asset = added(business, "candle.png", factories.picture_bytes())
    factories.add_picture(item, asset)
    address = reverse("insights:calendar_file", args=[business.slug, format_name])
    answer = page.get(f"{address}?month=2036-10&channel={channel.pk}")
    content = answer.content if not answer.streaming else body(answer)
    assert answer.status_code == 200
    assert len(content) > 50
    if format_name == "csv":
        there = reverse("library:file", args=[business.slug, asset.pk])
        assert there in content.decode("utf-8-sig")  # the guard's address, never the bucket's


def test_pictures_of_a_calendar_file_are_fetched_into_the_bucket(
    objects: Any, business: Business, owner: User, gallery: Gallery
) -> None:
    text = f"Title,Picture\nOne,{gallery.url}/one.png\n"
    job = jobs.keep(business, name="plan.csv", content=text.encode(), by=owner)
    jobs.start(job)
    jobs.run(job.pk)
    asset = Asset.objects.get()
    assert keys(objects) == [f"shop/{asset.file.name}"]
    assert business.items.get().pictures.get().asset == asset


def test_a_file_that_brings_nothing_leaves_nothing_in_the_bucket(
    objects: Any, business: Business, owner: User, gallery: Gallery,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    text = f"Title,Picture\nOne,{gallery.url}/one.png\nTwo,{gallery.url}/gone.png\n"
    job = jobs.keep(business, name="plan.csv", content=text.encode(), by=owner)
    jobs.start(job)
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run(job.pk)
    assert CalendarImport.objects.get().status == ImportState.STOPPED
    assert (keys(objects), business.items.count(), Asset.everything.count()) == ([], 0, 0)
