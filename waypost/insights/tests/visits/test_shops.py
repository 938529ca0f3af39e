"""Orders of a shop, down to the trace."""

from datetime import date, timedelta

import pytest

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.goals.models import Initiative
from waypost.insights import visits
from waypost.insights.models import Reading, Source, Visit, VisitSource
from waypost.insights.sales import Sales, sold_through
from waypost.insights.store import Entry, Holder, record
from waypost.insights.tests.visits.world import (
    NOW,
    SHOP,
    D,
    at,
    connect_shop,
    of_initiative,
    totals,
)
from waypost.kit.errors import Refusal
from waypost.kit.secrets import unseal
from waypost.providers.tests.fake_visits import FakeShop, order

pytestmark = pytest.mark.django_db


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


def test_an_order_without_tags_is_known_by_its_coupon_and_the_page_before(
    business: Business, owner: User, shop: FakeShop, x: Connection, advent: Initiative, post: Item
) -> None:
    referer = "https://t.co/Ab1"
    shop.orders = [
        order(1, at(10), 40, utmData=None, globalReferer=referer),
        order(2, at(10), 30, utmData={}, discountCoupon={"code": "ADVENT"}),
        order(
            3, at(10), 20, utmData=None, globalReferer=referer, discountCoupon={"code": "Advent"}
        ),
        order(4, at(10), 10, utmData=None, globalReferer="https://search.example/"),
        order(5, at(10), 5, discountCoupon={"code": "OTHER"}),  # its tags are known
    ]
    visits.ask(connect_shop(business, owner))
    assert totals(business)["revenue"] == D("65")  # 40 + 20 + 5
    assert of_initiative(advent) == Sales(None, 3, D("55"))  # 30 + 20 + 5
    assert Visit.objects.get(connection=None, initiative=None).revenue == 10


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
