"""Passkeys in a real browser with an authenticator that Chromium pretends to have."""

from collections.abc import Callable
from typing import Any

import pytest

from waypost.tests.browser.conftest import Demo
from waypost.tests.chromium import Visitor

pytestmark = pytest.mark.browser


def with_authenticator(visitor: Visitor) -> Any:
    """A key that is always there and always says yes."""
    wire = visitor.page.context.new_cdp_session(visitor.page)
    wire.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return wire


def test_a_passkey_is_added_and_then_signs_in_without_a_password(
    demo: Demo, visit: Callable[..., Visitor]
) -> None:
    visitor = visit(demo.product, base_url=demo.product.url.replace("127.0.0.1", "localhost"))
    page = visitor.page  # a passkey belongs to a name; an address has none
    visitor.sign_in(demo.people["keyholder"], demo.password)
    with_authenticator(visitor)
    visitor.go("/account/2fa/webauthn/add/")
    page.fill("[name=password]", demo.password)
    visitor.press("Continue")
    page.check("[name=passwordless]")
    page.click("[data-passkey]")
    page.wait_for_url("**/recovery-codes/**")
    visitor.go("/account/logout/")
    visitor.press("Sign out")
    page.wait_for_url("**/account/login/**")
    page.click("[data-passkey]")
    page.wait_for_url("**/b/**")
    assert page.locator("h1").count() == 1
