"""The first minutes: who is let in, what is made, and that it happens once."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.home import actions
from waypost.kit.errors import Refusal
from waypost.publishing.models import Heartbeat
from waypost.tests.factories import make_business, make_user

SignIn = Callable[[User], Client]
WELCOME = "/welcome/"
TYPED = {
    "name": "Ana Novak",
    "email": "Ana@Example.com",
    "password": "seven brown bees",
    "business_name": "Čebelica d.o.o.",
    "time_zone": "Europe/Ljubljana",
    "language": "sl",
}


@pytest.fixture
def browser(db: None) -> Client:
    return Client()


# --- the first page ---


def test_a_new_installation_welcomes(browser: Client) -> None:
    assert browser.get("/").headers["Location"] == WELCOME
    html = browser.get(WELCOME).content.decode()
    assert "Create account and business" in html
    assert f'action="{reverse("home:open_demo")}"' in html


def test_the_first_person_becomes_owner_and_is_signed_in(browser: Client) -> None:
    answer = browser.post(WELCOME, TYPED)
    assert answer.headers["Location"] == "/b/cebelica-doo/"
    owner = User.objects.get()
    assert (owner.email, owner.name, owner.language) == ("ana@example.com", "Ana Novak", "sl")
    assert owner.is_operator
    assert owner.check_password("seven brown bees")
    business = Business.objects.get()
    assert (business.name, business.time_zone, business.language) == (
        "Čebelica d.o.o.",
        "Europe/Ljubljana",
        "sl",
    )
    assert business.members.get().role == Role.OWNER
    assert browser.session["_auth_user_id"] == str(owner.pk)


def test_afterwards_the_page_is_gone(browser: Client) -> None:
    browser.post(WELCOME, TYPED)
    passer_by = Client()
    assert passer_by.get(WELCOME).headers["Location"] == "/"
    assert passer_by.get("/").headers["Location"] == "/account/login/"
    again = passer_by.post(WELCOME, {**TYPED, "email": "b@example.com"})
    assert again.headers["Location"] == "/"
    assert passer_by.post(reverse("home:open_demo")).headers["Location"] == "/"
    assert (User.objects.count(), Business.objects.count()) == (1, 1)


def test_two_at_the_same_moment_make_one_owner(db: None) -> None:
    cache.add("home.first-run", True, timeout=60)
    with pytest.raises(Refusal, match="Somebody else"):
        actions.move_in(**TYPED)
    cache.delete("home.first-run")
    actions.move_in(**TYPED)
    with pytest.raises(Refusal, match="has an owner already"):
        actions.move_in(**TYPED)
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("email", "no address"),
        ("password", "short"),
        ("password", "password"),
        ("password", "ana@example.com"),
        ("business_name", ""),
        ("time_zone", "Middle-earth/Shire"),
        ("language", "xx"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(browser: Client, field: str, value: str) -> None:
    answer = browser.post(WELCOME, {**TYPED, field: value})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    html = answer.content.decode()
    assert "Čebelica d.o.o." in html or field == "business_name"
    assert TYPED["password"] not in html
    assert User.objects.count() == 0


# --- the demo from the first page ---


def test_the_demo_opens_without_an_account_and_tells_how_to_come_back(browser: Client) -> None:
    answer = browser.post(reverse("home:open_demo"))
    business = Business.objects.get()
    assert (business.is_demo, answer.headers["Location"]) == (True, f"/b/{business.slug}/")
    owner = business.members.get(role=Role.OWNER).user
    assert browser.session["_auth_user_id"] == str(owner.pk)
    html = browser.get(f"/b/{business.slug}/").content.decode()
    assert f"sign in with {owner.email} and " in html


def test_the_demo_does_not_take_the_place_of_the_owner(browser: Client) -> None:
    browser.post(reverse("home:open_demo"))
    visitor = Client()
    assert visitor.get("/").headers["Location"] == WELCOME
    demo_owner = Business.objects.get().members.get(role=Role.OWNER).user
    taken = visitor.post(WELCOME, {**TYPED, "email": demo_owner.email})
    assert list(taken.context["form"].errors) == ["email"]
    assert visitor.post(WELCOME, TYPED).headers["Location"] == "/b/cebelica-doo/"
    assert Client().get("/").headers["Location"] == "/account/login/"


def test_the_demo_is_removed_from_its_settings(
    browser: Client, owner: User, sign_in: SignIn
) -> None:
    Business.objects.update(is_demo=False)
    mine = sign_in(owner)
    own = owner.memberships.get().business
    address = reverse("home:remove_demo", args=[own.slug])
    assert mine.get(address).status_code == 404
    assert mine.post(address).status_code == 404
    Business.objects.update(is_demo=True)
    assert address in mine.get(reverse("accounts:business", args=[own.slug])).content.decode()
    assert "Keep demo business" in mine.get(address).content.decode()
    assert mine.post(address).headers["Location"] == "/"
    assert not Business.objects.filter(pk=own.pk).exists()


def test_only_the_owner_removes_the_demo(
    business: Business, editor: User, stranger: User, sign_in: SignIn
) -> None:
    Business.objects.filter(pk=business.pk).update(is_demo=True)
    address = reverse("home:remove_demo", args=[business.slug])
    assert sign_in(editor).post(address).status_code == 403
    assert sign_in(stranger).post(address).status_code == 404
    assert Business.objects.filter(pk=business.pk).exists()


# --- the way in ---


def test_a_person_returns_to_the_business_of_last_time(
    page: Client, owner: User, business: Business
) -> None:
    second = make_business(owner=owner, name="Another shop")
    assert page.get("/").headers["Location"] == f"/b/{second.slug}/"
    page.get(f"/b/{business.slug}/")
    assert page.get("/").headers["Location"] == f"/b/{business.slug}/"


def test_a_cookie_opens_no_foreign_business(
    page: Client, business: Business, stranger: User
) -> None:
    page.cookies["waypost_business"] = stranger.memberships.get().business.slug
    assert page.get("/").headers["Location"] == f"/b/{business.slug}/"


def test_without_a_business_the_page_says_what_to_do(business: Business, sign_in: SignIn) -> None:
    html = sign_in(make_user()).get("/").content.decode()
    assert "You are in no business yet" in html
    assert reverse("home:create_business") not in html
    operator = sign_in(make_user(is_operator=True)).get("/").content.decode()
    assert reverse("home:create_business") in operator


def test_an_owner_adds_a_business(page: Client, owner: User) -> None:
    address = reverse("home:create_business")
    assert "Add a business" in page.get(address).content.decode()
    answer = page.post(
        address, {"business_name": "Second", "time_zone": "Europe/Vienna", "language": "en"}
    )
    assert answer.headers["Location"] == "/b/second/"
    assert owner.memberships.get(business__slug="second").role == Role.OWNER
    empty = page.post(address, {"business_name": ""})
    assert (empty.status_code, "business_name" in empty.context["form"].errors) == (422, True)


def test_who_owns_nothing_adds_no_business(viewer: User, sign_in: SignIn) -> None:
    address = reverse("home:create_business")
    assert sign_in(viewer).get(address).status_code == 403
    assert sign_in(viewer).post(address, {"business_name": "X"}).status_code == 403
    assert Client().get(address).headers["Location"] == f"/account/login/?next={address}"


# --- language, health ---


def test_a_visitor_chooses_a_language(browser: Client) -> None:
    answer = browser.post(reverse("home:set_language"), {"language": "sl", "next": WELCOME})
    assert answer.headers["Location"] == WELCOME
    assert 'lang="sl"' in browser.get(WELCOME).content.decode()


def test_a_persons_language_is_kept_for_every_device(
    page: Client, owner: User, business: Business, sign_in: SignIn
) -> None:
    page.post(reverse("home:set_language"), {"language": "sl"})
    owner.refresh_from_db()
    assert owner.language == "sl"
    elsewhere = sign_in(owner).get(f"/b/{business.slug}/").content.decode()
    assert '<html lang="sl">' in elsewhere


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_choosing_a_language_leads_to_no_other_site(browser: Client, target: str) -> None:
    answer = browser.post(reverse("home:set_language"), {"language": "xx", "next": target})
    assert answer.headers["Location"] == "/"
    assert "django_language" not in answer.cookies


def test_a_dead_database_is_a_503(browser: Client) -> None:
    with patch.object(Heartbeat.objects, "order_by", side_effect=DatabaseError):
        answer: Any = browser.get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, False)
