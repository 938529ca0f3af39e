"""The ideas shelf: put down, found again, and turned into drafts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.content.formats import FORMATS
from waypost.content.models import FeedEntry, Item, Kind, Status
from waypost.tests import factories


def url(name: str, business: Business, *args: Any) -> str:
    return reverse(f"content:{name}", args=[business.slug, *args])


@pytest.fixture
def entry(business: Business) -> FeedEntry:
    feed = business.feeds.create(url="https://wax.example/feed", title="Wax")
    return FeedEntry.objects.create(
        feed=feed, key="1", title="Bees sleep", summary="In winter", url="https://wax.example/1"
    )


def test_every_kind_of_content_is_a_format_with_an_example() -> None:
    assert sorted(each.kind for each in FORMATS) == sorted(Kind)
    assert [each.kind for each in FORMATS if not each.examples] == []


def test_an_idea_is_put_down_in_a_few_words_and_found_by_its_tag(
    page: Client, business: Business, owner: User
) -> None:
    page.post(url("idea_new", business), {"title": "A vote", "kind": "story", "tags": "wax, Wax"})
    page.post(url("idea_new", business), {"title": "Another"})
    first = business.items.get(title="A vote")
    assert (first.status, first.kind, first.tags, first.owner) == (
        Status.IDEA,
        Kind.STORY,
        "wax",
        owner,
    )
    shown: Any = page.get(url("ideas", business))
    assert [str(each) for each in shown.context["ideas"]] == ["Another", "A vote"]
    assert shown.context["tags"] == ["wax"]
    found: Any = page.get(url("ideas", business), {"tag": "WAX"})
    assert found.context["ideas"] == [first]


def test_an_idea_without_words_is_asked_for_them(page: Client, business: Business) -> None:
    answer: Any = page.post(url("idea_new", business), {"title": " ", "tags": "kept tag"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["title"]
    assert 'value="kept tag"' in answer.content.decode()
    assert business.items.count() == 0


def test_an_entry_becomes_one_draft(page: Client, business: Business, entry: FeedEntry) -> None:
    for _again in range(2):
        answer = page.post(url("entry_draft", business, entry.pk))
    item = business.items.get()
    assert answer.headers["Location"] == url("edit", business, item.pk)
    assert (item.title, item.text, item.link, item.status) == (
        "Bees sleep",
        "Bees sleep\n\nIn winter",
        "https://wax.example/1",
        Status.DRAFT,
    )


def test_a_product_becomes_a_draft_with_its_picture(page: Client, business: Business) -> None:
    picture = factories.make_asset(business)
    product = business.products.create(name="Pine", description="Smells of wood", picture=picture)
    page.post(url("product_draft", business, product.pk))
    item = Item.objects.get()
    assert (item.text, item.product, item.kind) == ("Pine\n\nSmells of wood", product, Kind.PHOTO)
    assert [use.asset for use in item.pictures.all()] == [picture]


def test_a_feed_is_read_from_now_on_and_removed(
    page: Client, business: Business, entry: FeedEntry
) -> None:
    wrong: Any = page.post(url("feed_new", business), {"url": "javascript:alert(1)"})
    assert (wrong.status_code, list(wrong.context["feed_form"].errors)) == (422, ["url"])
    for _again in range(2):
        page.post(url("feed_new", business), {"url": "https://bees.example/feed"})
    assert sorted(business.feeds.values_list("url", flat=True)) == [
        "https://bees.example/feed",
        "https://wax.example/feed",
    ]
    page.post(url("entry_draft", business, entry.pk))
    page.post(url("feed_remove", business, entry.feed_id))
    assert (business.feeds.count(), business.items.count()) == (1, 1)


def test_a_business_reads_only_so_many_feeds(page: Client, business: Business) -> None:
    for n in range(20):
        business.feeds.create(url=f"https://{n}.example/feed")
    answer: Any = page.post(url("feed_new", business), {"url": "https://more.example/feed"})
    assert answer.context["feed_form"].errors["url"] == [
        "You read many feeds already. Remove one first."
    ]


@pytest.mark.parametrize("what", ["entry_draft", "feed_remove", "product_draft"])
def test_nothing_of_another_business_becomes_a_draft(
    business: Business,
    entry: FeedEntry,
    stranger: User,
    sign_in: Callable[[User], Client],
    what: str,
) -> None:
    product = business.products.create(name="Pine")
    theirs = stranger.memberships.get().business
    row = {"entry_draft": entry, "feed_remove": entry.feed, "product_draft": product}[what]
    assert sign_in(stranger).post(url(what, theirs, row.pk)).status_code == 404
    assert (Item.objects.count(), business.feeds.count()) == (0, 1)


def test_an_entry_shows_its_words_and_never_its_markup(
    page: Client, business: Business, entry: FeedEntry
) -> None:
    FeedEntry.objects.update(title="<script>x()</script>", summary="<img src=x onerror=y()>")
    shown = page.get(url("ideas", business)).content.decode()
    assert ("<script>x()" in shown, "<img src=x" in shown) == (False, False)


def test_a_shelf_with_nothing_on_it_shows_how_to_begin(page: Client, business: Business) -> None:
    shown = page.get(url("ideas", business)).content.decode()
    assert "No ideas here yet" in shown
    assert "How a candle is poured, in 20 seconds" in shown


def test_a_long_shelf_has_pages_and_keeps_the_tag(page: Client, business: Business) -> None:
    for n in range(45):
        tags = "wax" if n % 2 else ""
        factories.make_item(business, title=f"Idea {n}", status=Status.IDEA, tags=tags)
    first: Any = page.get(url("ideas", business))
    second: Any = page.get(url("ideas", business), {"page": "2"})
    assert (len(first.context["ideas"]), len(second.context["ideas"])) == (40, 5)
    assert str(first.context["ideas"][0]) == "Idea 44"
    tagged: Any = page.get(url("ideas", business), {"tag": "wax"})
    assert (len(tagged.context["ideas"]), tagged.context["page"].has_other_pages()) == (22, False)
