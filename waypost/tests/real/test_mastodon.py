"""The way to Mastodon and back in a real browser, and what arrives there."""

from collections.abc import Callable

import pytest

from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.tests.chromium import Visitor
from waypost.tests.factories import PASSWORD
from waypost.tests.journey import EMAIL, here, wait_until_state, write_post
from waypost.tests.real.conftest import Shop

pytestmark = pytest.mark.real


def set_out(visitor: Visitor, mastodon: FakeMastodon) -> None:
    """From the choice of networks to the form that was sent."""
    visitor.go(here(visitor, "connections/choose/"))
    visitor.press("Choose Mastodon")
    visitor.page.get_by_role("textbox").last.fill(mastodon.url)
    visitor.press("Continue to the network")


def allow(visitor: Visitor, mastodon: FakeMastodon) -> None:
    """Say yes on the network's own page; the way back ends on the list of accounts."""
    visitor.page.wait_for_url(f"{mastodon.url}/oauth/authorize**")
    visitor.press("Authorize")
    visitor.page.wait_for_url("**/connections/")
    visitor.page.get_by_text("is connected.").wait_for()


def test_an_account_is_connected_and_a_post_goes_out_once(
    owner: Visitor, mastodon: FakeMastodon
) -> None:
    set_out(owner, mastodon)
    allow(owner, mastodon)
    write_post(owner, "Nova dišava: smreka 🌲", channels=[mastodon.netloc])
    owner.press("Publish now")
    wait_until_state(owner, "Published")
    assert [status["content"] for status in mastodon.statuses] == ["<p>Nova dišava: smreka 🌲</p>"]
    (sent,) = mastodon.asked("/api/v1/statuses", "POST")
    assert len(sent.headers["idempotency-key"]) >= 16
    link = owner.page.get_by_role("link", name="Open the post")
    assert link.get_attribute("href") == mastodon.statuses[0]["url"]


def test_a_connection_cut_after_the_server_accepted_leaves_one_post(
    owner: Visitor, mastodon: FakeMastodon
) -> None:
    set_out(owner, mastodon)
    allow(owner, mastodon)
    mastodon.cut_next("/api/v1/statuses", accept=True)
    write_post(owner, "Samo enkrat", channels=[mastodon.netloc])
    owner.press("Publish now")
    wait_until_state(owner, "Published", within=90)
    assert [status["content"] for status in mastodon.statuses] == ["<p>Samo enkrat</p>"]
    keys = {each.headers["idempotency-key"] for each in mastodon.asked("/statuses", "POST")}
    assert len(keys) == 1


def test_without_script_a_page_leads_to_the_network(
    owner: Visitor, shop: Shop, visit: Callable[..., Visitor], mastodon: FakeMastodon
) -> None:
    plain = visit(shop.product, java_script_enabled=False)
    plain.sign_in(EMAIL, PASSWORD)
    set_out(plain, mastodon)
    plain.page.wait_for_url("**/connections/continue/")
    plain.press(f"Continue to {mastodon.netloc}")
    allow(plain, mastodon)


def test_somebody_who_says_no_there_is_told_so_here(owner: Visitor, mastodon: FakeMastodon) -> None:
    set_out(owner, mastodon)
    owner.page.wait_for_url(f"{mastodon.url}/oauth/authorize**")
    state = owner.page.locator("input[name=state]").input_value()
    owner.go(f"/connect/callback/?error=access_denied&state={state}")
    owner.page.get_by_text("You did not allow Waypost to use the account").wait_for()
