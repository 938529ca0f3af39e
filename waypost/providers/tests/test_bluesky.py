"""Bluesky against a fake server: what it sends, byte by byte."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from waypost.providers._xrpc import ends_at
from waypost.providers.base import Credentials, Post
from waypost.providers.bluesky import Bluesky
from waypost.providers.errors import Busy, Disconnected, Refused
from waypost.providers.tests.fake_pds import FakePds
from waypost.providers.tests.worlds import PNG, World, now, picture


def _pds(world: World) -> FakePds:
    return cast(FakePds, world.server)


def _record(world: World) -> dict[str, Any]:
    (record,) = _pds(world).records.values()
    return record


def _values(world: World, **changes: str) -> dict[str, str]:
    pds = _pds(world)
    given = {"handle": pds.handle, "password": pds.password, "host": pds.url}
    return {**given, **changes}


# --- connecting ---


def test_connecting_gives_the_account_and_both_tokens(bluesky: World) -> None:
    pds = _pds(bluesky)
    connected = Bluesky().connect(_values(bluesky, handle=f" @{pds.handle} "))
    assert connected.account.remote_id == pds.did
    assert connected.account.handle == "svit.test"
    assert connected.account.host == pds.url
    assert connected.account.url == "https://bsky.app/profile/svit.test"
    assert set(connected.secrets) == {"accessJwt", "refreshJwt"}
    assert connected.expires_at is not None
    assert timedelta(minutes=115) < connected.expires_at - now() < timedelta(minutes=121)
    assert pds.requests[0].json == {"identifier": pds.handle, "password": pds.password}


def test_the_app_password_is_not_kept(bluesky: World) -> None:
    connected = Bluesky().connect(_values(bluesky))
    assert _pds(bluesky).password not in repr(connected)


def test_the_accounts_own_server_is_taken_from_the_identity_document(bluesky: World) -> None:
    _pds(bluesky).own_server = "https://morel.us-east.host.bsky.network"
    connected = Bluesky().connect(_values(bluesky))
    assert connected.account.host == "https://morel.us-east.host.bsky.network"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        (
            {"password": "wrong"},
            "password",
            "The handle or the app password is wrong. Check both, or make a new one.",
        ),
        (
            {"host": "not a host"},
            "host",
            "This is not a server address. Type it like this: mastodon.social",
        ),
    ],
)
def test_a_wrong_value_is_told_beside_its_field(
    bluesky: World, changes: dict[str, str], field: str, message: str
) -> None:
    with pytest.raises(Refused) as refused:
        Bluesky().connect(_values(bluesky, **changes))
    assert (refused.value.field, refused.value.message) == (field, message)


def test_an_account_that_wants_a_code_is_sent_to_app_passwords(bluesky: World) -> None:
    body = {"error": "AuthFactorTokenRequired", "message": "A sign in code has been sent"}
    bluesky.server.fail_next("createSession", status=401, body=body)
    with pytest.raises(Refused) as refused:
        Bluesky().connect(_values(bluesky))
    assert refused.value.field == "password"
    assert "app password" in refused.value.message


def test_another_refusal_at_log_in_keeps_the_servers_words(bluesky: World) -> None:
    body = {"error": "AccountTakedown", "message": "Account has been taken down"}
    bluesky.server.fail_next("createSession", status=401, body=body)
    with pytest.raises(Refused, match="Account has been taken down"):
        Bluesky().connect(_values(bluesky))


@pytest.mark.parametrize(
    ("status", "body"), [(404, b"<html>"), (200, {"hello": "world"}), (405, b"")]
)
def test_a_server_of_another_kind_is_told(bluesky: World, status: int, body: Any) -> None:
    bluesky.server.fail_next("createSession", status=status, body=body)
    with pytest.raises(Refused) as refused:
        Bluesky().connect(_values(bluesky))
    assert refused.value.field == "host"
    assert refused.value.message.startswith("No server of this network answers at http://127")


def test_a_dead_server_is_busy_when_connecting(bluesky: World) -> None:
    values = _values(bluesky)
    bluesky.server.stop()
    with pytest.raises(Busy):
        Bluesky().connect(values)


def test_an_address_in_a_private_network_is_refused(bluesky: World, settings: Any) -> None:
    settings.ALLOW_PRIVATE_HOSTS = False
    with pytest.raises(Refused) as refused:
        Bluesky().connect(_values(bluesky))
    assert refused.value.field == "host"
    assert "inside a private network" in refused.value.message
    assert bluesky.server.requests == []


# --- refreshing ---


def test_refreshing_gives_a_new_pair_and_uses_the_old_one_up(bluesky: World) -> None:
    bluesky.server.grace = 0  # type: ignore[attr-defined]
    old = bluesky.credentials.secrets
    renewed = Bluesky().refresh(bluesky.credentials)
    assert set(renewed.secrets) == set(old)
    assert not set(renewed.secrets.values()) & set(old.values())
    assert renewed.expires_at == ends_at(renewed.secrets["accessJwt"])
    with pytest.raises(Disconnected):
        Bluesky().refresh(bluesky.credentials)


def test_refreshing_works_after_the_access_token_ended(bluesky: World) -> None:
    _pds(bluesky).expire_access()
    with pytest.raises(Disconnected):
        bluesky.publish(Post("x"), "3kznmn7xqxc22")
    assert Bluesky().refresh(bluesky.credentials).secrets


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, {}), (429, {}), (404, {}), (400, {"error": "InvalidRequest"}), (200, {"did": "x"})],
)
def test_only_an_explicit_refusal_ends_a_connection(bluesky: World, status: int, body: Any) -> None:
    bluesky.server.fail_next("refreshSession", status=status, body=body)
    with pytest.raises(Busy):
        Bluesky().refresh(bluesky.credentials)
    assert Bluesky().refresh(bluesky.credentials).secrets


@pytest.mark.parametrize("token", ["", "a.b", "a.!!.c", "a.e30.c", "a.eyJleHAiOiJ4In0.c"])
def test_a_token_that_does_not_say_when_it_ends_has_no_end(token: str) -> None:
    assert ends_at(token) is None


def test_the_end_of_a_token_is_read_from_its_claim() -> None:
    assert ends_at("x.eyJleHAiOjE4MDAwMDAwMDB9.y") == datetime.fromtimestamp(1_800_000_000, UTC)


# --- the record ---


def test_the_whole_record_of_a_post_with_pictures(bluesky: World) -> None:
    text = "🕯️ Živjo @ana.test in @nihče.test, #čebele"
    pictures = [picture(alt="Sveča"), picture(PNG + b"2", alt="")]
    post = Post(text, link="https://svit.test/č", language="sl", pictures=pictures)
    staged = bluesky.stage(post)
    bluesky.publish(post, "3kznmn7xqxc22", staged)
    whole = f"{text}\n\nhttps://svit.test/č"
    assert _record(bluesky) == {
        "$type": "app.bsky.feed.post",
        "text": whole,
        "createdAt": staged["record"]["createdAt"],
        "langs": ["sl"],
        "facets": [
            {
                "index": {"byteStart": 15, "byteEnd": 24},
                "features": [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:ana"}],
            },
            {
                "index": {"byteStart": 42, "byteEnd": 50},
                "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "čebele"}],
            },
            {
                "index": {"byteStart": 52, "byteEnd": 72},
                "features": [
                    {"$type": "app.bsky.richtext.facet#link", "uri": "https://svit.test/č"}
                ],
            },
        ],
        "embed": {
            "$type": "app.bsky.embed.images",
            "images": [
                {
                    "alt": "Sveča",
                    "image": staged["picture-0"]["blob"],
                    "aspectRatio": {"width": 40, "height": 30},
                },
                {
                    "alt": "",
                    "image": staged["picture-1"]["blob"],
                    "aspectRatio": {"width": 40, "height": 30},
                },
            ],
        },
    }
    assert sorted(_pds(bluesky).blobs.values()) == sorted([PNG, PNG + b"2"])


def test_a_plain_post_has_no_empty_parts(bluesky: World) -> None:
    bluesky.publish(Post("Dobro jutro"), "3kznmn7xqxc22")
    assert set(_record(bluesky)) == {"$type", "text", "createdAt"}


def test_the_address_of_a_post_names_the_handle_and_the_key(bluesky: World) -> None:
    published = bluesky.publish(Post("x"), "3kznmn7xqxc22")
    assert published.remote_id == f"at://{_pds(bluesky).did}/app.bsky.feed.post/3kznmn7xqxc22"
    assert published.url == "https://bsky.app/profile/svit.test/post/3kznmn7xqxc22"


def test_an_unverified_handle_gives_an_address_with_the_did(bluesky: World) -> None:
    had = bluesky.credentials
    bluesky.credentials = Credentials(had.remote_id, "handle.invalid", had.host, had.secrets)
    url = bluesky.publish(Post("x"), "3kznmn7xqxc22").url
    assert url == f"https://bsky.app/profile/{had.remote_id}/post/3kznmn7xqxc22"


def test_the_steps_follow_from_the_post() -> None:
    steps = Bluesky().steps
    assert steps(Post("x")) == ["record"]
    assert steps(Post("@ana.si", link="https://a.si")) == ["mentions", "card", "record"]
    two = [picture(), picture()]
    assert steps(Post("x", link="https://a.si", pictures=two)) == [
        "picture-0",
        "picture-1",
        "record",
    ]


def test_a_link_beside_pictures_counts_with_the_text() -> None:
    link = "https://svit.si/" + "a" * 20
    post = Post("a" * 270, link=link, pictures=[picture()])
    problems = Bluesky().check(post, {})
    assert [problem.message for problem in problems] == [
        "The text is 8 characters too long: the limit is 300. Shorten it."
    ]
    assert Bluesky().check(Post("a" * 270, link=link), {}) == []


def test_a_text_of_many_bytes_is_a_problem_although_it_is_short() -> None:
    problems = Bluesky().check(Post("👩‍👩‍👧‍👦" * 150), {})
    assert [problem.message for problem in problems] == [
        "The text takes too much room: use fewer emoji and special letters."
    ]


def test_a_picture_over_two_megabytes_is_a_problem_and_is_refused(bluesky: World) -> None:
    large = picture(b"x" * 2_000_001)
    problems = Bluesky().check(Post("x", pictures=[large]), {})
    assert [problem.field for problem in problems] == ["pictures"]
    with pytest.raises(Refused) as refused:
        bluesky.stage(Post("x", pictures=[large]))
    assert refused.value.field == "pictures"


@pytest.mark.parametrize(
    ("message", "field"),
    [("Record/text must not be longer", "text"), ("Could not find blob", "pictures"), ("No", "")],
)
def test_a_refusal_names_the_part_it_speaks_of(bluesky: World, message: str, field: str) -> None:
    body = {"error": "InvalidRequest", "message": message}
    bluesky.server.fail_next("createRecord", status=400, body=body)
    with pytest.raises(Refused) as refused:
        bluesky.publish(Post("x"), "3kznmn7xqxc22")
    assert refused.value.field == field
    assert refused.value.message == f"The server did not take this: {message}"


@pytest.mark.parametrize("status", [400, 409, 500])
def test_a_key_that_is_taken_is_our_post_whatever_the_server_calls_it(
    bluesky: World, status: int
) -> None:
    first = bluesky.publish(Post("x"), "3kznmn7xqxc22")
    body = {"error": "InvalidRequest", "message": "Record already exists"}
    bluesky.server.fail_next("createRecord", status=status, body=body)
    assert bluesky.publish(Post("x"), "3kznmn7xqxc22") == first


def test_a_fault_stays_unknown_when_the_record_cannot_be_looked_up(bluesky: World) -> None:
    staged = bluesky.stage(Post("x"))
    bluesky.server.fail_next("createRecord", status=500, accept=True)
    bluesky.server.fail_next("getRecord", status=503)
    with pytest.raises(Exception, match="status 500") as outcome:
        bluesky.publish(Post("x"), "3kznmn7xqxc22", staged)
    assert not isinstance(outcome.value, Busy)


# --- measuring ---


def test_counts_are_read_in_groups_of_twenty_five(bluesky: World) -> None:
    pds = _pds(bluesky)
    keys = [f"3kznmn7xqxc{number:02d}" for number in range(30)]
    for key in keys:
        bluesky.publish(Post("x"), key)
    pds.numbers[keys[29]] = {
        "likeCount": 5, "replyCount": 4, "repostCount": 3, "quoteCount": 2, "bookmarkCount": 1,
    }  # fmt: skip
    uris = [f"at://{pds.did}/app.bsky.feed.post/{key}" for key in keys]
    measured = Bluesky().measure_posts(bluesky.credentials, uris)
    assert list(measured) == uris
    assert measured[uris[29]] == {"likes": 5, "comments": 4, "shares": 5, "saves": 1}
    assert len(pds.asked("getPosts")) == 2


def test_followers_are_counted(bluesky: World) -> None:
    assert Bluesky().measure_account(bluesky.credentials) == {"followers": 321}


def test_a_server_without_the_network_behind_it_sends_us_to_the_public_one(
    bluesky: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pds(bluesky).has_appview = False
    with FakePds() as public:
        monkeypatch.setattr(Bluesky, "appview", public.url)
        assert Bluesky().measure_account(bluesky.credentials) == {"followers": 321}
        assert "authorization" not in public.requests[0].headers
        public.has_appview = False
        with pytest.raises(Busy):
            Bluesky().measure_account(bluesky.credentials)
        public.fail_next("getProfile", status=400)
        with pytest.raises(Busy):
            Bluesky().measure_account(bluesky.credentials)


def test_an_ended_token_shows_when_measuring_too(bluesky: World) -> None:
    _pds(bluesky).expire_access()
    with pytest.raises(Disconnected):
        Bluesky().measure_account(bluesky.credentials)
