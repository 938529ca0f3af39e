"""Call to action, boost, tagged link and reach in the files of the calendar."""

from decimal import Decimal
from typing import Any

import pytest

from waypost.accounts.models import Business
from waypost.content.exchange.rows import Outcome, Wanted, rows_of
from waypost.content.exchange.sheet import CELLS
from waypost.content.models import Item, LinkRule
from waypost.content.tests.exchange_world import NOON, Shop

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(business: Business) -> Shop:
    return Shop(business)


def cells(shop: Shop, **known: Any) -> list[dict[str, Any]]:
    rows = rows_of(shop.business, Wanted(), **known)
    return [{name: cell(row) for name, cell in CELLS.items()} for row in rows]


def test_the_link_stands_there_with_the_tags_of_each_channel(shop: Shop) -> None:
    LinkRule.objects.create(business=shop.business, campaign="", content="")
    shop.item(shop.page, shop.pins, link="https://svit.si/?a=1", title="Wax")
    assert [row["utm"] for row in cells(shop)] == [
        "https://svit.si/?a=1&utm_source=facebook&utm_medium=social",
        "https://svit.si/?a=1&utm_source=pinterest&utm_medium=social",
    ]
    assert {row["link"] for row in cells(shop)} == {"https://svit.si/?a=1"}


def test_without_a_rule_there_is_no_second_link(shop: Shop) -> None:
    shop.item(shop.page, link="https://svit.si/", title="Wax")
    assert [row["utm"] for row in cells(shop)] == [""]


def test_the_rule_is_asked_for_once(shop: Shop, django_assert_num_queries: Any) -> None:
    for number in range(5):
        shop.item(shop.page, link="https://svit.si/", title=f"Wax {number}")
    with django_assert_num_queries(4):
        cells(shop)


def test_reach_is_told_by_whoever_knows(shop: Shop) -> None:
    item = shop.item(shop.page, title="Wax")
    known = {(item.pk, shop.page.pk): Outcome("https://x.example/1", 1200, 34)}
    [row] = cells(shop, outcomes=lambda *_asked: known)
    assert (row["url"], row["reach"], row["interactions"]) == ("https://x.example/1", 1200, 34)


@pytest.mark.parametrize(
    ("written", "read"),
    [("12.50", "12.50"), ("12,5", "12.50"), ("€ 20", "20.00"), ("20 EUR", "20.00"), ("0", "0.00")],
)
def test_what_people_write_as_a_boost_is_read(shop: Shop, written: str, read: str) -> None:
    shop.bring(f'Title,CTA,Boost €\nWax, Order  now ,"{written}"\n')
    item = Item.objects.get()
    assert (item.cta, item.boost) == ("Order now", Decimal(read))


@pytest.mark.parametrize("written", ["much", "-5", "10000000"])
def test_a_boost_that_is_none_is_told_beside_its_column(shop: Shop, written: str) -> None:
    [post] = shop.plan(f"Title,Boost\nWax,{written}\n").posts
    assert post.what == "error"
    assert post.message.startswith("Boost: ")


def test_a_file_changes_both_and_says_what_was_there(shop: Shop) -> None:
    shop.item(shop.page, title="Wax", cta="Order now", boost=Decimal("12.50"), due_at=NOON)
    content = shop.written().decode("utf-8-sig")
    plan = shop.plan(content.replace("Order now", "Write us").replace("12.5", "30"))
    [post] = plan.posts
    assert [(each.what, each.old, each.new) for each in post.changes] == [
        ("Call to action", "Order now", "Write us"),
        ("Boost", "12.50", "30.00"),
    ]


def test_the_tagged_link_of_a_file_is_not_read_back(shop: Shop) -> None:
    shop.bring(
        "Title,Link,Link with UTM tags\nWax,https://svit.si/,https://svit.si/?utm_source=x\n"
    )
    assert Item.objects.get().link == "https://svit.si/"
