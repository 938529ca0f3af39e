"""Deciding and moving as a browser sends it, and who may write at all."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.content.models import Item, Status
from waypost.tests import factories

SignIn = Callable[[User], Client]


def url(name: str, business: Business, *args: Any) -> str:
    return reverse(f"content:{name}", args=[business.slug, *args])


def typed(**fields: Any) -> dict[str, Any]:
    return {"title": "Autumn", "kind": "post", "text": "Leaves", "language": "sl", **fields}


def messages(response: Any) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 422
    return {name: list(words) for name, words in response.context["form"].errors.items()}


def decide(browser: Client, business: Business, item: Item, to: str, **extra: Any) -> Any:
    return browser.post(url("set_status", business, item.pk), {"to": to}, **extra)


def test_an_item_goes_through_review(
    page: Client, contributor: User, sign_in: SignIn, business: Business
) -> None:
    item = factories.make_item(business, author=contributor)
    decide(sign_in(contributor), business, item, "in_review")
    response = decide(page, business, item, "approved", follow=True)
    assert messages(response)[-1] == f"“{item.title}” is approved."
    item.refresh_from_db()
    assert item.status == Status.APPROVED
    decide(page, business, item, "draft")
    item.refresh_from_db()
    assert item.status == Status.DRAFT


def test_cancelling_can_be_undone(page: Client, business: Business) -> None:
    item = factories.make_item(business)
    response = decide(page, business, item, "cancelled", follow=True)
    [message] = response.context["messages"]
    undo = str(message.extra_tags).removeprefix("undo:")
    assert undo in response.content.decode().replace("&amp;", "&")
    page.post(undo)
    item.refresh_from_db()
    assert item.status == Status.DRAFT


def test_a_refused_decision_is_a_sentence(page: Client, business: Business) -> None:
    item = factories.make_item(business, status=Status.PUBLISHED)
    response = decide(page, business, item, "cancelled", follow=True)
    assert messages(response) == [
        "This is not possible in the item's present state. Look at it again."
    ]
    assert decide(page, business, item, "published").status_code == 404


def test_moving_can_be_undone(page: Client, business: Business) -> None:
    before = timezone.now() + timedelta(days=3)
    item = factories.make_item(business, status=Status.SCHEDULED, due_at=before)
    response = page.post(
        url("move", business, item.pk),
        {"due_date": "2030-10-05", "due_time": "10:00"},
        follow=True,
    )
    assert response.redirect_chain[0][0].endswith("/content/calendar/?month=2030-10")
    item.refresh_from_db()
    assert item.due_at == datetime(2030, 10, 5, 8, tzinfo=UTC)
    [message] = response.context["messages"]
    page.post(str(message.extra_tags).removeprefix("undo:"))
    item.refresh_from_db()
    assert item.due_at == before


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"due_date": "", "due_time": ""}, ["due_date", "due_time"]),
        ({"due_date": "2020-01-01", "due_time": "10:00"}, ["due_time"]),
        ({"due_date": "2027-03-28", "due_time": "02:10"}, ["due_time"]),
    ],
)
def test_a_move_that_cannot_be_is_said_beside_the_field(
    page: Client, business: Business, fields: dict[str, str], wrong: list[str]
) -> None:
    item = factories.make_item(
        business, status=Status.SCHEDULED, due_at=timezone.now() + timedelta(days=1)
    )
    assert list(errors(page.post(url("move", business, item.pk), fields))) == wrong


@pytest.mark.parametrize("back", ["x", "2026-10-05T10:00", "2026-99-99T10:00Z", ""])
def test_an_undo_with_nonsense_is_not_found(page: Client, business: Business, back: str) -> None:
    item = factories.make_item(business)
    response = page.post(f"{url('move', business, item.pk)}?back={back}")
    assert (response.status_code, Item.objects.get().due_at) == (404, None)


def test_an_undo_that_comes_too_late_is_a_sentence(page: Client, business: Business) -> None:
    item = factories.make_item(business, status=Status.PUBLISHED)
    response = page.post(f"{url('move', business, item.pk)}?back=2026-10-05T10:00:00Z", follow=True)
    assert ["cannot be moved" in message for message in messages(response)] == [True]


def test_a_contributor_does_not_approve(
    contributor: User, sign_in: SignIn, business: Business
) -> None:
    item = factories.make_item(business, status=Status.IN_REVIEW)
    response = decide(sign_in(contributor), business, item, "approved", follow=True)
    assert messages(response) == ["Your role does not allow this. Ask an editor or the owner."]
    assert Item.objects.get().status == Status.IN_REVIEW


PAGES = ["new", "edit", "move", "set_status"]


def ask(browser: Client, business: Business, item: Item, name: str) -> int:
    args = [] if name == "new" else [item.pk]
    return browser.post(url(name, business, *args), typed(to="cancelled", version=1)).status_code


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_writes_nothing(
    stranger: User, sign_in: SignIn, business: Business, name: str
) -> None:
    item = factories.make_item(business, text="Ours")
    browser = sign_in(stranger)
    theirs = stranger.memberships.get().business
    assert ask(browser, business, item, name) == 404
    if name != "new":
        assert ask(browser, theirs, item, name) == 404
    row = Item.objects.get(pk=item.pk)
    assert (row.text, row.status) == ("Ours", Status.DRAFT)


@pytest.mark.parametrize("name", PAGES)
def test_a_viewer_writes_nothing(
    viewer: User, sign_in: SignIn, business: Business, name: str
) -> None:
    item = factories.make_item(business, text="Ours")
    assert ask(sign_in(viewer), business, item, name) == 403
    assert (Item.objects.get().text, Item.objects.get().status) == ("Ours", Status.DRAFT)


def test_a_contributor_writes(contributor: User, sign_in: SignIn, business: Business) -> None:
    sign_in(contributor).post(url("new", business), typed())
    assert (business.items.get().author, business.items.get().text) == (contributor, "Leaves")
