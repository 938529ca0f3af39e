"""Visits from a counter, and the page where sources are connected."""

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.goals.models import Initiative
from waypost.insights import visits
from waypost.insights.models import Visit, VisitSource
from waypost.insights.sales import Sales, sold_through
from waypost.insights.tests.visits.world import (
    COUNTER,
    SHOP,
    TODAY,
    D,
    at,
    connect_counter,
    connect_shop,
    tags_of,
    totals,
)
from waypost.kit.errors import Refusal
from waypost.kit.secrets import unseal
from waypost.providers.errors import Busy, Disconnected
from waypost.providers.tests.fake_visits import FakeAnalytics, FakeShop, order, row
from waypost.providers.visit_sources import SOURCES
from waypost.providers.visits import Found

pytestmark = pytest.mark.django_db


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


CLIENT_FILE = '{"installed": {"client_id": "1.apps.example", "client_secret": "s"}}'


@pytest.mark.parametrize(
    ("state", "change", "field", "words"),
    [
        ({"is_switched_on": False}, {}, "key", "is not switched on. Do the first step"),
        ({"takes_key": False}, {}, "key", "Google does not accept the key: Bad claim"),
        ({"is_viewer": False}, {}, "property", "wp@svit.iam.example read the property 42."),
        ({}, {"property": "43"}, "property", "Check the number, and add this address as a viewer"),
        ({}, {"key": CLIENT_FILE}, "key", "This is the file of an OAuth client."),
        ({}, {"key": "[]"}, "key", "This is not the JSON key of a service account."),
        ({}, {"key": "5"}, "key", "This is not the JSON key of a service account."),
        ({}, {"property": "G-ABC12"}, "property", "G-… is something else."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_with_what_to_do(
    page: Client,
    business: Business,
    counter: FakeAnalytics,
    state: dict[str, bool],
    change: dict[str, str],
    field: str,
    words: str,
) -> None:
    for name, value in state.items():
        setattr(counter, name, value)
    address = reverse("insights:source_connect", args=[business.slug, COUNTER])
    values = {"property": "42", "key": counter.key_file, **change}
    answer: Any = page.post(address, values)
    assert answer.status_code == 422
    [(place, [said])] = answer.context["form"].errors.items()
    assert (place, words in said) == (field, True)
    assert not VisitSource.objects.exists()


def test_the_steps_stand_above_the_fields_with_their_addresses(
    page: Client, business: Business
) -> None:
    for kind, number in ((COUNTER, 5), (SHOP, 3)):
        answer = page.get(reverse("insights:source_connect", args=[business.slug, kind]))
        steps = re.findall(r"<li>(.*?)</li>", answer.content.decode().split("<ol")[1])
        assert len(steps) == number
        assert 'href="https://' in steps[0]


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
