"""Signing in through another service, against a small real one that signs its tokens."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse

from waypost.accounts.actions import inviting
from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Service:
    """An OpenID provider: whoever comes is ``person``."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.person: dict[str, Any] = {}
        self.audience = "waypost"
        self.states: list[str] = []

    @property
    def token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": self.audience, "iat": now, "exp": now + 300}
        return jwt.encode({**claims, **self.person}, KEY, "RS256", headers={"kid": "1"})

    def answer(self, path: str) -> Any:
        if path == "/.well-known/openid-configuration":
            names = ("authorization", "token", "userinfo")
            return {
                "issuer": self.url,
                "jwks_uri": f"{self.url}/jwks",
                **{f"{name}_endpoint": f"{self.url}/{name}" for name in names},
            }
        if path == "/jwks":
            key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [{**key, "kid": "1", "alg": "RS256", "use": "sig"}]}
        if path == "/token":
            return {"access_token": "a", "token_type": "Bearer", "id_token": self.token}
        return self.person


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(made.answer(urlsplit(self.path).path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, *args: Any) -> None:
            pass

    listener = HTTPServer(("127.0.0.1", 0), Handler)
    made = Service(f"http://127.0.0.1:{listener.server_port}")
    app = {
        "provider_id": "office",
        "name": "Office",
        "client_id": "waypost",
        "secret": "hidden",
        "settings": {"server_url": made.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    thread = threading.Thread(target=listener.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    listener.shutdown()
    listener.server_close()
    thread.join()


def person(email: str, *, verified: bool = True, **fields: Any) -> dict[str, Any]:
    return {"sub": email, "email": email, "email_verified": verified, "name": "Nina", **fields}


def come_back(browser: Client, target: str = "") -> Any:
    """Go to the service and come back with its answer, as a browser does."""
    start = browser.get(reverse("openid_connect_login", args=["office"]), {"next": target or "/"})
    assert start.status_code == 302
    asked = parse_qs(urlsplit(start.headers["Location"]).query)
    callback = urlsplit(asked["redirect_uri"][0]).path
    return browser.get(callback, {"code": "c", "state": asked["state"][0]}, follow=False)


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_the_page_offers_what_is_set_and_nothing_else(service: Service, db: None) -> None:
    html = Client().get(reverse("account_login")).content.decode()
    assert "Sign in with Office" in html


def test_without_a_setting_nothing_is_offered(db: None, settings: Any) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = {}
    html = Client().get(reverse("account_login")).content.decode()
    assert "openid" not in html
    assert Client().get(reverse("openid_connect_login", args=["office"])).status_code == 404


def test_a_verified_address_opens_the_account_that_is_here(service: Service, owner: User) -> None:
    service.person = person(owner.email.upper(), sub="77")
    browser = Client()
    answer = come_back(browser, "/b/candle-shop/")
    assert answer.headers["Location"] == "/b/candle-shop/"
    assert browser.session["_auth_user_id"] == str(owner.pk)
    assert SocialAccount.objects.get().user == owner
    owner.refresh_from_db()
    assert owner.name == "Olga Owner"


def test_an_address_that_is_not_verified_opens_nothing(service: Service, owner: User) -> None:
    service.person = person(owner.email, verified=False)
    browser = Client()
    come_back(browser)
    assert (is_in(browser), SocialAccount.objects.count()) == (False, 0)


def test_a_stranger_makes_no_account(service: Service, owner: User) -> None:
    service.person = person("nobody@example.com")
    browser = Client()
    answer = come_back(browser)
    assert "No sign-up here" in answer.content.decode()
    assert not is_in(browser)
    assert User.objects.filter(email="nobody@example.com").exists() is False


def test_with_the_operators_leave_strangers_make_accounts(
    service: Service, owner: User, settings: Any
) -> None:
    settings.OPEN_SIGNUP = True
    service.person = person("nobody@example.com")
    browser = Client()
    come_back(browser)
    made = User.objects.get(email="nobody@example.com")
    assert (is_in(browser), made.name, made.has_usable_password()) == (True, "Nina", False)
    assert made.memberships.count() == 0


def test_an_invited_person_makes_an_account_and_joins(
    service: Service, business: Business, owner: User
) -> None:
    values: dict[str, Any] = {"role": Role.EDITOR, "days": 7, "by": owner}
    _row, token = inviting.invite(business, email="nina@example.com", **values)
    service.person = person("nina@example.com")
    browser = Client()
    link = f"/join/{token}/"
    assert "Sign in with Office" in browser.get(link).content.decode()
    assert come_back(browser, link).headers["Location"] == link
    browser.post(link)
    assert business.members.get(user__email="nina@example.com").role == Role.EDITOR


def test_an_invitation_of_somebody_else_makes_no_account(
    service: Service, business: Business, owner: User
) -> None:
    values: dict[str, Any] = {"role": Role.EDITOR, "days": 7, "by": owner}
    _row, token = inviting.invite(business, email="nina@example.com", **values)
    service.person = person("other@example.com")
    browser = Client()
    browser.get(f"/join/{token}/")
    come_back(browser)
    assert User.objects.filter(email="other@example.com").exists() is False


def test_a_token_for_another_program_is_refused(service: Service, owner: User) -> None:
    service.person, service.audience = person(owner.email), "another"
    browser = Client()
    come_back(browser)
    assert not is_in(browser)


def test_an_answer_nobody_asked_for_is_refused_in_words(service: Service, owner: User) -> None:
    service.person = person(owner.email)
    browser = Client()
    callback = reverse("openid_connect_callback", args=["office"])
    answer = browser.get(callback, {"code": "c", "state": "made-up"}, follow=True)
    assert not is_in(browser)
    assert "That sign-in did not work" in answer.content.decode()
