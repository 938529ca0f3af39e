"""A video out of the library, sent to the networks that take one."""

from collections.abc import Iterator

import pytest

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.library.actions import add_file, prepare
from waypost.library.models import Asset
from waypost.library.tests.samples import mp4, sent
from waypost.providers.bluesky import Bluesky
from waypost.providers.steps import name_of
from waypost.providers.tests.fake_films import FakeFilms
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_pds import FakePds
from waypost.providers.tests.worlds import World
from waypost.publishing.models import Attempt, Status
from waypost.publishing.tests.walking import armed, fresh, let_time_pass, run, step
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def films(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeFilms]:
    """The service that one of the networks keeps for films."""
    server = world.server
    with server.films if isinstance(server, FakePds) else FakeFilms() as service:
        monkeypatch.setattr(Bluesky, "video", service.url)
        yield service


@pytest.fixture
def asset(business: Business) -> Asset:
    made = add_file(business, upload=sent("film.mp4", mp4(padding=200_000)), by=None).asset
    prepare(made.pk)
    found: Asset = Asset.objects.get(pk=made.pk)
    return found


@pytest.fixture
def item(business: Business, channel: Connection, asset: Asset) -> Item:
    made = factories.scheduled_item(business, channel, text="Film o vosku")
    factories.add_picture(made, asset, alt="Vlivanje")
    return made


def work_for(world: World, films: FakeFilms, polls: int) -> None:
    films.polls_needed = polls
    if isinstance(world.server, FakeMastodon):
        world.server.polls_needed = polls


def arrived(world: World, films: FakeFilms) -> list[bytes]:
    if isinstance(world.server, FakeMastodon):
        return list(world.server.files.values())
    return list(films.films.values())


def test_it_goes_out_once_byte_by_byte(
    item: Item, world: World, films: FakeFilms, asset: Asset
) -> None:
    delivery = run(armed(item))
    assert (delivery.status, world.standing()) == (Status.PUBLISHED, 1)
    with asset.file.open("rb") as stored:
        assert arrived(world, films) == [stored.read()]


def test_while_the_network_works_on_it_no_worker_waits(
    item: Item, world: World, films: FakeFilms
) -> None:
    work_for(world, films, 3)
    delivery = step(armed(item))
    assert (delivery.status, list(delivery.staged)) == (Status.SCHEDULED, ["video-0"])
    assert delivery.processing_since is not None
    delivery = run(delivery)
    assert delivery.status == Status.PUBLISHED
    assert len(arrived(world, films)) == 1
    done = delivery.attempts.filter(step="video-0").values_list("outcome", flat=True)
    assert list(done) == [Attempt.Outcome.DONE]


def test_a_worker_that_dies_after_the_upload_does_not_lose_it(
    item: Item, world: World, films: FakeFilms
) -> None:
    work_for(world, films, 2)
    delivery = step(armed(item))
    let_time_pass(delivery)
    assert run(fresh(delivery)).status == Status.PUBLISHED
    assert (len(arrived(world, films)), world.standing()) == (1, 1)


def test_a_film_that_is_gone_from_the_disk_is_waited_for(item: Item, asset: Asset) -> None:
    asset.file.storage.delete(str(asset.file.name))
    delivery = step(armed(item))
    assert (delivery.status, delivery.staged) == (Status.SCHEDULED, {})


def test_its_steps_have_names() -> None:
    names = [name_of("video-0"), name_of("video-0-ready")]
    assert names == ["Uploading the video", "Waiting for the video"]
