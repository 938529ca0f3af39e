"""The tasks on the page of their initiative, as each role sees them."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.board.models import Task
from waypost.goals.models import Initiative
from waypost.tests import factories

SignIn = Callable[[User], Client]


@pytest.fixture
def initiative(business: Business) -> Initiative:
    return factories.make_initiative(factories.make_goal(business), title="Advent")


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"board:{name}", args=[business.slug, *args])


def page_of(initiative: Initiative) -> str:
    return reverse("insights:initiative", args=[initiative.business.slug, initiative.pk])


def written(page: Client, address: str, **changes: str) -> dict[str, str]:
    """What a browser sends from the page of a task when ``changes`` were typed."""
    answer = page.get(address)
    form, html = answer.context["form"], answer.content.decode()
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', html))
    values = {each.html_name: each.value() for each in form if each.value() is not None}
    return {**hidden, **{name: str(value) for name, value in values.items()}, **changes}


def test_a_task_is_added_and_shown(
    page: Client, business: Business, initiative: Initiative
) -> None:
    empty = page.get(page_of(initiative)).content.decode()
    assert "Smaller steps that fit into a day or a week." in empty
    answer = page.post(url(business, "task_new", initiative.pk), {"title": "Cut the reel"})
    assert answer["Location"] == page_of(initiative) + "#tasks"
    shown = page.get(page_of(initiative)).content.decode()
    assert "Cut the reel" in shown
    assert "0 of 1 task is done." in shown
    assert "counted from its tasks" in shown


def test_an_empty_task_is_refused_beside_the_field(
    page: Client, business: Business, initiative: Initiative
) -> None:
    answer = page.post(url(business, "task_new", initiative.pk), {"title": " "})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"title": ["Write what is to be done."]}
    assert not Task.objects.exists()


def test_a_task_is_renamed_and_given_to_somebody(
    page: Client, business: Business, initiative: Initiative, editor: User
) -> None:
    task = factories.make_task(initiative, title="Cut")
    due = date.today() - timedelta(days=1)
    entry = {"title": "Cut the reel", "assignee": str(editor.pk), "due_date": due.isoformat()}
    address = url(business, "task", task.pk)
    page.post(address, written(page, address, **entry))
    task.refresh_from_db()
    assert (task.title, task.assignee, task.due_date) == ("Cut the reel", editor, due)
    shown = page.get(page_of(initiative)).content.decode()
    assert "Ed Editor" in shown
    assert " late</span>" in shown


def test_a_task_is_not_given_to_a_stranger(
    page: Client, business: Business, initiative: Initiative, stranger: User
) -> None:
    task = factories.make_task(initiative, title="Cut")
    entry = {"title": "", "assignee": str(stranger.pk), "due_date": "yesterday"}
    address = url(business, "task", task.pk)
    answer = page.post(address, written(page, address, **entry))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title", "assignee", "due_date"}
    task.refresh_from_db()
    assert (task.title, task.assignee) == ("Cut", None)


def test_ticking_and_taking_the_tick_away(
    page: Client, business: Business, initiative: Initiative
) -> None:
    task = factories.make_task(initiative)
    page.post(url(business, "finish", task.pk))
    initiative.refresh_from_db()
    assert initiative.progress == 100
    assert "1 of 1 task is done." in page.get(page_of(initiative)).content.decode()
    page.post(url(business, "reopen", task.pk))
    initiative.refresh_from_db()
    assert initiative.progress == 0


def test_buttons_change_the_order(page: Client, business: Business, initiative: Initiative) -> None:
    first, second = (factories.make_task(initiative, position=n) for n in range(2))
    page.post(url(business, "up", second.pk))
    assert list(initiative.tasks.all()) == [second, first]
    page.post(url(business, "down", second.pk))
    assert list(initiative.tasks.all()) == [first, second]


def test_a_removed_task_can_be_brought_back(
    page: Client, business: Business, initiative: Initiative
) -> None:
    task = factories.make_task(initiative, title="Cut")
    answer = page.post(url(business, "remove", task.pk))
    assert not Task.objects.exists()
    [message] = get_messages(answer.wsgi_request)
    page.post(str(message.extra_tags).removeprefix("undo:"))
    assert [each.title for each in initiative.tasks.all()] == ["Cut"]


def test_an_undo_of_one_business_does_nothing_in_another(
    page: Client, business: Business, initiative: Initiative, stranger: User, sign_in: SignIn
) -> None:
    task = factories.make_task(initiative)
    page.post(url(business, "remove", task.pk))
    theirs = stranger.memberships.get().business
    assert sign_in(stranger).post(url(theirs, "put_back", task.pk)).status_code == 404
    assert page.post(url(business, "put_back", task.pk + 1)).status_code == 404
    assert not Task.objects.exists()


def test_a_contributor_works_on_tasks_and_a_viewer_reads_them(
    business: Business,
    initiative: Initiative,
    contributor: User,
    viewer: User,
    sign_in: SignIn,
) -> None:
    task = factories.make_task(initiative, title="Cut")
    assert sign_in(viewer).post(url(business, "finish", task.pk)).status_code == 403
    shown = sign_in(viewer).get(page_of(initiative)).content.decode()
    assert "Cut" in shown
    assert "Add task" not in shown
    assert sign_in(contributor).post(url(business, "finish", task.pk)).status_code == 302
    task.refresh_from_db()
    assert (task.status, task.reviewer) == (Task.Status.REVIEW, business.members.first().user)  # type: ignore[union-attr]


def test_a_link_to_a_task_shows_it_to_who_may_only_look(
    business: Business, initiative: Initiative, viewer: User, stranger: User, sign_in: SignIn
) -> None:
    task = factories.make_task(initiative, title="Cut", assignee=viewer)
    address = url(business, "task", task.pk)
    answer = sign_in(viewer).get(address)
    assert (answer.status_code, answer["Location"]) == (302, url(business, "look", task.pk))
    assert sign_in(viewer).post(address, {"title": "Mine"}).status_code == 403
    task.refresh_from_db()
    assert task.title == "Cut"
    assert sign_in(stranger).get(address).status_code == 404


def test_a_hundred_tasks_cost_no_more_questions_than_one(
    page: Client, initiative: Initiative, owner: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(100):
        factories.make_task(initiative, position=number, assignee=owner)
    with django_assert_max_num_queries(20):
        page.get(page_of(initiative))
