"""Videos on their way to networks: what is sent, what is waited for, what is refused."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import pytest

from waypost.providers.base import Post
from waypost.providers.bluesky import Bluesky
from waypost.providers.errors import Busy, Disconnected, Processing, Refused
from waypost.providers.mastodon import Mastodon
from waypost.providers.tests.fake_films import FakeFilms
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_pds import FakePds
from waypost.providers.tests.worlds import FILM, PNG, World, film, picture

POST = Post("Tako nastane sveča", link="https://svit.si/vosek", videos=[film()])


@pytest.fixture
def films(bluesky: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeFilms]:
    service = cast(FakePds, bluesky.server).films
    with service:
        monkeypatch.setattr(Bluesky, "video", service.url)
        yield service


def record(world: World) -> dict[str, Any]:
    (found,) = cast(FakePds, world.server).records.values()
    return found


# --- Bluesky ---


def test_a_film_goes_through_the_service_into_the_record(bluesky: World, films: FakeFilms) -> None:
    bluesky.publish(POST, "3kznmn7xqxc22")
    assert list(films.films.values()) == [FILM]
    embed = record(bluesky)["embed"]
    assert (embed["$type"], embed["alt"]) == ("app.bsky.embed.video", "Vlivanje voska")
    assert embed["aspectRatio"] == {"width": 1080, "height": 1920}
    assert films.blobs[embed["video"]["ref"]["$link"]] == FILM
    assert record(bluesky)["text"].endswith("\n\nhttps://svit.si/vosek")  # a card has no room


def test_the_service_gets_a_pass_and_never_the_access_itself(
    bluesky: World, films: FakeFilms
) -> None:
    bluesky.stage(POST)
    sent = films.asked("uploadVideo", "POST")[0]
    assert sent.headers["content-type"] == "video/mp4"
    assert sent.headers["content-length"] == str(len(FILM))
    assert films.passes[sent.bearer] == ("did:web:127.0.0.1", "com.atproto.repo.uploadBlob")
    access = bluesky.credentials.secrets["accessJwt"]
    assert access not in {request.bearer for request in films.requests}


@pytest.mark.parametrize("framed", [False, True])
def test_the_service_is_asked_until_the_film_is_made(
    bluesky: World, films: FakeFilms, framed: bool
) -> None:
    films.framed, films.polls_needed = framed, 1
    stage = bluesky.publisher.stage
    done = {"video-0": stage("video-0", POST, bluesky.credentials, {})}
    with pytest.raises(Processing):
        stage("video-0-ready", POST, bluesky.credentials, done)
    assert list(stage("video-0-ready", POST, bluesky.credentials, done)) == ["blob"]
    assert len(films.asked("uploadVideo")) == 1


def test_a_film_that_was_sent_before_is_taken_up_again(bluesky: World, films: FakeFilms) -> None:
    first = bluesky.publisher.stage("video-0", POST, bluesky.credentials, {})
    assert bluesky.publisher.stage("video-0", POST, bluesky.credentials, {}) == first
    assert len(films.films) == 1


def test_a_film_that_cannot_be_read_is_refused_in_the_services_words(
    bluesky: World, films: FakeFilms
) -> None:
    films.spoils_films = True
    with pytest.raises(Refused) as refused:
        bluesky.stage(POST)
    expected = ("pictures", "The network did not take the video: Cannot be decoded")
    assert (refused.value.field, refused.value.message) == expected


def test_a_full_day_is_waited_out_before_anything_is_sent(bluesky: World, films: FakeFilms) -> None:
    films.films_left = 0
    with pytest.raises(Busy, match="no more videos today"):
        bluesky.stage(POST)
    assert films.asked("uploadVideo") == []


def test_an_account_that_may_send_no_films_is_told_why(bluesky: World, films: FakeFilms) -> None:
    films.refuses_because = "Confirm your e-mail first"
    with pytest.raises(Refused, match="did not take the video: Confirm your e-mail first"):
        bluesky.stage(POST)


def test_a_pass_that_is_refused_says_nothing_about_the_account(
    bluesky: World, films: FakeFilms
) -> None:
    body = {"error": "BadJwt", "message": "jwt expired"}
    films.fail_next("uploadVideo", status=401, body=body)
    with pytest.raises(Refused, match="jwt expired"):
        bluesky.stage(POST)


def test_access_that_ended_is_told_by_the_accounts_own_server(
    bluesky: World, films: FakeFilms
) -> None:
    cast(FakePds, bluesky.server).expire_access()
    with pytest.raises(Disconnected):
        bluesky.stage(POST)
    assert films.requests == []


@pytest.mark.parametrize("path", ["getUploadLimits", "uploadVideo", "getJobStatus"])
def test_a_service_with_a_fault_is_asked_again(bluesky: World, films: FakeFilms, path: str) -> None:
    films.fail_next(path, status=503)
    with pytest.raises(Busy):
        bluesky.stage(POST)
    films.cut_next(path, accept=False)
    with pytest.raises(Busy):
        bluesky.stage(POST)
    bluesky.publish(POST, "3kznmn7xqxc22")
    assert len(films.films) == bluesky.standing() == 1


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"seconds": 181.0}, "The video is 181 seconds long: the limit is 180. Cut it."),
        ({"alt": "a" * 1001}, "The description of the video is too long: the limit is 1000"),
    ],
)
def test_bluesky_says_before_scheduling_what_it_will_not_take(
    facts: dict[str, Any], sentence: str
) -> None:
    [problem] = Bluesky().check(Post("x", videos=[film(**facts)]), {})
    assert problem.message.startswith(sentence)


def test_bluesky_takes_films_up_to_its_size() -> None:
    fits = replace(film(), size=300_000_000)
    assert Bluesky().check(Post("x", videos=[fits]), {}) == []
    [problem] = Bluesky().check(Post("x", videos=[replace(fits, size=300_000_001)]), {})
    assert "Make it smaller" in problem.message


def test_the_link_counts_where_the_film_takes_the_cards_place() -> None:
    text, link = "a" * 290, "https://svit.si/vosek"
    assert Bluesky().check(Post(text, link=link), {}) == []
    [problem] = Bluesky().check(Post(text, link=link, videos=[film()]), {})
    assert problem.field == "text"


# --- Mastodon ---


def test_a_film_is_uploaded_once_and_stands_in_the_status(mastodon: World) -> None:
    fake = cast(FakeMastodon, mastodon.server)
    fake.polls_needed = 2
    stage = mastodon.publisher.stage
    done = {"video-0": stage("video-0", POST, mastodon.credentials, {})}
    with pytest.raises(Processing):
        stage("video-0-ready", POST, mastodon.credentials, done)
    done["video-0-ready"] = stage("video-0-ready", POST, mastodon.credentials, done)
    mastodon.publish(POST, "key", done)
    [attached] = fake.statuses[0]["media_attachments"]
    assert (attached["type"], attached["description"]) == ("video", "Vlivanje voska")
    assert list(fake.files.values()) == [FILM]
    sent = fake.asked("/api/v2/media", "POST")
    assert len(sent) == 1
    assert b'filename="video.mp4"' in sent[0].body


def test_a_film_that_the_server_cannot_read_is_not_called_a_picture(mastodon: World) -> None:
    fake = cast(FakeMastodon, mastodon.server)
    fake.polls_needed, fake.spoils_media = 1, True
    with pytest.raises(Refused, match="could not read the video"):
        mastodon.stage(POST)


def test_a_film_that_the_server_does_not_take_is_refused_in_its_words(mastodon: World) -> None:
    mastodon.server.fail_next("/api/v2/media", status=422, body={"error": "File is too big"})
    with pytest.raises(Refused, match="did not take the video: File is too big"):
        mastodon.stage(POST)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"width": 4000, "height": 3000}, "The video has 4000 × 3000 pixels, more than"),
        ({"frame_rate": 240.0}, "The video has 240 frames in a second: this network takes 0–120."),
    ],
)
def test_mastodon_says_before_scheduling_what_its_server_will_not_take(
    facts: dict[str, Any], sentence: str
) -> None:
    [problem] = Mastodon().check(Post("x", videos=[film(**facts)]), {})
    assert problem.message.startswith(sentence)


def test_the_servers_own_limits_count(mastodon: World) -> None:
    settings = {**mastodon.credentials.settings, "video_size_limit": 1000}
    [problem] = Mastodon().check(POST, settings)
    assert problem.message.startswith("The video is 10.0")
    assert Mastodon().check(POST, mastodon.credentials.settings) == []


# --- both ---


def test_a_film_beside_pictures_is_a_problem_on_both() -> None:
    post = Post("x", videos=[film()], pictures=[picture(PNG)])
    for network in (Bluesky(), Mastodon()):
        [problem] = network.check(post, {})
        assert problem.message.startswith("This network takes a video or pictures, not both.")


class Slow(io.BytesIO):
    """A film as it is kept far away: it says how much was read at once."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.largest = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.largest = max(self.largest, len(piece))
        return piece


def test_a_film_is_never_in_memory_as_a_whole_and_is_closed_after_use(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = FILM * 100
    opened = Slow(content)
    post = Post("x", videos=[replace(film(), open=lambda: opened, size=len(content))])
    server = world.server
    with server.films if isinstance(server, FakePds) else FakeFilms() as service:
        monkeypatch.setattr(Bluesky, "video", service.url)
        world.stage(post)
    assert opened.largest < len(content) / 4
    assert opened.closed
