"""Two steps, codes by e-mail, sessions, and what a business may demand."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost import settings as shipped
from waypost.accounts import actions, second_step
from waypost.accounts.devices import name_of
from waypost.accounts.models import Business, User
from waypost.tests.factories import PASSWORD

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def signed_in(user: User) -> Client:
    """Through the form, as a person does it."""
    browser = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/130.0"})
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return browser


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def add_app(browser: Client) -> str:
    """Set an app up; answers its secret."""
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = browser.get(reverse("mfa_activate_totp"))
    secret = re.findall(r'id="secret">(\w+)<', page.content.decode())[0]
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.status_code == 302
    return str(secret)


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


# --- an app and recovery codes ---


def test_with_an_app_the_password_alone_opens_nothing(owner: User) -> None:
    secret = add_app(signed_in(owner))
    browser = Client()
    answer = browser.post(
        reverse("account_login"), {"login": owner.email, "password": PASSWORD}, follow=True
    )
    assert "Type the code that your app shows" in words(answer)
    assert not is_in(browser)
    wrong = browser.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert (wrong.status_code, is_in(browser)) == (200, False)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        browser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_in(browser)


def test_a_recovery_code_lets_in_once(owner: User) -> None:
    browser = signed_in(owner)
    add_app(browser)
    page = browser.get(reverse("mfa_view_recovery_codes"))
    code = page.context["unused_codes"][0]
    for expected in (True, False):
        visitor = Client()
        visitor.post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
        visitor.post(reverse("mfa_authenticate"), {"code": code})
        assert is_in(visitor) is expected


def test_secrets_of_the_second_step_lie_encrypted(owner: User) -> None:
    secret = add_app(signed_in(owner))
    rows = list(Authenticator.objects.filter(user=owner))
    assert len(rows) == 2
    assert all(secret not in str(row.data) for row in rows)


def test_codes_cannot_be_tried_out_at_speed(owner: User) -> None:
    add_app(signed_in(owner))
    browser = Client()
    browser.post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
    for number in range(8):
        answer = browser.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})
    assert "Too many" in words(answer)


def test_switching_the_app_off_needs_the_person_again_and_ends_the_step(owner: User) -> None:
    browser = signed_in(owner)
    add_app(browser)
    browser.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=owner, type="totp").exists()


def test_an_operator_lets_in_somebody_who_lost_everything(business: Business, owner: User) -> None:
    add_app(signed_in(owner))
    call_command("user", owner.email, "--reset-two-steps")
    browser = signed_in(owner)
    assert is_in(browser)
    row = business.log.get()
    assert (row.thing, row.deed, row.name) == ("sign_in", "removed", "Olga Owner")


# --- a code by e-mail ---


def test_a_code_by_mail_signs_in(owner: User) -> None:
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": owner.email})
    (letter,) = mail.outbox
    code = re.findall(r"\n\n(\S+)\n\n", str(letter.body))[0]
    wrong = browser.post(reverse("account_confirm_login_code"), {"code": "nonono"})
    assert (wrong.status_code, is_in(browser)) == (200, False)
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert is_in(browser)


def test_a_code_by_mail_does_not_go_round_the_second_step(owner: User) -> None:
    add_app(signed_in(owner))
    browser = Client()
    browser.post(reverse("account_request_login_code"), {"email": owner.email})
    code = re.findall(r"\n\n(\S+)\n\n", str(mail.outbox[0].body))[0]
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert not is_in(browser)


def test_who_has_no_account_cannot_be_told_from_who_has_one(owner: User) -> None:
    pages = []
    for email in (owner.email, "nobody@example.com"):
        answer = Client().post(reverse("account_request_login_code"), {"email": email}, follow=True)
        pages.append((answer.status_code, words(answer).replace(email, "…")))
    assert pages[0] == pages[1]


def test_codes_are_not_sent_without_end(owner: User) -> None:
    for _ in range(4):
        Client().post(reverse("account_request_login_code"), {"email": owner.email})
    assert len(mail.outbox) == 3


def test_without_mail_no_code_is_offered(owner: User, settings: Any) -> None:
    assert "Send me a code by e-mail" in words(Client().get(reverse("account_login")))
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "Send me a code by e-mail" not in words(Client().get(reverse("account_login")))


# --- throttling ---


def test_passwords_cannot_be_tried_out_at_speed_nor_from_many_browsers(owner: User) -> None:
    for _ in range(5):
        Client().post(reverse("account_login"), {"login": owner.email, "password": "no"})
    browser = Client()
    browser.post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
    assert not is_in(browser)


def test_limits_are_counted_for_all_processes_together() -> None:
    """The cache of the real settings lies in the database, which they all share."""
    assert shipped.CACHES["default"]["BACKEND"].endswith("db.DatabaseCache")


# --- sessions ---


def test_sessions_are_listed_and_ended_one_by_one(owner: User) -> None:
    here, there = signed_in(owner), signed_in(owner)
    page = here.get(reverse("sessions"))
    assert len(page.context["sessions"]) == 2
    assert "Firefox, Linux" in words(page)
    row = UserSession.objects.get(session_key=there.session.session_key)
    here.post(reverse("session_end", args=[row.pk]))
    assert there.get(reverse("sessions")).status_code == 302
    assert here.get(reverse("sessions")).status_code == 200


def test_all_other_sessions_end_at_once(owner: User) -> None:
    here, others = signed_in(owner), [signed_in(owner) for _ in range(2)]
    here.post(reverse("sessions_end"))
    assert [each.get(reverse("sessions")).status_code for each in (here, *others)] == [
        200,
        302,
        302,
    ]


def test_ending_ones_own_session_signs_out(owner: User) -> None:
    browser = signed_in(owner)
    row = UserSession.objects.get()
    answer = browser.post(reverse("session_end", args=[row.pk]))
    assert answer.headers["Location"] == reverse("account_login")
    assert not is_in(browser)


def test_nobody_ends_the_session_of_somebody_else(owner: User, editor: User) -> None:
    signed_in(owner)
    row = UserSession.objects.get()
    assert signed_in(editor).post(reverse("session_end", args=[row.pk])).status_code == 404


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130 Safari/537 Edg/130", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17) Version/17 Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130 Safari/537", "Chrome, Android"),
        ("curl/8", "An unknown browser"),
    ],
)
def test_a_browser_is_named_so_that_one_knows_it(agent: str, name: str) -> None:
    assert name_of(agent) == name


# --- what a business demands ---


def today_of(business: Business) -> str:
    return reverse("home:today", args=[business.slug])


def test_who_has_no_second_step_is_led_to_one_from_the_day_on(
    business: Business, owner: User, editor: User
) -> None:
    browser = signed_in(editor)
    actions.demand_second_factor(business, grace=7, by=owner)
    soon = browser.get(today_of(business))
    assert soon.status_code == 200
    assert "asks everybody to sign in with two steps" in words(soon)
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        answer = browser.get(today_of(business))
        assert answer.status_code == 403
        assert reverse("mfa_activate_totp") in answer.content.decode()
        add_app(browser)
        assert browser.get(today_of(business)).status_code == 200


def test_what_was_typed_meanwhile_is_not_lost(
    business: Business, owner: User, editor: User, sign_in: SignIn
) -> None:
    actions.demand_second_factor(business, grace=0, by=owner)
    typed = {"title": "Spring", "text": "Three new scents"}
    answer = sign_in(editor).post(reverse("content:new", args=[business.slug]), typed)
    assert (answer.status_code, "Three new scents" in words(answer)) == (403, True)


def test_an_owner_demands_it_on_the_page_of_the_business(
    page: Client, business: Business, owner: User
) -> None:
    address = reverse("accounts:second_factor", args=[business.slug])
    page.post(address, {"grace": "14"})
    business.refresh_from_db()
    day = timezone.localdate(timezone=business.zone) + timedelta(days=14)
    assert business.two_factor_from == day
    page.post(address, {"grace": "7"})
    business.refresh_from_db()
    assert business.two_factor_from == day  # a demand that stands keeps its day
    page.post(address, {"grace": ""})
    business.refresh_from_db()
    assert business.two_factor_from is None
    assert [row.deed for row in business.log.all()] == ["changed", "changed"]


def test_a_stranger_and_an_editor_demand_nothing(
    business: Business, editor: User, stranger: User, sign_in: SignIn
) -> None:
    address = reverse("accounts:second_factor", args=[business.slug])
    assert sign_in(editor).post(address, {"grace": "0"}).status_code == 403
    assert sign_in(stranger).post(address, {"grace": "0"}).status_code == 404
    business.refresh_from_db()
    assert business.two_factor_from is None


def test_another_business_of_the_person_is_not_touched(
    business: Business, owner: User, stranger: User, sign_in: SignIn
) -> None:
    actions.demand_second_factor(business, grace=0, by=owner)
    other = stranger.memberships.get().business
    assert sign_in(stranger).get(today_of(other)).status_code == 200


def test_forgetting_the_step_of_somebody_without_one_is_no_fault(owner: User) -> None:
    assert second_step.reset(owner, by=None) == 0


# --- every page in our look ---


@pytest.mark.parametrize(
    "name",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "account_email",
        "account_reauthenticate",
        "socialaccount_connections",
        "sessions",
    ],
)
def test_a_page_about_signing_in_has_one_heading_and_nothing_inline(name: str, owner: User) -> None:
    browser = signed_in(owner)
    if name == "mfa_reauthenticate":
        add_app(browser)
    html = browser.get(reverse(name), follow=True).content.decode()
    assert html.count("<h1>") == 1
    assert "bare-card" in html
    assert re.findall(r"\sstyle=|<script(?![^>]*(?:src=|application/json))", html) == []
