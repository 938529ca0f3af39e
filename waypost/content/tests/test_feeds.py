"""Feeds are read politely, each entry once, and whatever is no feed is explained."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from waypost.accounts.models import Business
from waypost.content import feeds
from waypost.content.models import Feed

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wax &amp; more</title>
<item><guid>1</guid><title>Bees &lt;b&gt;sleep&lt;/b&gt;</title><link>https://wax.example/1</link>
<description>&lt;p&gt;In &lt;script&gt;x()&lt;/script&gt;winter&lt;/p&gt;</description>
<pubDate>Mon, 05 Oct 2026 08:00:00 GMT</pubDate></item>
<item><guid>2</guid><title>Second</title><link>javascript:alert(1)</link></item>
<item></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wax</title><entry><id>a</id>
<title>Čebele</title><link href="https://wax.example/a"/><updated>2026-10-05T08:00:00Z</updated>
<summary>Spijo</summary></entry></feed>"""


class Site:
    """A server that answers with ``body`` and remembers what it was asked with."""

    def __init__(self) -> None:
        self.body, self.status, self.asked = RSS.encode(), 200, list[dict[str, str]]()
        self.headers = {"ETag": '"v1"', "Content-Type": "application/rss+xml"}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(dict(self.headers))
                same = self.headers.get("If-None-Match") == site.headers.get("ETag")
                self.send_response(304 if same else site.status)
                for name, value in site.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if not same:
                    with suppress(OSError):  # the reader may have had enough
                        self.wfile.write(site.body)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/feed"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    settings.ALLOW_PRIVATE_HOSTS = True
    site = Site()
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def feed(business: Business, site: Site) -> Feed:
    return business.feeds.create(url=site.url)


def test_entries_are_plain_text_and_kept_once(feed: Feed, site: Site) -> None:
    feeds.read(feed)
    site.headers["ETag"] = '"v2"'
    feeds.read(feed)
    assert (feed.title, feed.problem, feed.etag) == ("Wax & more", "", '"v2"')
    first, second = feed.entries.order_by("pk")
    assert (first.title, first.summary) == ("Bees sleep", "In x()winter")
    assert (first.url, first.published_at) == (
        "https://wax.example/1",
        datetime(2026, 10, 5, 8, tzinfo=UTC),
    )
    assert (second.title, second.url, second.published_at) == ("Second", "", None)


def test_what_has_not_changed_is_not_sent_again(feed: Feed, site: Site) -> None:
    feeds.read(feed)
    feeds.read(feed)
    assert [asked.get("If-None-Match") for asked in site.asked] == [None, '"v1"']
    assert (feed.entries.count(), feed.problem) == (2, "")


def test_atom_is_read_too(feed: Feed, site: Site) -> None:
    site.body = ATOM.encode()
    feeds.read(feed)
    assert [(each.title, each.summary) for each in feed.entries.all()] == [("Čebele", "Spijo")]


def page(site: Site) -> None:
    site.body = b"<!doctype html><html><body><h1>Wax</h1></body></html>"


def large(site: Site) -> None:
    site.body = b"<rss>" + b" " * 50_000_000


def gone(site: Site) -> None:
    site.status = 404


def cut(site: Site) -> None:
    site.body = b"\x00\xff\xfe"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (page, "This is a web page or a file, not a feed."),
        (large, "What stands at this address is too large for a feed."),
        (gone, "The server answers 404."),
        (cut, "This is a web page or a file, not a feed."),
    ],
)
def test_what_is_no_feed_is_explained_and_what_was_read_stays(
    feed: Feed, site: Site, fault: Callable[[Site], None], words: str
) -> None:
    feeds.read(feed)
    site.headers["ETag"] = '"v2"'
    fault(site)
    feeds.read(feed)
    assert feed.problem.startswith(words)
    assert (feed.entries.count(), feed.etag) == (2, '"v1"')


def test_an_address_inside_a_private_network_is_not_asked(
    business: Business, site: Site, settings: Any
) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    inside = [site.url, site.url.replace("http:", "https:"), "https://169.254.169.254/latest"]
    for url in inside:
        feed = business.feeds.create(url=url)
        feeds.read(feed)
        assert "private network" in feed.problem or "not safe" in feed.problem
    assert site.asked == []


def test_a_feed_is_due_after_an_hour(feed: Feed, site: Site) -> None:
    assert feeds.due() == [feed.pk]
    feeds.read(feed)
    assert feeds.due() == []
    with time_machine.travel(timezone.now() + timedelta(hours=1, minutes=1)):
        assert feeds.due() == [feed.pk]


def test_old_entries_go_and_those_of_which_a_draft_was_made_stay(feed: Feed, site: Site) -> None:
    rows = "".join(f"<item><guid>{n}</guid><title>T{n}</title></item>" for n in range(150))
    site.body = f'<rss version="2.0"><channel>{rows}</channel></rss>'.encode()
    feeds.read(feed)
    assert feed.entries.count() == feeds.KEPT
