"""The owner's own limit of posts a day for one account."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def instagram(business: Business) -> Connection:
    return factories.make_connection(
        business, handle="svitinsat", settings={"network": "instagram", "handle": "svitinsat"}
    )


def url(connection: Connection) -> str:
    return reverse("connections:cap", args=[connection.business.slug, connection.pk])


def test_the_page_tells_the_number_of_the_network(page: Client, instagram: Connection) -> None:
    assert "The network itself takes at most 100." in page.get(url(instagram)).content.decode()


def test_a_network_without_a_number_of_its_own_says_nothing_of_one(
    page: Client, business: Business
) -> None:
    facebook = factories.make_connection(business)
    assert "The network itself" not in page.get(url(facebook)).content.decode()


def test_a_limit_is_saved_shown_and_taken_away(page: Client, instagram: Connection) -> None:
    answer = page.post(url(instagram), {"daily_cap": "3"}, follow=True)
    assert "svitinsat gets at most 3 posts within 24 hours." in answer.content.decode()
    instagram.refresh_from_db()
    assert (instagram.daily_cap, instagram.cap) == (3, 3)
    assert "at most 3 posts a day" in answer.content.decode()
    assert 'value="3"' in page.get(url(instagram)).content.decode()

    page.post(url(instagram), {"daily_cap": ""})
    instagram.refresh_from_db()
    assert (instagram.daily_cap, instagram.cap) == (None, 100)


@pytest.mark.parametrize("typed", ["0", "-1", "many", "1001"])
def test_a_limit_that_makes_no_sense_stands_beside_its_field(
    page: Client, instagram: Connection, typed: str
) -> None:
    answer: Any = page.post(url(instagram), {"daily_cap": typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["daily_cap"]
    assert f'value="{typed}"' in answer.content.decode()
    instagram.refresh_from_db()
    assert instagram.daily_cap is None
