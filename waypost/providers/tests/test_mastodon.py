"""Mastodon and its kin against a fake server that keeps state."""

from datetime import timedelta
from typing import Any, cast

import pytest

from waypost.providers.base import Credentials, Lookup, Post, Published
from waypost.providers.errors import Busy, Disconnected, Processing, Refused
from waypost.providers.mastodon import Mastodon
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.worlds import PNG, World, now, picture

POST = Post("Nova sveča 🕯️ #sveče", language="sl")


def _fake(world: World) -> FakeMastodon:
    return cast(FakeMastodon, world.server)


@pytest.mark.parametrize(
    ("known", "minutes", "safe"),
    [
        ({"honours_key": True}, 0, True),
        ({"honours_key": True}, 54, True),
        ({"honours_key": True}, 55, False),
        ({"honours_key": False}, 0, False),
        ({}, 0, False),
    ],
)
def test_the_same_key_is_safe_for_less_than_an_hour(
    known: dict[str, Any], minutes: int, safe: bool
) -> None:
    later = now() + timedelta(minutes=minutes)
    sent_at = later - timedelta(minutes=minutes)
    assert Mastodon().same_key_is_safe(known, sent_at=sent_at, now=later) is safe


# --- writing ---


def test_the_counter_follows_the_servers_limits(mastodon: World) -> None:
    settings = {"max_characters": 100, "characters_reserved_per_url": 30}
    count = Mastodon().count("https://svit.si @ana@mastodon.social", settings)
    assert (count.used, count.limit) == (30 + 1 + 4, 100)
    assert Mastodon().limits(settings).counting == {
        "kind": "graphemes",
        "url": 30,
        "local": True,
        "adds_link": "always",
    }


def test_the_link_and_the_warning_count_too() -> None:
    post = Post("a" * 460, link="https://svit.si/dolg/naslov", options={"spoiler_text": "b" * 20})
    problems = Mastodon().check(post, {})
    assert [problem.message for problem in problems] == [
        "The text is 5 characters too long: the limit is 500. Shorten it."
    ]


def test_an_unknown_visibility_is_a_problem() -> None:
    problems = Mastodon().check(Post("x", options={"visibility": "secret"}), {})
    assert [problem.field for problem in problems] == ["visibility"]


# --- publishing ---


def test_the_whole_request_of_a_post_with_everything(mastodon: World) -> None:
    fake = _fake(mastodon)
    options = {"visibility": "unlisted", "spoiler_text": "Vosek", "sensitive": True}
    post = Post(
        "Novo", link="https://svit.si", language="sl-SI", pictures=[picture()], options=options
    )
    staged = mastodon.stage(post)
    published = mastodon.publish(post, "key-1", staged)
    (request,) = fake.asked("/api/v1/statuses", "POST")
    assert request.headers["idempotency-key"] == "key-1"
    assert request.json == {
        "status": "Novo\n\nhttps://svit.si",
        "visibility": "unlisted",
        "spoiler_text": "Vosek",
        "sensitive": True,
        "language": "sl",
        "media_ids": [staged["picture-0"]["id"]],
    }
    assert published == Published(
        fake.statuses[0]["id"], f"{fake.url}/@svit/{fake.statuses[0]['id']}"
    )


def test_a_plain_post_has_no_empty_parts(mastodon: World) -> None:
    mastodon.publish(Post("Dobro jutro"), "key-1")
    (request,) = mastodon.server.asked("/api/v1/statuses", "POST")
    assert request.json == {"status": "Dobro jutro", "visibility": "public"}


def test_pictures_arrive_byte_by_byte_with_their_descriptions(mastodon: World) -> None:
    fake = _fake(mastodon)
    post = Post("x", pictures=[picture(alt="Čebela"), picture(PNG + b"2", alt="")])
    staged = mastodon.stage(post)
    mastodon.publish(post, "key-1", staged)
    attached = fake.statuses[0]["media_attachments"]
    assert [(item["id"], item["description"]) for item in attached] == [
        (staged["picture-0"]["id"], "Čebela"),
        (staged["picture-1"]["id"], None),
    ]
    assert [fake.files[item["id"]] for item in attached] == [PNG, PNG + b"2"]


def test_waiting_for_a_picture_never_uploads_it_again(mastodon: World) -> None:
    fake = _fake(mastodon)
    fake.polls_needed = 2
    post = Post("x", pictures=[picture()])
    stage = Mastodon().stage
    done = {"picture-0": stage("picture-0", post, mastodon.credentials, {})}
    with pytest.raises(Processing) as busy:
        stage("picture-0-ready", post, mastodon.credentials, done)
    assert str(busy.value) == "The network is still working on the video or picture."
    done["picture-0-ready"] = stage("picture-0-ready", post, mastodon.credentials, done)
    assert len(fake.asked("/api/v2/media")) == 1
    mastodon.publish(post, "key-1", done)
    assert len(fake.statuses[0]["media_attachments"]) == 1


@pytest.mark.parametrize("status", [404, 422])
def test_a_picture_that_the_server_cannot_read_is_refused(mastodon: World, status: int) -> None:
    _fake(mastodon).polls_needed = 1
    mastodon.server.fail_next("/api/v1/media/", status=status)
    with pytest.raises(Refused) as refused:
        mastodon.stage(Post("x", pictures=[picture()]))
    assert refused.value.field == "pictures"


@pytest.mark.parametrize("status", [413, 422])
def test_a_picture_that_the_server_does_not_take_is_refused_in_its_words(
    mastodon: World, status: int
) -> None:
    mastodon.server.fail_next("/api/v2/media", status=status, body={"error": "File is too big"})
    with pytest.raises(Refused) as refused:
        mastodon.stage(Post("x", pictures=[picture()]))
    assert refused.value.field == "pictures"
    assert refused.value.message == "The server did not take a picture: File is too big"


def test_attaching_too_early_is_tried_again(mastodon: World) -> None:
    _fake(mastodon).polls_needed = 5
    post = Post("x", pictures=[picture()])
    upload = Mastodon().stage("picture-0", post, mastodon.credentials, {})
    staged = {"picture-0": upload, "picture-0-ready": {"id": upload["id"]}}
    with pytest.raises(Busy):
        mastodon.publish(post, "key-1", staged)


@pytest.mark.parametrize("status", [401, 403])
def test_a_token_that_may_not_post_is_disconnected(mastodon: World, status: int) -> None:
    mastodon.server.fail_next("/api/v1/statuses", status=status)
    with pytest.raises(Disconnected):
        mastodon.publish(POST, "key-1")


# --- finding ---


def _sent(world: World, post: Post, **changes: Any) -> dict[str, Any]:
    """Publish on the fake behind our back and change what it kept."""
    staged = world.stage(post)
    world.publish(post, world.publisher.new_key(), staged)
    _fake(world).statuses[-1].update(changes)
    return staged


@pytest.fixture
def forgetful(mastodon: World) -> World:
    """A server that does not honour the key, so that looking must be enough."""
    had = mastodon.credentials
    settings = {**had.settings, "honours_key": False}
    mastodon.credentials = Credentials(had.remote_id, had.handle, had.host, had.secrets, settings)
    _fake(mastodon).honours_key = False
    return mastodon


@pytest.mark.parametrize(
    "text",
    [
        'Dva odstavka\n\nz "narekovaji" & <oklepaji>\nin vrstico',
        "Hvala @ana@mastodon.social za https://www.svit.si/zelo/dolg/naslov/ki-ga-skrajša?a=1&b=2",
        "🕯️🐝",
        "Čšž ČŠŽ … – „svit“",
    ],
)
def test_a_text_is_recognised_behind_the_servers_html(forgetful: World, text: str) -> None:
    post, sent_at = Post(text), now()
    staged = _sent(forgetful, post)
    found = forgetful.find(post, "key", staged, sent_at)
    assert found.remote_id == _fake(forgetful).statuses[0]["id"]


def test_pictures_are_recognised_by_their_ids_not_by_the_text(forgetful: World) -> None:
    post, sent_at = Post("Isto besedilo", pictures=[picture()]), now()
    first = _sent(forgetful, post)
    second = forgetful.stage(post)
    assert isinstance(forgetful.find(post, "key", first, sent_at), Published)
    assert forgetful.find(post, "key", second, sent_at) is Lookup.CANNOT_TELL


def test_an_older_post_with_the_same_text_is_not_taken_for_it(forgetful: World) -> None:
    staged = _sent(forgetful, POST, created_at="2026-01-01T08:00:00.000Z")
    sent_at = now() - timedelta(minutes=10)
    assert forgetful.find(POST, "key", staged, sent_at) is Lookup.ABSENT


def test_a_recent_post_that_begins_alike_cannot_be_told_apart(forgetful: World) -> None:
    text = "Nova sveča je v trgovini, pridite ponjo"
    staged = _sent(forgetful, Post(f"{text} danes"))
    sent_at = now() - timedelta(minutes=1)
    assert forgetful.find(Post(f"{text} jutri"), "key", staged, sent_at) is Lookup.CANNOT_TELL


def test_a_listing_that_does_not_reach_back_cannot_tell(forgetful: World) -> None:
    for number in range(41):
        _sent(forgetful, Post(f"{number} objava"))
    assert forgetful.find(POST, "key", {}, now() - timedelta(minutes=5)) is Lookup.CANNOT_TELL
    _fake(forgetful).statuses[1]["created_at"] = "2026-01-01T08:00:00.000Z"
    assert forgetful.find(POST, "key", {}, now() - timedelta(minutes=5)) is Lookup.ABSENT


def test_right_after_sending_it_is_too_early_to_call_it_absent(forgetful: World) -> None:
    with pytest.raises(Busy) as busy:
        forgetful.find(POST, "key", {}, now() - timedelta(seconds=30))
    assert busy.value.after is not None
    assert 85 < busy.value.after.total_seconds() <= 90


def test_where_the_key_is_honoured_there_is_nothing_to_wait_for(mastodon: World) -> None:
    assert mastodon.find(POST, "key", {}, now() - timedelta(seconds=1)) is Lookup.ABSENT


def test_a_server_whose_clock_is_behind_is_still_understood(forgetful: World) -> None:
    sent_at = now() - timedelta(minutes=5)
    behind = now() - timedelta(hours=3)
    staged = _sent(forgetful, POST, created_at=(behind - timedelta(minutes=4)).isoformat())
    headers = {"Date": behind.strftime("%a, %d %b %Y %H:%M:%S GMT")}
    forgetful.server.fail_next(
        "/statuses", status=200, body=_fake(forgetful).statuses, headers=headers
    )
    assert isinstance(forgetful.find(POST, "key", staged, sent_at), Published)


def test_a_server_that_refuses_to_list_cannot_be_asked(forgetful: World) -> None:
    forgetful.server.fail_next("/statuses", status=404)
    with pytest.raises(Busy):
        forgetful.find(POST, "key", {}, now())


# --- measuring ---


def test_the_numbers_of_a_post_are_added_up(mastodon: World) -> None:
    status_id = mastodon.publish(POST, "key-1").remote_id
    _fake(mastodon).count_on(
        status_id, favourites_count=7, replies_count=3, reblogs_count=2, quotes_count=1
    )
    measured = Mastodon().measure_posts(mastodon.credentials, [status_id, "404"])
    assert measured == {status_id: {"likes": 7, "comments": 3, "shares": 3}}


def test_an_older_server_without_quotes_is_measured_too(mastodon: World) -> None:
    status_id = mastodon.publish(POST, "key-1").remote_id
    del _fake(mastodon).statuses[0]["quotes_count"]
    measured = Mastodon().measure_posts(mastodon.credentials, [status_id])
    assert measured == {status_id: {"likes": 0, "comments": 0, "shares": 0}}


def test_followers_are_counted(mastodon: World) -> None:
    assert Mastodon().measure_account(mastodon.credentials) == {"followers": 1234}


def test_numbers_that_cannot_be_read_now_are_busy(mastodon: World) -> None:
    mastodon.server.fail_next("/api/v1/statuses/", status=422)
    with pytest.raises(Busy):
        Mastodon().measure_posts(mastodon.credentials, ["1"])


def test_a_file_that_the_server_cannot_read_after_all_is_refused_in_words(
    mastodon: World,
) -> None:
    fake = _fake(mastodon)
    fake.polls_needed, fake.spoils_media = 1, True
    with pytest.raises(Refused, match="could not read a picture") as refused:
        mastodon.stage(Post("x", pictures=[picture()]))
    assert refused.value.field == "pictures"


def test_somebody_elses_post_on_the_same_server_is_not_ours(mastodon: World) -> None:
    theirs = mastodon.publish(Post("Od soseda"), "key")
    _fake(mastodon).by_id(theirs.remote_id)["account"] = {"id": "110"}
    with pytest.raises(Refused, match="no post of this account"):
        Mastodon().recognise(theirs.url, mastodon.credentials)
