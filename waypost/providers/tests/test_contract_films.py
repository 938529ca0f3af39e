"""What every network that takes films is asked about them."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from waypost.providers import registry
from waypost.providers.assisted import NETWORKS, Assisted
from waypost.providers.base import Composes, Post, Publishes
from waypost.providers.bluesky import Bluesky
from waypost.providers.errors import Busy, Disconnected, Processing
from waypost.providers.media import VideoLimits
from waypost.providers.tests.fake_films import FakeFilms
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_pds import FakePds
from waypost.providers.tests.fake_server import FakeServer
from waypost.providers.tests.worlds import FILM, World, film, now, picture

POST = Post("Tako nastane sveča", videos=[film()])
TAKING = [
    (provider, settings)
    for provider in registry.ALL.values()
    if isinstance(provider, Composes)
    for settings in ([{"network": key} for key in NETWORKS] if provider.id == Assisted.id else [{}])
    if provider.limits(settings).video
]
WRITES = pytest.mark.parametrize(
    ("composer", "known"),
    TAKING,
    ids=[f"{type(each).__name__} {known.get('network', '')}".strip() for each, known in TAKING],
)


@pytest.fixture
def service(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServer]:
    """Who takes the films of this network: a service of its own, or the account's server."""
    if not isinstance(world.server, FakePds):
        yield world.server
        return
    with world.server.films as films:
        monkeypatch.setattr(Bluesky, "video", films.url)
        yield films


def held(service: FakeServer) -> list[bytes]:
    assert isinstance(service, FakeFilms | FakeMastodon)
    films = service.films if isinstance(service, FakeFilms) else service.files
    return list(films.values())


def works_for(service: FakeServer, polls: int) -> None:
    assert isinstance(service, FakeFilms | FakeMastodon)
    service.polls_needed = polls


# --- what can be sent there ---


def limits_of(composer: Composes, known: dict[str, str]) -> VideoLimits:
    found = composer.limits(known).video
    assert found is not None
    return found


def fitting(limits: VideoLimits) -> Post:
    """A post with a film that lies in the middle of what is taken."""
    seconds = min(30.0, limits.longest or 30.0)
    return Post("Tako nastane sveča", videos=[film(seconds=max(seconds, limits.shortest))])


@WRITES
def test_a_film_that_fits_has_no_problem(composer: Composes, known: dict[str, str]) -> None:
    assert composer.check(fitting(limits_of(composer, known)), known) == []


@WRITES
def test_each_limit_is_kept_to_the_last_byte_and_second(
    composer: Composes, known: dict[str, str]
) -> None:
    limits = limits_of(composer, known)
    good = fitting(limits).videos[0]
    edges = [(good, replace(good, mime="video/x-msvideo"))]
    if limits.bytes:
        edges.append((replace(good, size=limits.bytes), replace(good, size=limits.bytes + 1)))
    if limits.longest:
        most = limits.longest
        edges.append((replace(good, seconds=most), replace(good, seconds=most + 0.1)))
    if limits.shortest:
        least = limits.shortest
        edges.append((replace(good, seconds=least), replace(good, seconds=least - 0.1)))
    if limits.codecs:
        edges.append((replace(good, codec=limits.codecs[0]), replace(good, codec="Theora")))
    for fits, not_ in edges:
        assert composer.check(Post("x", videos=[fits]), known) == []
        assert [each.field for each in composer.check(Post("x", videos=[not_]), known)] == [
            "pictures"
        ]


@WRITES
def test_a_film_that_is_not_looked_into_or_cannot_be_read_waits(
    composer: Composes, known: dict[str, str]
) -> None:
    good = fitting(limits_of(composer, known)).videos[0]
    for bad in (replace(good, is_waiting=True), replace(good, trouble="It is damaged.")):
        [problem] = composer.check(Post("x", videos=[bad]), known)
        assert problem.field == "pictures"


@WRITES
def test_a_film_beside_a_picture_is_told_where_it_does_not_go(
    composer: Composes, known: dict[str, str]
) -> None:
    limits = limits_of(composer, known)
    jpeg = replace(picture(), mime="image/jpeg")
    both = replace(fitting(limits), pictures=[jpeg])
    assert bool(composer.check(both, known)) is not limits.beside_pictures


# --- publishing ---


def test_every_network_that_is_published_to_says_whether_it_takes_films(world: World) -> None:
    assert isinstance(world.publisher, Publishes)
    settings = world.credentials.settings
    refused = world.publisher.check(POST, settings)
    assert bool(refused) is (world.publisher.limits(settings).video is None)


@pytest.mark.usefixtures("service")
def test_what_was_staged_survives_being_stored_and_stands_once(
    world: World, service: FakeServer
) -> None:
    staged = json.loads(json.dumps(world.stage(POST)))
    assert list(staged) == world.publisher.steps(POST)
    assert (held(service), world.standing()) == ([FILM], 0)  # nothing is visible yet
    key = world.publisher.new_key()
    first = world.publish(POST, key, staged)
    assert world.publish(POST, key, staged) == first
    assert world.standing() == 1
    assert world.find(POST, key, staged, now()) == first


def test_while_the_network_works_on_it_the_upload_is_not_repeated(
    world: World, service: FakeServer
) -> None:
    works_for(service, 2 if isinstance(service, FakeFilms) else 3)  # the latter counts the upload
    upload, ready, *rest = world.publisher.steps(POST)
    stage = world.publisher.stage
    done = {upload: stage(upload, POST, world.credentials, {})}
    for _ in range(2):
        with pytest.raises(Processing):
            stage(ready, POST, world.credentials, done)
    done[ready] = stage(ready, POST, world.credentials, done)
    for step in rest:
        done[step] = stage(step, POST, world.credentials, done)
    assert held(service) == [FILM]
    assert world.publish(POST, world.publisher.new_key(), done).remote_id


def test_a_film_is_opened_anew_for_each_try_and_closed_after_it(
    world: World, service: FakeServer
) -> None:
    opened = []
    usual = film().open

    def watched() -> object:
        opened.append(usual())
        return opened[-1]

    post = replace(POST, videos=[replace(film(), open=watched)])  # type: ignore[arg-type]
    service.cut_next("", accept=False, times=1)
    with pytest.raises(Busy):
        world.stage(post)
    world.stage(post)
    assert opened
    assert all(each.closed for each in opened)
    assert held(service) == [FILM]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_upload_that_fails_for_now_is_busy(
    world: World, service: FakeServer, status: int
) -> None:
    service.fail_next("", status=status)
    with pytest.raises(Busy):
        world.stage(POST)


@pytest.mark.parametrize("accept", [True, False])
def test_an_upload_on_a_cut_connection_is_busy_and_may_be_made_again(
    world: World, service: FakeServer, accept: bool
) -> None:
    service.cut_next("pload" if isinstance(service, FakeFilms) else "media", accept=accept)
    with pytest.raises(Busy):
        world.stage(POST)
    world.publish(POST, world.publisher.new_key())
    assert world.standing() == 1


@pytest.mark.usefixtures("service")
def test_a_revoked_token_is_disconnected(world: World) -> None:
    world.revoke()
    with pytest.raises(Disconnected):
        world.stage(POST)
