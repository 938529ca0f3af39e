"""People of a business: who may come, what they may do, how they get in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.tests.factories import make_member

SignIn = Callable[[User], Client]


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"accounts:{name}", args=[business.slug, *args])


def texts(answer: Any) -> list[str]:
    return [str(message) for message in answer.wsgi_request._messages]


# --- who may see what ---


def test_everybody_sees_the_people_and_what_roles_mean(
    business: Business, viewer: User, owner: User, sign_in: SignIn
) -> None:
    html = sign_in(viewer).get(url(business, "people")).content.decode()
    assert owner.email in html
    assert "Sees everything and may comment, changes nothing." in html
    assert url(business, "add") not in html
    assert "Change role" not in html


@pytest.mark.parametrize("name", ["people", "add", "business"])
def test_only_owners_manage_and_strangers_find_nothing(
    name: str, business: Business, editor: User, viewer: User, stranger: User, sign_in: SignIn
) -> None:
    address = url(business, name)
    lesser = 200 if name == "people" else 403
    assert sign_in(editor).get(address).status_code == lesser
    assert sign_in(viewer).get(address).status_code == lesser
    assert sign_in(stranger).get(address).status_code == 404
    assert Client().get(address).headers["Location"] == f"/account/login/?next={address}"


@pytest.mark.parametrize("name", ["role"])
def test_sending_a_form_without_the_right_changes_nothing(
    name: str, business: Business, editor: User, stranger: User, sign_in: SignIn
) -> None:
    member = business.members.get(user=editor)
    address = url(business, name, member.pk)
    assert sign_in(editor).post(address, {"role": Role.OWNER}).status_code == 403
    assert sign_in(stranger).post(address, {"role": Role.OWNER}).status_code == 404
    other = stranger.memberships.get().business
    foreign = sign_in(stranger).post(url(other, name, member.pk), {"role": Role.OWNER})
    assert foreign.status_code == 404
    member.refresh_from_db()
    assert member.role == Role.EDITOR


# --- roles ---


def test_a_role_is_changed(page: Client, business: Business, editor: User) -> None:
    member = business.members.get(user=editor)
    answer = page.post(url(business, "role", member.pk), {"role": Role.VIEWER})
    member.refresh_from_db()
    assert (member.role, texts(answer)) == (Role.VIEWER, ["Ed Editor: Viewer."])


def test_an_unknown_role_is_refused(page: Client, business: Business, editor: User) -> None:
    member = business.members.get(user=editor)
    answer = page.post(url(business, "role", member.pk), {"role": "emperor"})
    member.refresh_from_db()
    assert (member.role, texts(answer)) == (Role.EDITOR, ["Choose a role from the list."])


def test_the_last_owner_stays(page: Client, business: Business, owner: User) -> None:
    member = business.members.get(user=owner)
    told = ["A business needs an owner. Make somebody else an owner first."]
    assert texts(page.post(url(business, "role", member.pk), {"role": Role.EDITOR})) == told
    member.refresh_from_db()
    assert member.role == Role.OWNER


def test_the_page_costs_the_same_for_many_people(
    page: Client, business: Business, django_assert_max_num_queries: Any
) -> None:
    for _ in range(15):
        make_member(business, Role.EDITOR)
    with django_assert_max_num_queries(8):
        page.get(url(business, "people"))
