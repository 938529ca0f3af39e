"""The pages of connected accounts, as people see them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.connections import actions
from waypost.connections.models import Connection, Health, Journey
from waypost.connections.tests.conftest import login
from waypost.providers import registry
from waypost.providers.assisted import Assisted
from waypost.providers.bluesky import Bluesky
from waypost.providers.mastodon import Mastodon
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_pds import FakePds
from waypost.tests.factories import make_connection

SignIn = Callable[[User], Client]
CALLBACK = "/connect/callback/"


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"connections:{name}", args=[business.slug, *args])


def texts(answer: Any) -> list[str]:
    """Messages for the person that wait for the next page."""
    return [str(message) for message in answer.wsgi_request._messages]


@pytest.fixture
def hand(business: Business, owner: User) -> Connection:
    """An account that is posted to by hand."""
    network = Assisted.fields[0].choices[0][0]
    return actions.connect_with_form(
        business, Assisted(), {"network": network, "handle": "candles"}, by=owner
    )


# --- who may see what ---


@pytest.mark.parametrize(
    ("page", "viewer_gets"),
    [("list", 200), ("choose", 403), ("connect", 403), ("continue_", 403), ("remove", 403)],
)
def test_a_viewer_looks_and_a_stranger_sees_nothing(
    page: str,
    viewer_gets: int,
    business: Business,
    hand: Connection,
    viewer: User,
    editor: User,
    stranger: User,
    sign_in: SignIn,
) -> None:
    parts: dict[str, list[str | int]] = {"connect": [Bluesky.id], "remove": [hand.pk]}
    extra = parts.get(page, [])
    address = url(business, page, *extra)
    assert sign_in(viewer).get(address).status_code == viewer_gets
    assert sign_in(editor).get(address).status_code == viewer_gets
    assert sign_in(stranger).get(address).status_code == 404
    visitor = Client().get(address)
    assert visitor.headers["Location"] == f"/account/login/?next={address}"


def test_an_editor_cannot_remove_by_sending_the_form(
    hand: Connection, business: Business, editor: User, sign_in: SignIn
) -> None:
    assert sign_in(editor).post(url(business, "remove", hand.pk)).status_code == 403
    hand.refresh_from_db()
    assert hand.health == Health.CONNECTED


# --- the list ---


def test_an_empty_list_shows_how_to_begin(page: Client, business: Business) -> None:
    html = page.get(url(business, "list")).content.decode()
    assert "No account is connected yet" in html
    assert f'href="{url(business, "choose")}"' in html


def test_the_list_says_how_each_account_does(
    page: Client, business: Business, connection: Connection, hand: Connection, pds: FakePds
) -> None:
    actions.mark_broken(connection, reason="The app password was deleted.")
    gone = make_connection(business, health=Health.REMOVED, handle="gone.example")
    foreign = make_connection(Business.objects.create(name="X", slug="x"), handle="foreign.example")
    answer = page.get(url(business, "list"))
    assert [(row.handle, row.health) for row in answer.context["connections"]] == [
        ("candles", Health.CONNECTED),
        (pds.handle, Health.BROKEN),
    ]
    html = answer.content.decode()
    assert "The app password was deleted." in html
    assert f"{url(business, 'connect', Bluesky.id)}?account={connection.pk}" in html
    assert gone.handle not in html
    assert foreign.handle not in html


def test_a_viewer_gets_no_buttons(
    business: Business, hand: Connection, viewer: User, sign_in: SignIn
) -> None:
    html = sign_in(viewer).get(url(business, "list")).content.decode()
    assert "candles" in html
    assert url(business, "remove", hand.pk) not in html
    assert url(business, "choose") not in html


def test_the_list_costs_the_same_for_many_accounts(
    page: Client, business: Business, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_connection(business, handle=f"shop-{number}")
    with django_assert_max_num_queries(6):
        page.get(url(business, "list"))


def test_every_network_can_be_chosen(page: Client, business: Business) -> None:
    html = page.get(url(business, "choose")).content.decode()
    for provider in registry.ALL.values():
        assert str(provider.name) in html
        assert f'href="{url(business, "connect", provider.id)}"' in html


# --- connecting by form ---


def test_an_unknown_network_is_not_found(page: Client, business: Business) -> None:
    assert page.get(url(business, "connect", "nowhere")).status_code == 404


def test_connecting_by_form_leads_to_the_list(
    page: Client, business: Business, owner: User, pds: FakePds
) -> None:
    answer = page.post(url(business, "connect", Bluesky.id), login(pds))
    assert answer.headers["Location"] == url(business, "list")
    connection = business.connections.get()
    assert (connection.handle, connection.connected_by) == (pds.handle, owner)
    assert texts(answer) == [f"{pds.handle} is connected."]


def test_a_wrong_password_keeps_what_was_typed_but_no_secret(
    page: Client, business: Business, pds: FakePds
) -> None:
    answer = page.post(url(business, "connect", Bluesky.id), login(pds, password="hunter2hunter2"))
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == ["password"]
    html = answer.content.decode()
    assert f'value="{pds.handle}"' in html
    assert "hunter2hunter2" not in html
    assert Connection.objects.count() == 0


def test_missing_values_are_asked_for(page: Client, business: Business) -> None:
    answer = page.post(url(business, "connect", Bluesky.id), {"handle": ""})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"handle", "password", "host"}


def test_a_dead_server_is_told_above_the_form(
    page: Client, business: Business, pds: FakePds
) -> None:
    address = login(pds)
    pds.stop()
    answer = page.post(url(business, "connect", Bluesky.id), address)
    assert answer.status_code == 422
    (sentence,) = answer.context["form"].non_field_errors() or answer.context["form"].errors["host"]
    assert "cannot be reached" in sentence


def test_an_account_is_connected_anew_with_what_is_known(
    page: Client, business: Business, connection: Connection, pds: FakePds
) -> None:
    html = page.get(connection.reconnect_url).content.decode()
    assert f'value="{pds.handle}"' in html
    assert f'value="{pds.url}"' in html
    assert "accessJwt" not in html


def test_another_business_cannot_be_looked_into_by_number(
    connection: Connection, stranger: User, sign_in: SignIn
) -> None:
    other = stranger.memberships.get().business
    address = f"{url(other, 'connect', Bluesky.id)}?account={connection.pk}"
    html = sign_in(stranger).get(address).content.decode()
    assert connection.handle not in html


# --- connecting by a journey ---


def travel(page: Client, business: Business, instance: FakeMastodon) -> dict[str, str]:
    """Begin, approve at the network, and answer with what it sends back."""
    page.post(url(business, "connect", Mastodon.id), {"host": instance.url})
    link = page.get(url(business, "continue_")).context["address"]
    query = urlsplit(instance.approve(link)).query
    return {name: values[0] for name, values in parse_qs(query).items()}


def test_without_script_the_person_follows_a_link(
    page: Client, business: Business, instance: FakeMastodon
) -> None:
    answer = page.post(url(business, "connect", Mastodon.id), {"host": instance.url})
    assert answer.headers["Location"] == url(business, "continue_")
    html = page.get(url(business, "continue_")).content.decode()
    assert f'href="{instance.url}/oauth/authorize?' in html
    assert f"Continue to {instance.netloc}" in html


def test_with_script_the_browser_goes_there(
    page: Client, business: Business, instance: FakeMastodon
) -> None:
    answer = page.post(
        url(business, "connect", Mastodon.id),
        {"host": instance.url},
        headers={"HX-Request": "true"},
    )
    assert answer.headers["HX-Redirect"].startswith(f"{instance.url}/oauth/authorize?")


def test_nothing_to_continue_leads_to_the_choice(page: Client, business: Business) -> None:
    assert page.get(url(business, "continue_")).headers["Location"] == url(business, "choose")


def test_the_way_back_connects(
    page: Client, business: Business, owner: User, instance: FakeMastodon
) -> None:
    answer = page.get(CALLBACK, travel(page, business, instance))
    assert answer.headers["Location"] == url(business, "list")
    connection = business.connections.get()
    assert (connection.handle, connection.connected_by) == (f"svit@{instance.netloc}", owner)
    assert texts(answer) == [f"svit@{instance.netloc} is connected."]


def test_the_way_back_works_once(page: Client, business: Business, instance: FakeMastodon) -> None:
    back = travel(page, business, instance)
    page.get(CALLBACK, back)
    again = page.get(CALLBACK, back)
    assert again.status_code == 400
    assert "not valid any more" in again.content.decode()


@pytest.mark.parametrize("state", ["", "made-up"])
def test_an_unknown_way_back_is_explained(page: Client, state: str) -> None:
    answer = page.get(CALLBACK, {"state": state, "code": "x"})
    assert answer.status_code == 400
    assert "The account is not connected" in answer.content.decode()


def test_the_way_back_is_of_no_use_to_somebody_else(
    page: Client, business: Business, instance: FakeMastodon, stranger: User, sign_in: SignIn
) -> None:
    back = travel(page, business, instance)
    assert sign_in(stranger).get(CALLBACK, back).status_code == 400
    assert Connection.objects.count() == 0
    assert Client().get(CALLBACK, back).headers["Location"].startswith("/account/login/")


def test_who_lost_the_role_on_the_way_cannot_connect(
    page: Client, business: Business, owner: User, instance: FakeMastodon
) -> None:
    back = travel(page, business, instance)
    business.members.filter(user=owner).update(role=Role.EDITOR)
    assert page.get(CALLBACK, back).status_code == 404
    assert Connection.objects.count() == 0


def test_who_says_no_at_the_network_is_told(
    page: Client, business: Business, instance: FakeMastodon
) -> None:
    travel(page, business, instance)
    state = Journey.objects.get().state
    answer = page.get(CALLBACK, {"state": state, "error": "access_denied"})
    assert answer.headers["Location"] == url(business, "connect", Mastodon.id)
    assert texts(answer) == [
        "You did not allow Waypost to use the account, so it is not connected."
    ]


def test_a_code_that_fails_is_told(
    page: Client, business: Business, instance: FakeMastodon
) -> None:
    back = travel(page, business, instance)
    answer = page.get(CALLBACK, {**back, "code": "made up"})
    assert answer.headers["Location"] == url(business, "connect", Mastodon.id)
    assert len(texts(answer)) == 1
    assert Connection.objects.count() == 0


# --- taking away ---


def test_removing_asks_first_and_keeps_the_row(
    page: Client, business: Business, hand: Connection
) -> None:
    address = url(business, "remove", hand.pk)
    assert "Keep account" in page.get(address).content.decode()
    hand.refresh_from_db()
    assert hand.health == Health.CONNECTED
    answer = page.post(address)
    assert answer.headers["Location"] == url(business, "list")
    hand.refresh_from_db()
    assert hand.health == Health.REMOVED
    assert page.post(address).status_code == 404


def test_a_foreign_account_cannot_be_removed(
    hand: Connection, stranger: User, sign_in: SignIn
) -> None:
    other = stranger.memberships.get().business
    assert sign_in(stranger).post(url(other, "remove", hand.pk)).status_code == 404
    hand.refresh_from_db()
    assert hand.health == Health.CONNECTED
