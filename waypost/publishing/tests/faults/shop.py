"""A shop with posts on their way through bad weather, and the verdict about them."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, Self

from django.db import DatabaseError, InterfaceError, connections
from django.db.models import Min, Q

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.connections.models import Connection, Health
from waypost.content.models import Item, Variant
from waypost.content.models import Status as ItemStatus
from waypost.flow.engine import huey
from waypost.kit.errors import Refusal
from waypost.publishing import actions, work
from waypost.publishing.models import WORKING, Delivery, Status
from waypost.publishing.tests.faults.clock import Clock
from waypost.publishing.tests.faults.network import NETWORKS, Network
from waypost.tests import factories

FAR = timedelta(days=30)
"""What is due later than this waits for a person."""
UNTIL_NEXT_SWEEP = timedelta(minutes=1)
INSTANT = timedelta(seconds=1)
ROUNDS = 80
HOT = 300
"""More wake-ups in one moment than all posts of a test could need."""
_number = count(1)


@dataclass
class Shop:
    """One business; leave it to have all its posts and accounts removed."""

    business: Business
    clock: Clock
    networks: list[Network] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    # What the owner did with items (by pk) and was not refused:
    taken_back: set[int] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)  # their process died in the middle
    moved: dict[int, datetime] = field(default_factory=dict)
    edited: dict[int, str] = field(default_factory=dict)
    verdicts: int = 0
    """How often it was asked whether every post stands once: the cases of a test."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.clear()

    def clear(self) -> None:
        """As before the first post and the first account."""
        for network in self.networks:
            network.stop()
        Item.objects.filter(business=self.business).delete()
        Connection.objects.filter(business=self.business).delete()
        huey.storage.flush_all()
        self.networks, self.items = [], []
        for kept in (self.taken_back, self.unsure, self.moved, self.edited):
            kept.clear()

    @property
    def owner(self) -> User:
        return self.business.members.get(role=Role.OWNER).user

    # --- before the storm ---

    def network(self, name: str) -> Network:
        made = NETWORKS[name](self.business)
        self.networks.append(made)
        return made

    def post(
        self,
        *networks: Network,
        pictures: int = 0,
        film: bytes = b"",
        link: str = "",
        due_at: datetime | None = None,
    ) -> Item:
        """An item that falls due now, with a text that no other post has."""
        # Keys that are made in one and the same microsecond differ by chance alone.
        self.clock.forward(timedelta(milliseconds=1))
        item = factories.scheduled_item(
            self.business,
            *(network.connection for network in networks),
            text=f"Sveča številka {next(_number)}",
            link=link,
            due_at=due_at or self.clock.now,
            author=self.owner,
        )
        for _ in range(pictures):
            factories.add_picture(item, factories.make_asset(self.business))
        if film:
            factories.add_picture(item, factories.make_film(self.business, film))
        self.items.append(item)
        return item

    def draft(self, *networks: Network) -> Item:
        """An item that is not scheduled yet."""
        item = self.post(*networks)
        Item.objects.filter(pk=item.pk).update(status=ItemStatus.DRAFT, due_at=None)
        item.refresh_from_db()
        return item

    # --- what a worker process does ---

    def sweep(self) -> None:
        work.sweep.call_local()

    def due_wakes(self) -> None:
        for task in huey.read_schedule():
            huey.enqueue(task)

    def drain(self, *, breaks: bool = False) -> None:
        """Do all wake-ups that wait; with ``breaks`` a broken database ends one of them."""
        for _ in range(HOT):
            task = huey.dequeue()
            if task is None:
                return
            if not huey.ready_to_run(task):
                huey.add_schedule(task)
                continue
            try:
                task.execute()
            except (DatabaseError, InterfaceError):
                if not breaks:
                    raise
        raise AssertionError(f"workers wake themselves without end: {self.states()}")

    def work(self, *, breaks: bool = False) -> None:
        """What a worker does in one moment: the sweep, then what it woke."""
        try:
            self.sweep()
        except (DatabaseError, InterfaceError):
            if not breaks:
                raise
        self.due_wakes()
        self.drain(breaks=breaks)

    def elsewhere(self, act: Callable[[], Any]) -> None:
        """Do it in another process than the one whose step this is."""
        failed: list[BaseException] = []

        def run() -> None:
            try:
                act()
            except BaseException as error:  # noqa: BLE001 - told where somebody hears it
                failed.append(error)
            finally:
                connections["default"].close()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
        if failed:
            raise failed[0]

    def is_near(self, within: timedelta) -> bool:
        """Whether something is to be done so soon."""
        ahead = self._next_moment()
        return ahead is not None and ahead <= self.clock.now + within + UNTIL_NEXT_SWEEP

    # --- after the storm ---

    def calm(self) -> None:
        """Time moves on and sweeps run until nothing is due any more."""
        for _ in range(ROUNDS):
            self.work()
            for network in self.networks:
                network.server.catch_up()
            ahead = self._next_moment()
            if ahead is None:
                return
            wait = ahead - self.clock.now
            self.clock.forward(wait + INSTANT if wait > timedelta() else UNTIL_NEXT_SWEEP)
        raise AssertionError(f"never comes to rest: {self.states()}")

    def _next_moment(self) -> datetime | None:
        rows = Delivery.objects.filter(item__business=self.business)
        looked_for = Q(status=Status.UNCONFIRMED, connection__health=Health.CONNECTED)
        moving = rows.filter(looked_for | Q(status=Status.SCHEDULED))
        held = rows.filter(status__in=WORKING)
        items = Item.objects.filter(business=self.business, status=ItemStatus.SCHEDULED)
        moments = (
            moving.aggregate(at=Min("due_at"))["at"],
            held.aggregate(at=Min("lease_until"))["at"],
            items.aggregate(at=Min("due_at"))["at"],
            *(at for network in self.networks for at, _request in network.server.late),
        )
        near = [at for at in moments if at is not None and at < self.clock.now + FAR]
        return min(near, default=None)

    def states(self) -> list[str]:
        rows = Delivery.objects.filter(item__business=self.business).select_related("item")
        return [f"{row.item.text}: {row.status} ({row.reason})" for row in rows]

    def standing(self, delivery: Delivery) -> list[str]:
        return self._network(delivery).standing(delivery.item.text)

    def _network(self, delivery: Delivery) -> Network:
        return next(n for n in self.networks if n.connection.pk == delivery.connection_id)

    def deliveries(self) -> Iterator[Delivery]:
        rows = Delivery.objects.filter(item__business=self.business)
        yield from rows.select_related("item", "connection").order_by("pk")

    # --- the owner, who looks before they answer ---

    def ask_owner(self) -> int:
        """The owner answers all that waits for them, truthfully; answers how many."""
        asked = 0
        for delivery in list(self.deliveries()):
            act = {
                Status.UNCONFIRMED: self._say_what_is_there,
                Status.BLOCKED: self._connect_again,
                Status.FAILED: self._retry_failed,
            }.get(Status(delivery.status))
            if act is not None:
                act(delivery)
                asked += 1
        return asked

    def answer(self, delivery: Delivery) -> None:
        """What the owner says of an unclear post, who looked a moment ago."""
        self._say_what_is_there(delivery)

    def _say_what_is_there(self, delivery: Delivery) -> None:
        if delivery.connection.health != Health.CONNECTED:
            # Waypost looks again by itself as soon as it may.
            self._network(delivery).reconnect()
            return
        there = self.standing(delivery)
        if there:
            url = self._network(delivery).url_of(there[0])
            actions.found(delivery, url=url, by=self.owner)
        else:
            actions.send_again(delivery, by=self.owner)

    def _connect_again(self, delivery: Delivery) -> None:
        self._network(delivery).reconnect()
        delivery.refresh_from_db()
        actions.retry(delivery, by=self.owner)

    def _retry_failed(self, delivery: Delivery) -> None:
        assert self.standing(delivery) == [], f"failed, but it is there: {delivery.reason}"
        Connection.objects.filter(pk=delivery.connection_id).exclude(
            health=Health.CONNECTED
        ).update(health=Health.CONNECTED)
        delivery.refresh_from_db()
        actions.retry(delivery, by=self.owner)

    # --- the verdict ---

    def recover(self) -> None:
        """Calm, with the owner's answers, until every post is where it shall be."""
        for _ in range(5):
            self.calm()
            self.check_none_twice()
            if not self.ask_owner():
                return
        raise AssertionError(f"the owner is asked again and again: {self.states()}")

    def check_none_twice(self) -> None:
        for delivery in self.deliveries():
            there = self.standing(delivery)
            assert len(there) <= 1, f"{delivery.item.text} stands {len(there)} times"
            if delivery.status == Status.PUBLISHED:
                assert there == [delivery.remote_id], f"published, but there is {there}"

    def verdict(self) -> None:
        """Each post stands exactly once and its row says so; what was taken back nowhere."""
        self.verdicts += 1
        self.recover()
        # All are asked about each time, also those of cases before: at once, or it takes hours.
        now = Item.objects.in_bulk([item.pk for item in self.items])
        rows: dict[int, list[Delivery]] = defaultdict(list)
        for row in self.deliveries():
            rows[row.item_id].append(row)
        channels = Counter(Variant.objects.filter(item__in=now).values_list("item", flat=True))
        for each in self.items:
            self._judge(now[each.pk], rows[each.pk], channels[each.pk])

    def _judge(self, item: Item, rows: list[Delivery], channels: int) -> None:
        """``item`` and ``rows`` are as they are stored now."""
        if item.pk in self.unsure and self._is_nowhere(item, rows):
            return
        assert item.text == self.edited.get(item.pk, item.text)
        if item.pk in self.taken_back:
            assert [self.standing(row) for row in rows] == [[]] * len(rows)
            assert {row.status for row in rows} <= {Status.WITHDRAWN}
            assert item.status in (ItemStatus.DRAFT, ItemStatus.CANCELLED)
            return
        assert [row.status for row in rows] == [Status.PUBLISHED] * channels, self.states()
        assert [self.standing(row) for row in rows] == [[row.remote_id] for row in rows]
        assert item.status == ItemStatus.PUBLISHED
        assert item.published_at is not None
        assert item.published_at >= self.moved.get(item.pk, item.published_at)

    def _is_nowhere(self, item: Item, rows: list[Delivery]) -> bool:
        return item.status in (ItemStatus.DRAFT, ItemStatus.CANCELLED) and all(
            row.status == Status.WITHDRAWN and not self.standing(row) for row in rows
        )


def unless_refused() -> AbstractContextManager[None]:
    """What the house refuses in words is not done, and that is well."""
    return suppress(Refusal)
