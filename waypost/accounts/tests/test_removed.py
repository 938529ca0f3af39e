"""Somebody who was taken out while a page was open."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts import actions
from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role
from waypost.tests import factories

SignIn = Callable[[User], Client]


@pytest.fixture
def removed(business: Business, owner: User, editor: User, sign_in: SignIn) -> Client:
    """The browser of an editor who is not in the business any more."""
    browser = sign_in(editor)
    actions.remove_member(business.members.get(user=editor), by=owner)
    return browser


def page_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_they_are_told_why_and_not_that_the_page_is_gone(
    removed: Client, business: Business
) -> None:
    answer = removed.get(reverse("home:today", args=[business.slug]))
    assert answer.status_code == 403
    assert "you have no access to Candle shop" in page_of(answer)


def test_what_they_typed_is_shown_to_keep(removed: Client, business: Business) -> None:
    typed = {"title": "Spring", "text": "Three new scents\n<b>soon</b>", "password1": "hunter two"}
    answer = removed.post(reverse("content:new", args=[business.slug]), typed)
    html = page_of(answer)
    assert answer.status_code == 403
    assert "Three new scents\n&lt;b&gt;soon&lt;/b&gt;" in html
    assert "hunter two" not in html
    assert business.items.count() == 0


def test_a_fragment_names_the_sentence_for_the_frame(removed: Client, business: Business) -> None:
    answer = removed.post(
        reverse("content:new", args=[business.slug]), {}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, answer.headers["X-Waypost-Trouble"]) == (403, "removed")


def test_a_form_that_saves_itself_can_tell_it_from_a_missing_right(
    removed: Client, business: Business
) -> None:
    task = factories.make_task(factories.make_initiative(factories.make_goal(business)))
    answer = removed.post(
        reverse("board:task", args=[business.slug, task.pk]),
        {"description": "Half a sentence"},
        headers={"X-Autosave": "1"},
    )
    assert (answer.status_code, answer.headers["X-Waypost-Trouble"]) == (403, "removed")


def test_who_comes_back_is_let_in(removed: Client, business: Business, editor: User) -> None:
    Member.objects.create(business=business, user=editor, role=Role.VIEWER)
    assert removed.get(reverse("home:today", args=[business.slug])).status_code == 200


def test_a_stranger_still_cannot_tell_that_the_business_exists(
    business: Business, stranger: User, sign_in: SignIn
) -> None:
    address = reverse("home:today", args=[business.slug])
    assert sign_in(stranger).get(address).status_code == 404
