"""The demo's link rule, feed, saved texts, library and what its posts say about themselves."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.accounts.permissions import Role
from waypost.content import feeds
from waypost.content.links import long_link
from waypost.library.models import Asset, Licence
from waypost.publishing.models import Delivery
from waypost.tests.standing import Standing, standing

ANCHOR = date(2026, 10, 12)


@pytest.fixture(scope="module", params=["en", "sl"])
def standing_demo(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("demo")
    with standing(django_db_blocker, folder, language=request.param) as found:
        yield found


def test_links_are_tagged_by_the_rule(svit: Business) -> None:
    item = svit.items.exclude(link="").exclude(initiative=None).first()
    assert item is not None
    variant = item.variants.get()
    assert "utm_medium=social&utm_campaign=" in long_link(item, variant.connection)
    assert svit.link_rule.sites == "svitinsat.example"


def test_every_post_says_for_whom_it_is(svit: Business) -> None:
    rows = svit.items.exclude(persona=None).values_list("persona__name", flat=True)
    told = Counter(rows.order_by())
    assert told["Sabine Huber"] > 10
    assert told.total() > 60
    assert svit.items.filter(boost=Decimal(40)).exists()
    assert not svit.items.exclude(cta="").filter(link="").exists()


def test_what_is_out_leads_to_where_it_stands(svit: Business) -> None:
    urls = set(Delivery.objects.published().values_list("remote_url", flat=True))
    assert len(urls) == 14 + 56 + 59 + 62
    assert all(url.startswith("https://svitinsat.example/out/") for url in urls)


def test_the_library_is_tidy(svit: Business) -> None:
    assert Asset.objects.without_licence().count() == 0
    assert svit.assets.filter(folder=None).count() == 0
    assert sorted(svit.folders.values_list("assets__licence", flat=True)) == [Licence.OWN] * 6
    assert svit.file_tags.count() == 6


def test_a_feed_of_the_demo_is_shown_and_never_fetched(svit: Business) -> None:
    feed = svit.feeds.get()
    assert (feed.entries.count(), feed.problem) == (3, "")
    svit.feeds.update(read_at=None)
    assert feeds.due() == []


def test_each_page_shows_life(svit: Business) -> None:
    client = Client()
    client.force_login(svit.members.get(role=Role.OWNER).user)
    texts = client.get(reverse("content:texts", args=[svit.slug])).content.decode()
    assert "#bienenwachs" in texts
    ideas = client.get(reverse("content:ideas", args=[svit.slug])).content.decode()
    assert svit.feeds.get().title in ideas
