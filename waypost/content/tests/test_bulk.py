"""Many posts at once: looked through first, done to those that allow it, taken back."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business
from waypost.content.models import Item, Status
from waypost.tests import factories


def at(day: int) -> datetime:
    return datetime(2026, 10, day, 8, tzinfo=UTC)


@pytest.fixture
def items(business: Business) -> list[Item]:
    make = factories.make_item
    return [
        make(business, title="One", due_at=at(5)),
        make(business, title="Two", due_at=at(22)),
        make(business, title="Out", due_at=at(6), status=Status.PUBLISHED),
    ]


def address(business: Business, verb: str, name: str = "bulk") -> str:
    return reverse(f"content:{name}", args=[business.slug, verb])


def picked(items: list[Item], **more: Any) -> dict[str, Any]:
    return {"pick": [item.pk for item in items], **more}


def days_of(items: list[Item]) -> list[int]:
    return [item.due_at.day for item in Item.objects.order_by("pk") if item.due_at]


def test_the_preview_names_them_and_does_nothing(
    page: Client, business: Business, items: list[Item]
) -> None:
    body = page.get(address(business, "cancel"), picked(items)).content.decode()
    assert [item.title in body for item in items] == [True, True, True]
    assert not Item.objects.filter(status=Status.CANCELLED).exists()


def test_a_move_goes_over_the_night_of_the_clock_and_back(
    page: Client, business: Business, items: list[Item]
) -> None:
    said = page.post(address(business, "move"), picked(items, days="7"), follow=True)
    body = said.content.decode()
    assert days_of(items) == [12, 29, 6]
    assert "2 posts are done." in body
    assert "Out: This item cannot be moved now." in body
    assert Item.objects.get(title="Two").due_at == datetime(2026, 10, 29, 9, tzinfo=UTC)
    undo = body.split("/bulk/move/undo/")[1].split('"')[0].replace("&amp;", "&")
    page.post(f"{address(business, 'move', 'bulk_undo')}{undo}")
    assert days_of(items) == [5, 22, 6]


def test_cancelling_is_taken_back(page: Client, business: Business, items: list[Item]) -> None:
    page.post(address(business, "cancel"), picked(items))
    assert Item.objects.filter(status=Status.CANCELLED).count() == 2
    query = "&".join(f"pick={item.pk}" for item in items[:2])
    page.post(f"{address(business, 'cancel', 'bulk_undo')}?{query}")
    assert Item.objects.filter(status=Status.DRAFT).count() == 2


def test_approving_many_keeps_the_rules(
    page: Client, business: Business, items: list[Item]
) -> None:
    page.post(address(business, "approve"), picked(items))
    found = Item.objects.order_by("pk").values_list("status", flat=True)
    assert list(found) == [Status.APPROVED, Status.APPROVED, Status.PUBLISHED]


def test_posts_of_others_are_not_touched(page: Client, business: Business) -> None:
    theirs = factories.make_item(factories.make_business(), due_at=at(5))
    page.post(address(business, "cancel"), picked([theirs]))
    assert Item.objects.get().status == Status.DRAFT


def test_ticking_none_says_so(page: Client, business: Business) -> None:
    response = page.get(address(business, "move"), follow=True)
    assert b"Tick at least one post first." in response.content


def test_nonsense_stays_in_the_form(page: Client, business: Business, items: list[Item]) -> None:
    answer = page.post(address(business, "move"), picked(items, days="soon"))
    assert answer.status_code == 422
    assert page.get(address(business, "sell"), picked(items)).status_code == 404
