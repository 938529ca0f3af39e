"""People of a business: who may come, what they may do, how they get in."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts import actions, invite
from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role
from waypost.kit.errors import Refusal
from waypost.tests.factories import PASSWORD, make_member, make_user

SignIn = Callable[[User], Client]
NEW = {"name": "Nina Nova", "email": "Nina@Example.com", "role": Role.CONTRIBUTOR}


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"accounts:{name}", args=[business.slug, *args])


def texts(answer: Any) -> list[str]:
    return [str(message) for message in answer.wsgi_request._messages]


def shown_link(page: Client, business: Business) -> str:
    """The link on the page of people; empty when there is none."""
    html = page.get(url(business, "people")).content.decode()
    found = re.search(r'id="invitation-link">\s*(\S+?)\s*<', html)
    return found[1] if found else ""


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


@pytest.mark.parametrize("name", ["role", "link"])
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


# --- adding ---


def test_a_new_person_sets_a_password_through_the_link(page: Client, business: Business) -> None:
    answer = page.post(url(business, "add"), NEW)
    assert answer.headers["Location"] == url(business, "people")
    member = business.members.get(user__email="nina@example.com")
    assert (member.role, member.user.name) == (Role.CONTRIBUTOR, "Nina Nova")
    assert not member.user.has_usable_password()
    link = shown_link(page, business)
    assert link.startswith("http://127.0.0.1:8000/account/password/reset/key/")
    assert shown_link(page, business) == ""

    nina = Client()
    form = nina.get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    chosen = {"password1": "seven brown bees", "password2": "seven brown bees"}
    nina.post(form.redirect_chain[-1][0], chosen)
    member.user.refresh_from_db()
    assert member.user.check_password("seven brown bees")
    used = Client().get(link.removeprefix("http://127.0.0.1:8000"), follow=True)
    assert "password1" not in used.content.decode()


def test_the_link_ends_after_three_days(page: Client, business: Business) -> None:
    page.post(url(business, "add"), NEW)
    link = shown_link(page, business).removeprefix("http://127.0.0.1:8000")
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert "password1" not in Client().get(link, follow=True).content.decode()


def test_the_link_is_mailed_when_waypost_can_mail(
    page: Client, business: Business, settings: Any
) -> None:
    page.post(url(business, "add"), NEW)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["nina@example.com"], "Your account at Candle shop")
    assert shown_link(page, business) in letter.body
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    page.post(url(business, "add"), {**NEW, "email": "second@example.com"})
    assert len(mail.outbox) == 1
    assert "second" not in letter.body


def test_who_has_an_account_already_keeps_the_password(
    page: Client, business: Business, stranger: User
) -> None:
    before = stranger.name
    answer = page.post(url(business, "add"), {**NEW, "email": stranger.email.upper()})
    assert business.members.get(user=stranger).role == Role.CONTRIBUTOR
    stranger.refresh_from_db()
    assert stranger.check_password(PASSWORD)
    assert stranger.name == before
    assert texts(answer) == [
        f"{before} was added and signs in with the password they have here already."
    ]
    assert (shown_link(page, business), mail.outbox) == ("", [])


def test_nobody_is_added_twice(page: Client, business: Business, editor: User) -> None:
    answer = page.post(url(business, "add"), {**NEW, "email": editor.email})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"email": ["Ed Editor is in this business already."]}
    assert 'value="Nina Nova"' in answer.content.decode()
    assert business.members.count() == 2


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("email", "nobody"), ("role", "emperor"), ("role", "")]
)
def test_what_is_wrong_stands_beside_its_field(
    page: Client, business: Business, field: str, value: str
) -> None:
    answer = page.post(url(business, "add"), {**NEW, field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert business.members.count() == 1


def test_a_lost_link_is_made_anew(page: Client, business: Business) -> None:
    page.post(url(business, "add"), NEW)
    shown_link(page, business)
    member = business.members.get(user__email="nina@example.com")
    page.post(url(business, "link", member.pk))
    assert shown_link(page, business) != ""


def test_no_link_is_made_for_who_has_a_password(
    page: Client, business: Business, editor: User
) -> None:
    answer = page.post(url(business, "link", business.members.get(user=editor).pk))
    assert "Forgot your password?" in texts(answer)[0]
    assert shown_link(page, business) == ""


def test_no_owner_gets_a_link_for_somebody_of_another_business(
    business: Business, stranger: User
) -> None:
    member = actions.add_person(business, name="Nina", email="nina@example.com", role=Role.VIEWER)
    assert invite.may_be_invited(member)
    other = stranger.memberships.get().business
    second = actions.add_person(other, name="Nina", email="nina@example.com", role=Role.VIEWER)
    assert (second.user, invite.may_be_invited(second)) == (member.user, False)


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
    with django_assert_max_num_queries(6):
        page.get(url(business, "people"))


# --- actions ---


def test_an_action_refuses_a_second_membership(business: Business, editor: User) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.add_person(business, name="", email=editor.email, role=Role.OWNER)
    assert refusal.value.field == "email"
    assert Member.objects.get(user=editor).role == Role.EDITOR


def test_an_added_person_starts_in_the_language_of_the_business(business: Business) -> None:
    business.language = "sl"
    member = actions.add_person(business, name="Nina", email="n@example.com", role=Role.VIEWER)
    assert member.user.language == "sl"
    assert make_user().language == ""
