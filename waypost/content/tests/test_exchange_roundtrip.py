"""What an export writes is read back unchanged, whatever stands in it."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.content.exchange.agenda import agenda
from waypost.content.exchange.rows import Wanted, items_of, rows_of
from waypost.content.exchange.sheet import CELLS
from waypost.content.models import Item, Kind, Status, Variant
from waypost.content.tests.exchange_world import NOON, Shop
from waypost.documents.letters import UNPRINTABLE
from waypost.tests import factories

pytestmark = pytest.mark.django_db

LETTERS = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n")
TEXTS = st.text(LETTERS, max_size=60).map(lambda text: UNPRINTABLE.sub("", text))
TRICKY = st.sampled_from(
    ["=1+1", "'quoted", "-5", "@me; you", 'a "b", c', "#one #two", "\n=x", "-"]
)
TITLES = st.text(LETTERS, min_size=1, max_size=40).map(lambda text: " ".join(text.split()))
MOMENTS = st.datetimes(
    dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31), timezones=st.just(dt.UTC)
)


@st.composite
def posts(draw: Any) -> dict[str, Any]:
    return {
        "title": draw(TITLES.filter(bool)),
        "text": draw(TEXTS | TRICKY),
        "kind": draw(st.sampled_from(Kind.values)),
        "status": draw(st.sampled_from(Status.values)),
        "due_at": draw(st.none() | MOMENTS),
        "link": draw(st.sampled_from(["", "https://shop.example/a?b=1&c=2"])),
        "language": draw(st.sampled_from(["", "sl", "de"])),
        "cta": draw(st.sampled_from(["", "Order now", "=Order"])),
        "boost": draw(st.none() | st.sampled_from(["0.00", "12.50", "1234.00"]).map(Decimal)),
        "tags": draw(st.sampled_from(["", "wax, autumn"])),
        "channels": draw(st.sets(st.sampled_from([0, 1]))),
        "own_text": draw(st.just("") | TEXTS.filter(str.strip)),
        "related": draw(st.booleans()),
    }


def make(shop: Shop, told: dict[str, Any]) -> Item:
    channels = [(shop.page, shop.pins)[place] for place in sorted(told.pop("channels"))]
    own = told.pop("own_text")
    if told.pop("related"):
        told |= {"goal": shop.goal, "initiative": shop.initiative, "persona": shop.persona}
        told |= {"product": shop.product, "owner": shop.owner, "reviewer": shop.owner}
    item: Item = shop.item(*channels, **told)
    if channels:
        Variant.objects.filter(item=item, connection=channels[-1]).update(text=own)
    return item


@pytest.mark.parametrize("format_name", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "sl"])
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(posts(), min_size=1, max_size=4))
def test_a_file_of_ours_brings_nothing_new(
    business: Business, told: list[dict[str, Any]], language: str, format_name: str
) -> None:
    empty(business)
    shop = Shop(business)
    for post in told:
        make(shop, post)
    with translation.override(language):
        content = shop.written(format_name)
    plan = shop.plan(content, f"plan.{format_name}")
    assert [(post.what, post.changes, post.message) for post in plan.posts] == [
        ("unchanged", (), "")
    ] * len(told)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(told=st.lists(posts(), min_size=1, max_size=4))
def test_in_another_business_the_same_calendar_comes_of_it(
    business: Business, told: list[dict[str, Any]]
) -> None:
    empty(business)
    shop, other = Shop(business), Shop(factories.make_business())
    for place, post in enumerate(told):
        # Two posts that say the same at the same time on the same channel are taken for one.
        own = post["own_text"] and f"{place} {post['own_text']}"
        post |= {"status": Status.DRAFT, "text": f"{place} {post['text']}".strip()}
        make(shop, post | {"own_text": own})
    business.items.update(owner=None, reviewer=None)  # other people are there
    other.bring(shop.written())
    assert cells(other) == cells(shop)


def empty(business: Business) -> None:
    for rows in (business.items, business.connections, business.goals, business.personas):
        rows.all().delete()
    business.products.all().delete()


def cells(shop: Shop) -> list[tuple[object, ...]]:
    """What a file says, apart from the number of a post; ends of texts do not count."""
    names = [name for name in CELLS if name != "number"]
    rows = [[CELLS[name](row) for name in names] for row in rows_of(shop.business, Wanted())]
    return [
        tuple(
            "\n".join(line.rstrip() for line in cell.strip().splitlines())
            if isinstance(cell, str)
            else cell
            for cell in row
        )
        for row in rows
    ]


def test_a_filtered_file_leaves_the_other_channels_alone(business: Business) -> None:
    shop = Shop(business)
    item = shop.item(shop.page, shop.pins, due_at=NOON)
    rows = rows_of(business, Wanted({"channel": shop.pins.pk}))
    assert [row.variant and row.variant.connection for row in rows] == [shop.pins]
    assert item.variants.count() == 2


def test_the_second_of_two_equal_times_is_told_apart(business: Business) -> None:
    shop = Shop(business)
    second = dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)
    shop.item(shop.page, due_at=second)
    rows = rows_of(business, Wanted())
    assert rows[0].clock == "02:30+01:00"
    other = Shop(factories.make_business())
    other.bring(shop.written())
    assert other.business.items.get().due_at == second
    event = agenda(business, items_of(business, Wanted())).events[0]
    assert event.start.fold == 1  # type: ignore[attr-defined]


def test_days_are_those_on_the_wall_of_the_business(business: Business) -> None:
    shop = Shop(business)
    with time_machine.travel(NOON, tick=False):
        late = dt.datetime(2026, 10, 11, 22, 30, tzinfo=dt.UTC)  # half past midnight here
        shop.item(shop.page, due_at=late)
    day = dt.date(2026, 10, 12)
    assert len(rows_of(business, Wanted(first=day, last=day))) == 1
    assert rows_of(business, Wanted(last=day - dt.timedelta(days=1))) == []
