"""Connecting a Mastodon account: the journey there and back, and the server's limits."""

import base64
import hashlib
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest

from waypost.providers._instance import DEFAULTS, honours_key, read_settings
from waypost.providers.base import App, Connected
from waypost.providers.errors import Busy, Refused
from waypost.providers.mastodon import SCOPES, Mastodon
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.worlds import World, now

BACK = "https://waypost.test/connect/back"
VERIFIER = "v" * 43
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
)


def _fake(world: World) -> FakeMastodon:
    return cast(FakeMastodon, world.server)


def _journey(fake: FakeMastodon, *, verifier: str = VERIFIER) -> Connected:
    """The whole way: register, ask the person, come back with a code."""
    provider = Mastodon()
    app = provider.register(provider.host_of({"host": fake.url}), BACK)
    address = provider.authorize_url(app, redirect_uri=BACK, state="s1", challenge=CHALLENGE)
    back = parse_qs(urlsplit(fake.approve(address)).query)
    assert back["state"] == ["s1"]
    return provider.exchange(app, code=back["code"][0], redirect_uri=BACK, verifier=verifier)


# --- connecting ---


def test_the_journey_ends_with_an_account_and_its_limits(mastodon: World) -> None:
    fake = _fake(mastodon)
    fake.max_characters = 5000
    connected = _journey(fake)
    assert connected.account.remote_id == f"109@{fake.netloc}"
    assert connected.account.handle == f"svit@{fake.netloc}"
    assert connected.account.name == "Svit in sat"
    assert connected.account.url == f"{fake.url}/@svit"
    assert connected.account.host == fake.url
    assert connected.secrets["access_token"] in fake.tokens
    assert connected.expires_at is None
    assert connected.settings == {
        "max_characters": 5000,
        "characters_reserved_per_url": 23,
        "max_media_attachments": 4,
        "image_size_limit": 16_777_216,
        "image_matrix_limit": 33_177_600,
        "description_limit": 1500,
        "mime_types": ["image/jpeg", "image/png", "image/webp"],
        "video_size_limit": 103_809_024,
        "video_matrix_limit": 8_294_400,
        "video_frame_rate_limit": 120,
        "video_types": ["video/mp4"],
        "honours_key": True,
        "domain": fake.netloc,
    }


def test_the_authorize_page_has_a_button_for_the_person(mastodon: World) -> None:
    fake, provider = _fake(mastodon), Mastodon()
    app = provider.register(fake.url, BACK)
    address = provider.authorize_url(app, redirect_uri=BACK, state="s1", challenge=CHALLENGE)
    query = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{fake.url}/oauth/authorize?")
    assert query == {
        "response_type": ["code"],
        "client_id": [app.client_id],
        "redirect_uri": [BACK],
        "scope": [SCOPES],
        "state": ["s1"],
        "code_challenge": [CHALLENGE],
        "code_challenge_method": ["S256"],
    }


def test_a_code_without_its_verifier_is_refused(mastodon: World) -> None:
    with pytest.raises(Refused, match="The server did not confirm the connection"):
        _journey(_fake(mastodon), verifier="w" * 43)


def test_an_older_server_takes_one_redirect_address(mastodon: World) -> None:
    fake = _fake(mastodon)
    fake.takes_lists = False
    app = Mastodon().register(fake.url, BACK)
    assert fake.apps[app.client_id]["redirect_uris"] == [BACK]
    assert len(fake.asked("/api/v1/apps")) == 2


def test_a_token_that_ends_tells_when(mastodon: World) -> None:
    token = _fake(mastodon).new_token()
    body = {"access_token": token, "expires_in": 3600}
    mastodon.server.fail_next("/oauth/token", status=200, body=body)
    app = App(mastodon.server.url, "id", "secret")
    connected = Mastodon().exchange(app, code="c", redirect_uri=BACK, verifier=VERIFIER)
    assert connected.expires_at is not None
    assert 3500 < (connected.expires_at - now()).total_seconds() <= 3600


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/api/v1/apps", 404, b"<html>"),
        ("/api/v1/apps", 200, b"<html>"),
        ("/api/v1/apps", 200, {"hello": 1}),
        ("/api/v1/apps", 301, b""),
        ("/oauth/token", 200, {"hello": 1}),
        ("verify_credentials", 200, {"hello": 1}),
    ],
)
def test_a_server_of_another_kind_is_told(
    mastodon: World, path: str, status: int, body: Any
) -> None:
    mastodon.server.fail_next(path, status=status, body=body)
    with pytest.raises(Refused) as refused:
        _journey(_fake(mastodon))
    assert refused.value.field == "host"
    assert refused.value.message == (
        f"No server of this network answers at {mastodon.server.url}. Check the address."
    )


def test_a_dead_server_is_busy_when_connecting(mastodon: World) -> None:
    url = mastodon.server.url
    mastodon.server.stop()
    with pytest.raises(Busy):
        Mastodon().register(url, BACK)


def test_what_is_no_host_is_refused_beside_its_field() -> None:
    with pytest.raises(Refused) as refused:
        Mastodon().host_of({"host": "two words"})
    assert refused.value.field == "host"


def test_an_address_in_a_private_network_is_refused(mastodon: World, settings: Any) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    with pytest.raises(Refused, match="must begin with https"):
        Mastodon().register(mastodon.server.url, BACK)
    with pytest.raises(Refused, match="inside a private network"):
        Mastodon().register(mastodon.server.url.replace("http:", "https:"), BACK)
    assert mastodon.server.requests == []


# --- what a server says about itself ---


def test_a_server_without_the_new_description_is_asked_the_old_way(mastodon: World) -> None:
    fake = _fake(mastodon)
    fake.has_v2, fake.max_characters = False, 1234
    fake.version = "2.7.2 (compatible; Pleroma 2.5.0)"
    settings = read_settings(fake.url)
    assert settings == {
        **DEFAULTS,
        "max_characters": 1234,
        "honours_key": True,
        "domain": fake.netloc,
    }


def test_a_server_that_says_nonsense_has_mastodons_own_limits(mastodon: World) -> None:
    nonsense = {
        "configuration": {"statuses": {"max_characters": "many"}, "media_attachments": []},
        "version": None,
    }
    mastodon.server.fail_next("/api/v2/instance", status=200, body=nonsense)
    settings = read_settings(mastodon.server.url)
    assert settings == {**DEFAULTS, "domain": mastodon.server.netloc}


@pytest.mark.parametrize(
    ("version", "source", "honours"),
    [
        ("4.3.2", "https://github.com/mastodon/mastodon", True),
        ("4.7.0-nightly.2026-01-01", "", True),
        ("4.2.1+glitch", "https://github.com/glitch-soc/mastodon", True),
        ("2.7.2 (compatible; Akkoma 3.10)", "", True),
        ("2.7.2 (compatible; Pleroma 2.5.0)", "", True),
        ("0.17.3 git-abc", "https://codeberg.org/superseriousbusiness/gotosocial", False),
        ("1.0.0", "https://codeberg.org/superseriousbusiness/gotosocial", False),
        ("3.5.3 (compatible; Pixelfed 0.12)", "", False),
        ("2.8.0 (compatible; Friendica 2024)", "", False),
        ("takahe/0.11", "", False),
        ("", "", False),
    ],
)
def test_only_servers_known_to_honour_the_key_are_trusted_with_it(
    version: str, source: str, honours: bool
) -> None:
    assert honours_key({"version": version, "source_url": source}) is honours
