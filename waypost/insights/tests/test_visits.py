"""Orders and visits by UTM tags, from services that answer over HTTP, down to the trace."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.links import tags_for
from waypost.content.models import Item, LinkRule
from waypost.goals.models import Initiative
from waypost.insights import visits
from waypost.insights.models import Reading, Source, Visit, VisitSource
from waypost.insights.numbers import channel_numbers
from waypost.insights.periods import month_of
from waypost.insights.sales import Sales, sold_through
from waypost.insights.store import Entry, Holder, record
from waypost.insights.tagging import Match, Tagging
from waypost.kit.errors import Refusal
from waypost.kit.secrets import unseal
from waypost.providers.errors import Busy, Disconnected
from waypost.providers.tests.fake_visits import FakeAnalytics, FakeShop, order, row
from waypost.providers.visit_sources import SOURCES
from waypost.providers.visits import Found
from waypost.tests import factories

pytestmark = pytest.mark.django_db
SHOP, COUNTER = sorted(SOURCES, key=lambda kind: not SOURCES[kind].is_shop)
NOW = datetime(2026, 11, 12, 10, tzinfo=UTC)
TODAY = date(2026, 11, 12)
NOVEMBER = month_of(TODAY)
D = Decimal


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeShop]:
    with FakeShop() as server:
        monkeypatch.setattr(SOURCES[SHOP], "api", server.url, raising=False)
        yield server


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeAnalytics]:
    with FakeAnalytics() as server:
        for name in ("api", "login"):
            monkeypatch.setattr(SOURCES[COUNTER], name, server.url, raising=False)
        yield server


@pytest.fixture
def x(business: Business) -> Connection:
    LinkRule.objects.create(business=business)
    return factories.make_connection(business, settings={"network": "x"})


@pytest.fixture
def advent(business: Business) -> Initiative:
    return factories.make_initiative(factories.make_goal(business), title="Advent")


@pytest.fixture
def post(business: Business, x: Connection, advent: Initiative) -> Item:
    return factories.make_item(
        business, channels=[x], title="Wreath", link="https://svit.si/a", initiative=advent
    )


def tags_of(item: Item, channel: Connection) -> tuple[str, str, str, str]:
    tags = tags_for(LinkRule.objects.get(business=item.business), item, channel)
    return tuple(visits_word(tags[f"utm_{n}"]) for n in ("source", "medium", "campaign", "content"))  # type: ignore[return-value]


def visits_word(text: str) -> str:
    return "_".join(text.lower().split())


def at(day: int, hour: int = 12) -> int:
    return int(datetime(2026, 11, day, hour, tzinfo=UTC).timestamp())


def connect_shop(business: Business, owner: User) -> VisitSource:
    return visits.connect(business, SHOP, {"store": "77", "token": "secret_wax"}, by=owner)


def connect_counter(business: Business, owner: User, counter: FakeAnalytics) -> VisitSource:
    values = {"property": "42", "key": counter.key_file}
    return visits.connect(business, COUNTER, values, by=owner)


def totals(business: Business) -> dict[str, Any]:
    [found] = channel_numbers(business, NOVEMBER)
    keys = ("sessions", "key_events", "orders", "revenue")
    return {key: found.numbers[key].now.value for key in keys}


def of_initiative(initiative: Initiative) -> Sales:
    none = Item.objects.none().values("pk")
    return sold_through(initiative.business, none, [initiative.pk]).initiatives[initiative.pk]


# --- matching --------------------------------------------------------------------


def test_tags_of_a_post_are_told_by_the_rule(
    business: Business, x: Connection, advent: Initiative, post: Item
) -> None:
    found = Tagging(business)
    assert found.match(tags_of(post, x)) == Match(x.pk, advent.pk, post.pk)
    assert found.match(("X", "Social", "ADVENT", "")) == Match(x.pk, advent.pk, post.pk)
    assert found.match(("x", "social", "advent", "something_else")) == found.match(
        ("x", "social", "advent", "")
    )
    assert found.match(("newsletter", "email", "advent", "")) == Match()


def test_tags_that_several_posts_share_name_only_what_is_the_same(
    business: Business, x: Connection, advent: Initiative, post: Item
) -> None:
    factories.make_item(
        business, channels=[x], title="Star", link="https://svit.si/b", initiative=advent
    )
    assert Tagging(business).match(("x", "social", "advent", "")) == Match(x.pk, advent.pk, None)
    assert Tagging(business).match(tags_of(post, x)) == Match(x.pk, advent.pk, post.pk)


def test_without_a_rule_nothing_matches(business: Business, x: Connection, post: Item) -> None:
    LinkRule.objects.update(active=False)
    assert Tagging(business).match(("x", "social", "advent", "")) == Match()


def test_tags_of_another_business_match_nothing_here(
    business: Business, x: Connection, post: Item
) -> None:
    other = factories.make_business()
    LinkRule.objects.create(business=other)
    assert Tagging(other).match(tags_of(post, x)) == Match()


# --- the shop --------------------------------------------------------------------


def test_a_shop_is_connected_and_its_token_is_sealed(
    business: Business, owner: User, shop: FakeShop
) -> None:
    source = connect_shop(business, owner)
    assert (source.name, source.currency, source.remote_id) == ("Svit", "EUR", "77")
    assert "secret_wax" not in source.sealed_secrets
    assert unseal(source.sealed_secrets)["token"] == "secret_wax"
    again = connect_shop(business, owner)
    assert again == source


@pytest.mark.parametrize(
    ("values", "field"),
    [({"store": "svit.si", "token": "x"}, "store"), ({"store": "77", "token": "no"}, "token")],
)
def test_a_wrong_shop_or_token_is_refused_beside_its_field(
    business: Business, owner: User, shop: FakeShop, values: dict[str, str], field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        visits.connect(business, SHOP, values, by=owner)
    assert refusal.value.field == field
    assert not VisitSource.objects.exists()


def test_a_shop_in_another_currency_is_not_added_up(
    business: Business, owner: User, shop: FakeShop
) -> None:
    shop.currency = "USD"
    with pytest.raises(Refusal, match="sells in USD"):
        connect_shop(business, owner)


def test_orders_reach_channel_initiative_and_post(
    business: Business, owner: User, shop: FakeShop, x: Connection, advent: Initiative, post: Item
) -> None:
    shop.orders = [
        order(1, at(10), 40.5),
        order(2, at(10), 20, refundedAmount=5, paymentStatus="PARTIALLY_REFUNDED"),
        order(3, at(11, 23), 10),  # on the twelfth in Ljubljana
        order(4, at(9), 99, paymentStatus="CANCELLED"),
        order(5, at(9), 7, utmData=None),
    ]
    assert visits.ask(connect_shop(business, owner)) is True
    assert totals(business) == {
        "sessions": None,
        "key_events": None,
        "orders": 3,
        "revenue": D("65.50"),
    }
    days = Reading.objects.filter(metric="orders").order_by("date")
    assert [(r.date.day, int(r.value), str(r.source)) for r in days] == [
        (10, 2, "pulled"),
        (12, 1, "pulled"),
    ]
    sold = Sales(None, 3, D("65.50"))
    assert sold_through(business, Item.objects.none().values("pk"), [advent.pk]).initiatives == {
        advent.pk: sold
    }
    assert sold_through(business, business.items.values("pk")).items == {post.pk: sold}
    assert Visit.objects.filter(connection=None).get().revenue == 7


def test_nothing_is_kept_of_who_bought(
    business: Business, owner: User, shop: FakeShop, x: Connection
) -> None:
    shop.orders = [order(1, at(10), 40)]
    visits.ask(connect_shop(business, owner))
    assert "buyer@example.com" not in str(list(Visit.objects.values()))


def test_every_page_is_read_and_no_order_counts_twice(
    business: Business, owner: User, shop: FakeShop, x: Connection, post: Item
) -> None:
    shop.orders = [order(n, at(10), 1) for n in range(250)]
    shop.orders.insert(120, shop.orders[3])
    visits.ask(connect_shop(business, owner))
    assert totals(business)["orders"] == 250
    assert len(shop.asked("/orders")) == 3


def test_asking_again_replaces_and_takes_away(
    business: Business, owner: User, shop: FakeShop, x: Connection, post: Item
) -> None:
    source = connect_shop(business, owner)
    shop.orders = [order(1, at(10), 40), order(2, at(11), 30)]
    visits.ask(source)
    shop.orders = [order(1, at(10), 25)]
    for _n in range(2):
        visits.ask_now(source)
        source.refresh_from_db()
        assert visits.ask(source) is True
    assert (totals(business)["orders"], totals(business)["revenue"]) == (D(1), D(25))


def test_what_a_person_typed_stands(
    business: Business, owner: User, shop: FakeShop, x: Connection, post: Item
) -> None:
    typed = Entry("orders", date(2026, 11, 10), D(9))
    record(Holder(None, x), [typed], source=Source.TYPED)
    shop.orders = [order(1, at(10), 40)]
    visits.ask(connect_shop(business, owner))
    assert totals(business)["orders"] == 9


def test_two_workers_ask_once(business: Business, owner: User, shop: FakeShop) -> None:
    source = connect_shop(business, owner)
    twin = VisitSource.objects.get()
    assert (visits.ask(source), visits.ask(twin)) == (True, False)
    assert len(shop.asked("/orders")) == 1
    assert visits.due(NOW + timedelta(hours=5)) == []
    assert visits.due(NOW + timedelta(hours=6)) == [source.pk]


def test_a_busy_shop_is_asked_later_and_keeps_what_was_known(
    business: Business, owner: User, shop: FakeShop, x: Connection, post: Item
) -> None:
    source = connect_shop(business, owner)
    shop.orders = [order(1, at(10), 40)]
    visits.ask(source)
    shop.fail_next("/orders", status=503)
    visits.ask_now(source)
    source.refresh_from_db()
    assert visits.ask(source) is False
    source.refresh_from_db()
    assert (source.failures, source.is_broken, source.next_at > NOW) == (1, False, True)
    assert totals(business)["orders"] == 1


def test_a_token_that_was_taken_back_is_said_and_not_tried_again(
    business: Business, owner: User, shop: FakeShop
) -> None:
    source = connect_shop(business, owner)
    shop.token = "secret_new"
    assert visits.ask(source) is False
    source.refresh_from_db()
    assert (source.is_broken, source.reason) == (
        True,
        "Ecwid does not let Waypost read this shop any more.",
    )
    assert visits.due(NOW + timedelta(days=9)) == []


# --- the counter of visits -------------------------------------------------------


def test_a_service_account_signs_and_reads_visits_by_tags(
    business: Business,
    owner: User,
    counter: FakeAnalytics,
    x: Connection,
    advent: Initiative,
    post: Item,
) -> None:
    nothing = ("(not set)", "(not set)", "(not set)", "(not set)")
    counter.rows = [
        row("20261110", tags_of(post, x), 40, 3, 2, 61.25),
        row("20261111", tags_of(post, x), 10, 1, 0, 0),
        row("20261111", ("x", "social", "advent", "other"), 5, 0, 1, 9),
        row("20261111", nothing, 500, 9, 4, 200),
        row("20261111", ("(direct)", "(none)", "(not set)", ""), 1, 0, 0, 0),
    ]
    assert visits.ask(connect_counter(business, owner, counter)) is True
    assert totals(business) == {
        "sessions": 55,
        "key_events": 4,
        "orders": 3,
        "revenue": D("70.25"),
    }
    assert sold_through(business, Item.objects.none().values("pk"), [advent.pk]).initiatives == {
        advent.pk: Sales(55, 3, D("70.25"))
    }
    assert Visit.objects.get(utm_source="").sessions == 501
    [asked] = [r.json for r in counter.asked(":runReport") if "currencyCode" in r.json]
    assert asked["currencyCode"] == "EUR"
    assert asked["dateRanges"] == [{"startDate": "2026-08-14", "endDate": "2026-11-12"}]


def test_a_later_look_reads_three_days(
    business: Business, owner: User, counter: FakeAnalytics
) -> None:
    source = connect_counter(business, owner, counter)
    visits.ask(source)
    visits.ask_now(source)
    source.refresh_from_db()
    visits.ask(source)
    assert counter.requests[-1].json["dateRanges"] == [
        {"startDate": "2026-11-09", "endDate": "2026-11-12"}
    ]


def test_a_shop_knows_orders_better_than_a_counter_of_visits(
    business: Business,
    owner: User,
    counter: FakeAnalytics,
    shop: FakeShop,
    x: Connection,
    advent: Initiative,
    post: Item,
) -> None:
    counter.rows = [row("20261110", tags_of(post, x), 40, 3, 9, 999)]
    shop.orders = [order(1, at(10), 40)]
    visits.ask(connect_shop(business, owner))
    visits.ask(connect_counter(business, owner, counter))
    assert totals(business) == {"sessions": 40, "key_events": 3, "orders": 1, "revenue": D(40)}
    assert sold_through(business, Item.objects.none().values("pk"), [advent.pk]).initiatives == {
        advent.pk: Sales(40, 1, D(40))
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"property": "G-ABC"}, "property"),
        ({"property": "43"}, "property"),
        ({"key": "{}"}, "key"),
        ({"key": "no json"}, "key"),
        ({"key": '{"client_email": "a", "private_key": "no key"}'}, "key"),
    ],
)
def test_a_wrong_property_or_key_is_refused_beside_its_field(
    business: Business, owner: User, counter: FakeAnalytics, change: dict[str, str], field: str
) -> None:
    values = {"property": "42", "key": counter.key_file, **change}
    with pytest.raises(Refusal) as refusal:
        visits.connect(business, COUNTER, values, by=owner)
    assert refusal.value.field == field


def test_an_answer_that_cannot_be_read_is_tried_later(
    business: Business, owner: User, counter: FakeAnalytics
) -> None:
    source = connect_counter(business, owner, counter)
    found = Found(source.remote_id, "", "", unseal(source.sealed_secrets))
    counter.rows = [{"dimensionValues": [{"value": "20261110"}], "metricValues": []}]
    zone = ZoneInfo("UTC")
    with pytest.raises(Busy):
        SOURCES[COUNTER].read(found, TODAY - timedelta(9), TODAY, zone=zone, currency="EUR")
    counter.is_viewer = False
    with pytest.raises(Disconnected):
        SOURCES[COUNTER].read(found, TODAY, TODAY, zone=zone, currency="EUR")


# --- the pages -------------------------------------------------------------------


def test_an_owner_connects_a_shop_on_its_page(
    page: Client, business: Business, shop: FakeShop
) -> None:
    address = reverse("insights:source_connect", args=[business.slug, SHOP])
    wrong: Any = page.post(address, {"store": "77", "token": "no"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["token"])
    assert page.post(address, {"store": "77", "token": "secret_wax"}).status_code == 302
    listed: Any = page.get(reverse("insights:sources", args=[business.slug]))
    assert [str(row) for row, _service in listed.context["sources"]] == ["Svit"]
    assert "secret_wax" not in listed.content.decode()


def test_a_service_that_does_not_exist_is_not_found(page: Client, business: Business) -> None:
    address = reverse("insights:source_connect", args=[business.slug, "nothing"])
    assert page.get(address).status_code == 404


def test_taking_a_source_away_deletes_its_access(
    page: Client, business: Business, owner: User, shop: FakeShop, x: Connection, post: Item
) -> None:
    shop.orders = [order(1, at(10), 40)]
    source = connect_shop(business, owner)
    visits.ask(source)
    page.post(reverse("insights:source_remove", args=[business.slug, source.pk]))
    assert (VisitSource.objects.count(), Visit.objects.count()) == (0, 0)
    assert totals(business)["orders"] == 1
