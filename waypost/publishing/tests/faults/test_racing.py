"""Several workers at the very same moment, over a real database: none takes too much."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone

from waypost.accounts.models import Business
from waypost.connections import actions
from waypost.connections.models import Connection, Health, Notice
from waypost.notices import sending
from waypost.providers import registry
from waypost.providers.allowance import Allowance
from waypost.providers.base import Refreshes
from waypost.providers.tests.worlds import WORLDS, World
from waypost.publishing import publisher
from waypost.publishing.limits import Limits
from waypost.publishing.models import Delivery, Hold, Status
from waypost.publishing.tests.conftest import connect
from waypost.publishing.tests.walking import armed
from waypost.tests import factories

pytestmark = pytest.mark.django_db

WORKERS = 8
RENEWING = next(key for key in WORLDS if isinstance(registry.get(key), Refreshes))


@pytest.fixture
def world() -> Iterator[World]:
    made = WORLDS[RENEWING]()
    yield made
    made.server.stop()


@pytest.fixture
def channel(shopkeeper: Business, world: World) -> Iterator[Connection]:
    made = connect(shopkeeper, world)
    yield made
    made.delete()


def at_once(acts: list[Callable[[], object]]) -> None:
    """Each in a thread of its own, with a database connection of its own."""
    start, failed = threading.Barrier(len(acts)), list[BaseException]()

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=20)
            act()
        except BaseException as error:  # noqa: BLE001 - told where somebody hears it
            failed.append(error)
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def deliver_at_once(business: Business, channel: Connection) -> list[Delivery]:
    rows = [armed(factories.scheduled_item(business, channel)) for _number in range(WORKERS)]
    at_once([lambda pk=row.pk: publisher.deliver(pk) for row in rows])  # type: ignore[misc]
    return list(Delivery.objects.filter(pk__in=[row.pk for row in rows]))


def test_workers_together_send_no_more_than_the_cap_of_a_day(
    shopkeeper: Business, channel: Connection, world: World
) -> None:
    Connection.objects.filter(pk=channel.pk).update(daily_cap=3)
    rows = deliver_at_once(shopkeeper, Connection.objects.get(pk=channel.pk))
    assert sorted(row.status for row in rows) == [Status.PUBLISHED] * 3 + [Status.SCHEDULED] * 5
    assert {row.hold for row in rows if row.status == Status.SCHEDULED} == {Hold.CAP}
    assert world.standing() == 3


def test_workers_together_begin_no_more_calls_than_the_network_has_left(
    shopkeeper: Business, channel: Connection, world: World
) -> None:
    price = world.publisher.price("publish")
    limits = Limits(channel)
    ends = timezone.now() + timedelta(hours=1)
    limits.told = [Allowance(price.scope, 5000, price.units * 3 + 1, ends)]
    limits.keep()
    rows = deliver_at_once(shopkeeper, channel)
    assert sorted(row.status for row in rows) == [Status.PUBLISHED] * 3 + [Status.SCHEDULED] * 5
    assert len(world.server.asked(world.publish_path, "POST")) == 3
    assert min(row.due_at for row in rows if row.status == Status.SCHEDULED) >= ends


def test_workers_together_use_a_renewal_token_once(channel: Connection, world: World) -> None:
    Connection.objects.filter(pk=channel.pk).update(expires_at=timezone.now())
    at_once([lambda: actions.renew_ahead(channel.pk)] * WORKERS)
    assert len(world.server.asked("refreshSession")) == 1
    row = Connection.objects.get(pk=channel.pk)
    assert (row.health, row.refreshing_until) == (Health.CONNECTED, None)
    assert actions.fresh_credentials(row).secrets["accessJwt"] in world.server.access  # type: ignore[attr-defined]


def test_workers_together_write_one_mail(channel: Connection) -> None:
    mail.outbox = []
    assert actions.mark_broken(channel, reason="The password was changed.")
    now = timezone.now()
    at_once([lambda: actions.tell_owners(now)] * WORKERS)
    at_once([lambda: sending.send_due(timezone.now())] * WORKERS)
    assert Notice.objects.filter(connection=channel).count() == 1
    assert len(mail.outbox) == 1
