"""Tasks on the page of a post, and the post on the card of a task."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.board.actions import add_card, remove
from waypost.content.models import Item
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(business: Business) -> Item:
    return factories.make_item(business, title="Advent set", text="Vier Kerzen.")


def url(name: str, item: Item, *more: int) -> str:
    return reverse(f"publishing:{name}", args=[item.business.slug, item.pk, *more])


def show(client: Client, item: Item) -> str:
    answer = client.get(url("item", item))
    assert answer.status_code == 200
    return answer.content.decode()


def add(client: Client, item: Item, **values: Any) -> str:
    """The page after the form was sent."""
    answer = client.post(url("task_add", item), values, follow=True)
    assert answer.redirect_chain == [(url("item", item) + "#tasks", 302)]
    return str(answer.content.decode())


def test_a_page_without_tasks_says_what_they_are_for(page: Client, item: Item) -> None:
    assert "such as taking its pictures" in show(page, item)


def test_a_new_task_belongs_to_the_post_and_its_initiative(
    page: Client, business: Business
) -> None:
    initiative = factories.make_initiative(factories.make_goal(business))
    item = factories.make_item(business, title="Advent set", initiative=initiative)
    text = add(page, item, title="Take the pictures")
    task = business.tasks.get()
    assert (task.title, task.initiative, task.status) == (
        "Take the pictures",
        initiative,
        "backlog",
    )
    assert [(link.key, link.title, link.path) for link in task.links.all()] == [
        (f"content/item/{item.pk}", "Advent set", url("item", item))
    ]
    assert "The task “Take the pictures” belongs to this post." in text
    assert reverse("board:task", args=[business.slug, task.pk]) in text


def test_a_task_of_the_board_is_taken_in_once_and_let_go(
    page: Client, item: Item, business: Business, owner: User
) -> None:
    task = add_card(business, by=owner, title="Tie the ribbon")
    assert "Tie the ribbon</option>" in show(page, item)
    text = add(page, item, task=task.pk)
    assert "Tie the ribbon</option>" not in text
    answer = page.post(url("task_remove", item, task.pk), follow=True)
    assert "“Tie the ribbon” is on the board still." in answer.content.decode()
    assert not task.links.exists()
    assert business.tasks.on_board().get() == task


def test_the_card_leads_back_to_the_post(page: Client, item: Item, business: Business) -> None:
    add(page, item, title="Take the pictures")
    task = business.tasks.get()
    card = page.get(reverse("board:task", args=[business.slug, task.pk])).content.decode()
    assert f'href="{url("item", item)}"' in card


def test_nothing_typed_and_nothing_chosen_is_explained(
    page: Client, item: Item, business: Business
) -> None:
    assert "Write what is to be done, or choose a task." in add(page, item)
    assert not business.tasks.exists()


def test_a_task_of_another_business_cannot_be_taken_in(
    page: Client, item: Item, stranger: User
) -> None:
    theirs = add_card(stranger.memberships.get().business, by=stranger, title="Theirs")
    add(page, item, task=theirs.pk)
    assert not theirs.links.exists()


def test_a_removed_task_is_not_shown(
    page: Client, item: Item, business: Business, owner: User
) -> None:
    add(page, item, title="Take the pictures")
    remove(business.tasks.get(), by=owner)
    assert "such as taking its pictures" in show(page, item)


def test_a_viewer_sees_the_tasks_and_changes_nothing(
    page: Client, item: Item, viewer: User, sign_in: Callable[[User], Client]
) -> None:
    add(page, item, title="Take the pictures")
    text = show(sign_in(viewer), item)
    assert "Take the pictures" in text
    assert url("task_add", item) not in text
    assert sign_in(viewer).post(url("task_add", item), {"title": "No"}).status_code == 403
