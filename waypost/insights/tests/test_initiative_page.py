"""The page of an initiative: its posts, channel by channel."""

from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.insights.tests.autumn import NOW, at, publish, snapshot, url
from waypost.publishing.models import Status
from waypost.tests import factories


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_the_page_of_an_initiative_shows_each_post_channel_by_channel(
    page: Client, business: Business, account: Connection
) -> None:
    goal = factories.make_goal(business, title="Be louder")
    initiative = factories.make_initiative(goal, title="Loud", expected_contribution=Decimal(60))
    sent = publish(account, at(5), title="Sent post", initiative=initiative)
    snapshot(sent, at(6), 40)
    by_hand = factories.make_connection(business)
    factories.make_delivery(sent.item, by_hand, status=Status.YOUR_TURN)
    gone = factories.make_connection(business)
    factories.make_delivery(sent.item, gone, status=Status.WITHDRAWN)
    factories.make_item(
        business, title="Planned post", initiative=initiative, channels=[account, by_hand]
    )
    answer = page.get(url(business, "initiative", initiative.pk))
    planned, published = answer.context["posts"].rows
    assert (planned.item.title, planned.channels) == ("Planned post", [])
    assert set(planned.planned) == {account, by_hand}
    assert [channel.interactions for channel in published.channels] == [40, None]
    assert published.channels[1].missing == "It is not published."
    text = answer.content.decode()
    assert "1 post went out." in text
    assert "Interactions so far: 40." in text
    assert reverse("goals:goal", args=[business.slug, goal.pk]) in text
    assert "Your turn" in text


def test_an_initiative_with_many_posts_asks_no_more(
    page: Client, business: Business, account: Connection, django_assert_max_num_queries: Any
) -> None:
    initiative = factories.make_initiative(factories.make_goal(business))
    for number in range(30):
        item = publish(account, at(1 + number % 11), initiative=initiative).item
        factories.make_delivery(item, factories.make_connection(business))
    with django_assert_max_num_queries(15):
        answer = page.get(url(business, "initiative", initiative.pk))
    assert len(answer.context["posts"].rows) == 30
