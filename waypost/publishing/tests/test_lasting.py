"""A film on a slow line keeps its lease; one whose lease is gone stops where it is."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import IO, Any, cast

import pytest
import time_machine
from django.utils import timezone

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content import posts
from waypost.content.models import Item
from waypost.kit import http
from waypost.library.actions import add_file, prepare
from waypost.library.models import Asset
from waypost.library.tests.samples import mp4, sent
from waypost.providers._sending import PATIENCE
from waypost.providers.bluesky import Bluesky
from waypost.providers.tests.fake_films import FakeFilms
from waypost.providers.tests.fake_mastodon import FakeMastodon
from waypost.providers.tests.fake_pds import FakePds
from waypost.providers.tests.worlds import World
from waypost.publishing import publisher
from waypost.publishing.lasting import Lasting
from waypost.publishing.models import LEASE, Attempt, Delivery, Status
from waypost.publishing.running import RENEWED_AFTER
from waypost.publishing.tests.walking import armed, fresh, run, step
from waypost.tests import factories

pytestmark = pytest.mark.django_db
Between = Callable[[int], None]


@pytest.fixture(autouse=True)
def films(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeFilms]:
    server = world.server
    with server.films if isinstance(server, FakePds) else FakeFilms() as service:
        monkeypatch.setattr(Bluesky, "video", service.url)
        yield service


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def item(business: Business, channel: Connection, clock: Any) -> Item:
    content = mp4(padding=1_000_000)
    asset = add_file(business, upload=sent("film.mp4", content), by=None).asset
    prepare(asset.pk)
    made = factories.scheduled_item(business, channel, text="Film o vosku")
    factories.add_picture(made, Asset.objects.get(pk=asset.pk), alt="Vlivanje")
    return made


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[[Between], None]:
    """``between(act)``: ``act`` is called with a number before each piece of the film is read."""

    def put(act: Between) -> None:
        usual = posts._opened

        def opened(asset: Asset) -> IO[bytes]:
            pieces = iter(range(10**6))
            return cast("IO[bytes]", Lasting(usual(asset), lambda: act(next(pieces))))

        monkeypatch.setattr(posts, "_opened", opened)

    return put


def arrived(world: World, films: FakeFilms) -> int:
    held = world.server.files if isinstance(world.server, FakeMastodon) else films.films
    return len(held)


def uploads(world: World, films: FakeFilms) -> int:
    if isinstance(world.server, FakeMastodon):
        return len(world.server.asked("/api/v2/media", "POST"))
    return len(films.asked("uploadVideo"))


def test_a_film_that_takes_longer_than_a_lease_is_uploaded_once(
    item: Item, world: World, films: FakeFilms, clock: Any, between: Callable[[Between], None]
) -> None:
    """Sweeps look for leases that ran out all the while."""
    begun, delivery = timezone.now(), armed(item)

    def slow(_piece: int) -> None:
        clock.shift(timedelta(seconds=70))
        publisher.recover(delivery.pk)
        assert fresh(delivery).status == Status.STAGING

    between(slow)
    step(delivery)
    assert timezone.now() - begun > 5 * LEASE
    assert (uploads(world, films), arrived(world, films)) == (1, 1)
    delivery = run(delivery)
    assert (delivery.status, world.standing()) == (Status.PUBLISHED, 1)
    assert uploads(world, films) == 1


def test_who_lost_the_lease_stops_sending_and_writes_nothing(
    item: Item, world: World, films: FakeFilms, clock: Any, between: Callable[[Between], None]
) -> None:
    """It stood still for longer than its lease, and another worker began anew."""
    delivery, seen = armed(item), []

    def frozen(piece: int) -> None:
        seen.append(piece)
        if len(seen) == 3:
            clock.shift(LEASE + timedelta(seconds=1))
            publisher.recover(delivery.pk)
            Delivery.objects.filter(pk=delivery.pk).update(
                status=Status.STAGING, lease_token="another", lease_until=timezone.now() + LEASE
            )

    between(frozen)
    publisher.deliver(delivery.pk)
    row = fresh(delivery)
    assert (row.status, row.lease_token, row.staged) == (Status.STAGING, "another", {})
    assert len(seen) == 3  # not a piece more was read
    assert arrived(world, films) == 0
    said = row.attempts.filter(step="video-0").values_list("outcome", "detail")
    assert list(said) == [(Attempt.Outcome.UNKNOWN, "LostLease")]

    clock.shift(LEASE + timedelta(seconds=1))
    assert run(row).status == Status.PUBLISHED
    assert (arrived(world, films), world.standing()) == (1, 1)


def test_a_quick_film_writes_the_lease_no_oftener_than_needed(
    item: Item, between: Callable[[Between], None], clock: Any
) -> None:
    held: set[Any] = set()
    delivery = armed(item)

    def quick(_piece: int) -> None:
        held.add(fresh(delivery).lease_until)
        clock.shift(timedelta(milliseconds=50))

    between(quick)
    step(delivery)
    assert len(held) == 1


def test_no_upload_goes_on_for_longer_than_its_lease_without_a_sign_of_life() -> None:
    quiet = timedelta(seconds=PATIENCE["extensions"]["longest_call"])
    assert quiet + RENEWED_AFTER < LEASE
    assert PATIENCE["extensions"]["longest_in_all"] > quiet.total_seconds()


def test_a_call_that_goes_on_has_more_time_up_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    deadline, now = http._Deadline(), [1000.0]
    monkeypatch.setattr(http, "_deadline", deadline)
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    deadline.span, deadline.at, deadline.end = 150.0, 1150.0, 1400.0
    now[0] = 1100.0
    http.goes_on()
    assert deadline.at == 1250.0
    now[0] = 1350.0
    http.goes_on()
    assert deadline.at == 1400.0
    deadline.span, deadline.at, deadline.end = 60.0, 1410.0, 1410.0
    http.goes_on()
    assert deadline.at == 1410.0  # a call without a longest time in all
