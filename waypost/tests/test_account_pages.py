"""The pages of allauth, in our look: each page once, each journey from end to end."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from waypost.accounts.models import User
from waypost.tests.factories import PASSWORD, make_business

NEW = "a much longer battery"


@pytest.fixture
def person(db: None) -> User:
    return make_business().members.get().user


@pytest.fixture
def browser() -> Client:
    return Client()


def heading(html: str) -> str:
    """The words of the page's only h1."""
    (words,) = re.findall(r"<h1>(.*?)</h1>", html, re.DOTALL)
    return str(words).strip()


def errors(html: str) -> list[str]:
    """The errors beside the fields, in order."""
    return [
        found.strip()
        for block in re.findall(r'<ul class="field-errors".*?</ul>', html, re.DOTALL)
        for found in re.findall(r"<span>(.*?)</span>", block, re.DOTALL)
    ]


def fields(html: str) -> list[str]:
    """Names of the fields a person sees."""
    shown = re.findall(r"<input type=\"(?!hidden)[a-z]+\"[^>]*>", html)
    return [re.findall(r'name="([^"]+)"', tag)[0] for tag in shown]


def test_signing_in_leads_into_waypost(browser: Client, person: User) -> None:
    page = browser.get(reverse("account_login")).content.decode()
    assert (heading(page), fields(page)) == ("Sign in", ["login", "password"])
    answer = browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert browser.session["_auth_user_id"] == str(person.pk)


def test_a_wrong_password_is_told_and_the_address_stays(browser: Client, person: User) -> None:
    answer = browser.post(reverse("account_login"), {"login": person.email, "password": "no"})
    page = answer.content.decode()
    assert 'role="alert"' in page
    assert f'value="{person.email}"' in page
    assert "_auth_user_id" not in browser.session


def test_an_empty_field_is_told_beside_it(browser: Client, person: User) -> None:
    page = browser.post(reverse("account_login"), {"login": person.email}).content.decode()
    assert errors(page) == ["This field is required."]
    assert 'aria-describedby="id_password_helptext id_password_error"' in page


def test_where_a_person_was_going_is_kept_while_signing_in(browser: Client, person: User) -> None:
    page = browser.get(reverse("account_login"), {"next": "/b/shop/goals/"}).content.decode()
    assert '<input type="hidden" name="next" value="/b/shop/goals/">' in page


def test_signing_out_asks_and_then_does_it(browser: Client, person: User) -> None:
    browser.force_login(person)
    assert heading(browser.get(reverse("account_logout")).content.decode()) == "Sign out"
    answer = browser.post(reverse("account_logout"))
    assert answer.headers["Location"] == reverse("account_login")
    assert "_auth_user_id" not in browser.session


def test_a_forgotten_password_is_replaced_through_the_link_in_the_mail(
    browser: Client, person: User
) -> None:
    page = browser.get(reverse("account_reset_password")).content.decode()
    assert (heading(page), fields(page)) == ("Forgotten password", ["email"])
    sent = browser.post(reverse("account_reset_password"), {"email": person.email}, follow=True)
    assert heading(sent.content.decode()) == "Check your e-mail"
    (link,) = re.findall(r"https?://[^/\s]+(/\S+)", str(mail.outbox[0].body))
    form = browser.get(link, follow=True)
    assert heading(form.content.decode()) == "Choose a new password"
    address = form.redirect_chain[-1][0]
    done = browser.post(address, {"password1": NEW, "password2": NEW}, follow=True)
    assert heading(done.content.decode()) == "Password saved"
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_a_stale_link_offers_a_new_one(browser: Client, person: User) -> None:
    link = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "x-y"})
    page = browser.get(link).content.decode()
    assert heading(page) == "This link no longer works"
    assert f'href="{reverse("account_reset_password")}"' in page


def test_changing_the_password_says_what_is_wrong_with_the_new_one(
    browser: Client, person: User
) -> None:
    browser.force_login(person)
    address = reverse("account_change_password")
    page = browser.get(address).content.decode()
    assert (heading(page), fields(page)) == (
        "Change password",
        ["oldpassword", "password1", "password2"],
    )
    new = {"oldpassword": PASSWORD, "password1": NEW, "password2": "other"}
    wrong = browser.post(address, new).content.decode()
    assert errors(wrong) == ["You must type the same password each time."]
    browser.post(address, {**new, "password2": NEW})
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_a_person_confirms_who_they_are_with_the_password(browser: Client, person: User) -> None:
    browser.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    page = browser.get(reverse("account_reauthenticate")).content.decode()
    assert (heading(page), fields(page)) == ("Confirm it is you", ["password"])


def test_nobody_signs_up_by_themselves(browser: Client, db: None) -> None:
    page = browser.get(reverse("account_signup")).content.decode()
    assert heading(page) == "No sign-up here"
    assert fields(page) == []


@pytest.mark.parametrize("name", ["account_inactive", "account_reset_password_done"])
def test_a_page_that_only_tells_leads_back_to_signing_in(
    browser: Client, db: None, name: str
) -> None:
    page = browser.get(reverse(name)).content.decode()
    assert f'href="{reverse("account_login")}"' in page


def test_the_page_is_in_the_language_of_the_browser(browser: Client, db: None) -> None:
    with translation.override("en"):  # gives back the language that the request changes
        answer = browser.get(reverse("account_login"), headers={"accept-language": "sl"})
    page = answer.content.decode()
    assert '<html lang="sl">' in page
    assert re.findall(r'<button[^>]*name="language"[^>]*value="(\w+)"', page) == ["en"]
