"""Clicks on our own short links, by channel and post."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item, LinkDay, ShortLink
from waypost.insights.best_posts import best
from waypost.insights.channel_costs import channel_costs
from waypost.insights.clicks import clicks_by_channel
from waypost.insights.month_grid import asked_of
from waypost.insights.numbers import channel_numbers, total
from waypost.insights.periods import Period, month_of
from waypost.insights.tests.test_numbers import keep, month, publish
from waypost.tests import factories

pytestmark = pytest.mark.django_db
SEPTEMBER, AUGUST = month_of(date(2026, 9, 1)), month_of(date(2026, 8, 1))


def follow(item: Item, channel: Connection, days: dict[date, int]) -> None:
    link = ShortLink.objects.create(
        business=item.business,
        item=item,
        connection=channel,
        code=f"{item.pk}x{channel.pk}",
        target="https://example.com",
    )
    for day, clicks in days.items():
        LinkDay.objects.create(link=link, date=day, clicks=clicks)


@pytest.fixture
def followed(business: Business, account: Connection) -> Item:
    """A post of September whose link was followed in three months."""
    publish(account, 10, likes=5)
    item = business.items.get()
    days = {date(2026, 8, 31): 2, date(2026, 9, 1): 3, date(2026, 9, 30): 4, date(2026, 10, 1): 8}
    follow(item, account, days)
    return item


def test_clicks_are_summed_within_each_time(
    business: Business, account: Connection, followed: Item
) -> None:
    assert clicks_by_channel(business, SEPTEMBER, AUGUST) == [{account.pk: 7}, {account.pk: 2}]
    assert clicks_by_channel(business, Period(date(2026, 1, 1), date(2026, 1, 31))) == [{}]


def test_clicks_of_another_business_are_not_seen(business: Business, followed: Item) -> None:
    other_business = factories.make_business()
    assert clicks_by_channel(other_business, SEPTEMBER) == [{}]
    assert best(other_business, SEPTEMBER)["own_clicks"] == []


def test_a_channel_tells_clicks_of_both_kinds_with_their_source(
    business: Business, account: Connection, followed: Item
) -> None:
    keep(account, month("link_clicks", 30))
    [row] = channel_numbers(business, SEPTEMBER)
    own, told = row.numbers["own_clicks"], row.numbers["link_clicks"]
    assert (own.now.value, own.before.value, own.source) == (Decimal(7), Decimal(2), "counted")
    assert (told.now.value, told.source) == (Decimal(30), "typed")
    assert own.now.note == ""
    assert row.sources == (
        ("Counted by Waypost", "Likes, Clicks on short links, Posts"),
        ("Typed by you", "Clicks on links"),
    )
    assert total([row]).numbers["own_clicks"].now.value == 7


def test_a_channel_without_short_links_says_so(business: Business, account: Connection) -> None:
    [row] = channel_numbers(business, SEPTEMBER)
    clicks = row.numbers["own_clicks"].now
    assert clicks.value is None
    assert clicks.reason == "None of its posts has a short link of yours that was followed."


def test_a_click_costs_by_our_count_where_the_network_tells_none(
    business: Business, account: Connection, followed: Item
) -> None:
    keep(account, month("ad_spend", 21))
    [cost] = channel_costs(business, channel_numbers(business, SEPTEMBER), SEPTEMBER)
    assert cost.click.value == 3
    keep(account, month("link_clicks", 42))
    [cost] = channel_costs(business, channel_numbers(business, SEPTEMBER), SEPTEMBER)
    assert cost.click.value == Decimal("0.5")


def test_nobody_types_what_is_counted(
    business: Business, account: Connection, followed: Item
) -> None:
    [row] = channel_numbers(business, SEPTEMBER)
    assert "own_clicks" not in [each.key for each in asked_of(row, everything=True)]


def test_posts_stand_by_the_clicks_on_their_links(
    page: Client, business: Business, account: Connection, followed: Item
) -> None:
    publish(account, 11, likes=9)
    [(sent, clicks)] = best(business, SEPTEMBER)["own_clicks"]
    assert (sent, clicks) == (followed.deliveries.get().pk, 7)
    address = reverse("insights:posts", args=[business.slug])
    answer: Any = page.get(f"{address}?from=2026-09-01&to=2026-09-30")
    followed_most = answer.context["best"]["own_clicks"]
    assert [(row.item, row.value) for row in followed_most] == [(followed.pk, 7)]
