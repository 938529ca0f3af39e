"""The card below a post: what a page says about itself, read with care."""

from collections.abc import Iterator
from typing import Any, cast

import pytest

from waypost.providers._page import read_page
from waypost.providers.base import Post
from waypost.providers.tests.fake_pds import FakePds
from waypost.providers.tests.fake_server import Answer, FakeServer, Request
from waypost.providers.tests.worlds import PNG, World


def _record(world: World) -> dict[str, Any]:
    (record,) = cast(FakePds, world.server).records.values()
    return record


class Site(FakeServer):
    """A shop with one page and its picture."""

    page = (
        b"<html><head><title>Plain title</title>"
        b'<meta property="og:title" content="Sve\xc4\x8da  &amp; sat">'
        b'<meta name="description" content="Iz voska">'
        b'<meta property="og:image" content="/image.png"></head><body>x</body></html>'
    )
    image = PNG
    image_mime = "image/png"

    def answer(self, request: Request) -> Answer:
        if request.path == "/image.png":
            return Answer(200, self.image, {"Content-Type": self.image_mime})
        if request.path == "/moved":
            return Answer(302, b"", {"Location": "/page"})
        if request.path == "/page":
            return Answer(200, self.page, {"Content-Type": "text/html; charset=utf-8"})
        return Answer(404, b"no", {"Content-Type": "text/html"})


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as running:
        yield running


def test_a_link_becomes_a_card_with_what_the_page_says(bluesky: World, site: Site) -> None:
    link = f"{site.url}/moved"
    post = Post("Novo v trgovini", link=link)
    bluesky.publish(post, "3kznmn7xqxc22")
    record = _record(bluesky)
    assert record["text"] == "Novo v trgovini"
    thumb = record["embed"]["external"].pop("thumb")
    assert record["embed"] == {
        "$type": "app.bsky.embed.external",
        "external": {"uri": link, "title": "Sveča & sat", "description": "Iz voska"},
    }
    assert (thumb["mimeType"], thumb["size"]) == ("image/png", len(PNG))


@pytest.mark.parametrize("path", ["/gone", "/image.png"])
def test_a_page_that_says_nothing_gives_a_bare_card(bluesky: World, site: Site, path: str) -> None:
    bluesky.publish(Post("x", link=site.url + path), "3kznmn7xqxc22")
    assert _record(bluesky)["embed"]["external"] == {
        "uri": site.url + path,
        "title": f"{site.netloc}{path}",
        "description": "",
    }


@pytest.mark.parametrize(
    ("image", "mime"),
    [(b"x" * 1_000_001, "image/png"), (PNG, "image/svg+xml"), (b"", "image/png")],
)
def test_an_unfit_image_leaves_a_card_without_one(
    bluesky: World, site: Site, image: bytes, mime: str
) -> None:
    site.image, site.image_mime = image, mime
    bluesky.publish(Post("x", link=f"{site.url}/page"), "3kznmn7xqxc22")
    external = _record(bluesky)["embed"]["external"]
    assert (external["title"], "thumb" in external) == ("Sveča & sat", False)


def test_an_image_that_the_server_refuses_leaves_a_card_without_one(
    bluesky: World, site: Site
) -> None:
    bluesky.server.fail_next("uploadBlob", status=400, body={"error": "InvalidMimeType"})
    bluesky.publish(Post("x", link=f"{site.url}/page"), "3kznmn7xqxc22")
    assert "thumb" not in _record(bluesky)["embed"]["external"]


def test_a_page_without_open_graph_gives_its_title(site: Site) -> None:
    site.page = b"<title> Svit\n in sat </title><body><svg><title>no</title></svg>"
    page = read_page(f"{site.url}/page", largest_image=10)
    assert (page.title, page.description, page.image) == ("Svit in sat", "", b"")


def test_a_card_never_reads_a_page_in_a_private_network(site: Site, settings: Any) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    assert read_page(f"{site.url}/page", largest_image=10).title == ""
    assert read_page(site.url.replace("http:", "https:"), largest_image=10).title == ""
    assert site.requests == []
