"""Two workers at once, wake-ups three times over, and an owner who acts between two steps."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from waypost.content import actions as content
from waypost.content.models import Item, Status
from waypost.flow.engine import huey
from waypost.publishing import actions, work
from waypost.publishing.tests.faults.boundaries import (
    STEPS,
    Act,
    Boundary,
    Walk,
    as_worker,
    kill,
    unwatched,
)
from waypost.publishing.tests.faults.network import (
    MISHAPS,
    NETWORKS,
    USUAL,
    Forecast,
    Mishap,
    some,
)
from waypost.publishing.tests.faults.shop import Shop, unless_refused

pytestmark = pytest.mark.django_db

MOST_STEPS = 200
Deed = Callable[[Shop, Item], None]


@pytest.mark.parametrize("name", some(*NETWORKS, at_once=USUAL[1:]))
def test_a_post_stands_once_when_a_second_worker_comes_in_at_any_step(
    name: str, shop: Shop
) -> None:
    network = shop.network(name)

    def strike(boundary: Boundary, act: Act) -> object:
        if not boundary.inside:
            shop.elsewhere(shop.work)
        return act()

    for at in range(1, MOST_STEPS):
        walk = Walk(at, strike, kinds=("read", *STEPS))
        shop.post(network)
        as_worker(shop.work, walk)
        shop.verdict()
        if not walk.struck:
            return
    raise AssertionError("a post takes more steps than this test tries")


@pytest.mark.parametrize("name", some(*NETWORKS, at_once=USUAL[1:]))
def test_a_worker_that_stood_still_at_any_step_does_no_harm_when_it_goes_on(
    name: str, shop: Shop
) -> None:
    """Longer than its lease: somebody else did its work meanwhile."""
    network = shop.network(name)

    def strike(boundary: Boundary, act: Act) -> object:
        if boundary.inside or boundary.kind == "call":
            return act()  # a call that stands still for so long ends by itself
        shop.elsewhere(shop.calm)
        shop.clock.forward(timedelta(minutes=4))
        shop.elsewhere(shop.calm)
        return act()

    for at in range(1, MOST_STEPS):
        walk = Walk(at, strike, kinds=("read", *STEPS))
        shop.post(network)
        as_worker(shop.work, walk)
        shop.verdict()
        if not walk.struck:
            return
    raise AssertionError("a post takes more steps than this test tries")


@pytest.mark.parametrize("name", NETWORKS)
def test_three_copies_of_every_wake_up_make_one_post(name: str, shop: Shop) -> None:
    network = shop.network(name)
    network.server.forecast = iter_once(MISHAPS["cut after"])
    shop.post(network, pictures=1)
    shop.sweep()
    for _ in range(12):
        shop.due_wakes()
        waiting = []
        while (task := huey.dequeue()) is not None:
            waiting.append(task)
        for task in waiting:
            for _copy in range(3):
                huey.enqueue(task)
        shop.drain()
        shop.clock.forward(timedelta(seconds=20))
    shop.verdict()


def iter_once(mishap: Mishap) -> Forecast:
    left = [mishap]
    return lambda _request: left.pop() if left else None


def move(shop: Shop, item: Item) -> None:
    actions.schedule(item, due_at=shop.clock.now + timedelta(hours=2), by=shop.owner)
    shop.moved[item.pk] = shop.clock.now + timedelta(hours=2)
    shop.taken_back.discard(item.pk)  # a draft that is given a time goes out after all


def nearer(shop: Shop, item: Item) -> None:
    """As the calendar moves it, which tells no worker of it."""
    due_at = shop.clock.now + timedelta(seconds=10)
    content.move(item, due_at=due_at, by=shop.owner)
    shop.moved[item.pk] = due_at


def take_back(shop: Shop, item: Item) -> None:
    actions.unschedule(item, by=shop.owner)
    shop.taken_back.add(item.pk)


def cancel(shop: Shop, item: Item) -> None:
    content.cancel(item, by=shop.owner)
    shop.taken_back.add(item.pk)


def skip_the_channel(shop: Shop, item: Item) -> None:
    delivery = item.deliveries.select_related("connection", "item").first()
    if delivery is not None:
        actions.withdraw(delivery, by=shop.owner)
        shop.taken_back.add(item.pk)


def edit(shop: Shop, item: Item) -> None:
    rows = Item.objects.filter(pk=item.pk, version=item.version)
    draft = content.Draft(
        title=item.title,
        text=f"{item.text}, popravljena",
        due_at=item.due_at,
        channels=[content.ChannelDraft(each.connection) for each in item.variants.all()],
    )
    told = content.rewrite(rows.get(), draft=draft, version=item.version, by=shop.owner)
    shop.edited[item.pk] = draft.text
    if Item.objects.get(pk=item.pk).status == Status.DRAFT and item.pk not in shop.taken_back:
        assert told, "it goes back to draft, and nobody is told"
        shop.taken_back.add(item.pk)  # its time passed before any worker came to it


DEEDS: tuple[Deed, ...] = (move, nearer, take_back, cancel, skip_the_channel, edit)


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_what_the_owner_does_between_any_two_steps_is_kept_or_refused(
    deed: Deed, shop: Shop
) -> None:
    network = shop.network("key and look-up")
    for at in range(1, MOST_STEPS):
        item = shop.post(network)

        def strike(boundary: Boundary, act: Act, item: Item = item) -> object:
            with unwatched():
                item.refresh_from_db()
                if not boundary.inside:
                    with unless_refused():
                        deed(shop, item)
            return act()

        walk = Walk(at, strike, kinds=("read", *STEPS))
        as_worker(shop.work, walk)
        shop.verdict()
        if not walk.struck:
            return
    raise AssertionError("a post takes more steps than this test tries")


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_an_owner_whose_process_dies_in_the_middle_loses_and_doubles_nothing(
    deed: Deed, shop: Shop
) -> None:
    network = shop.network("look-up only")
    for at in range(1, 60):
        item = shop.post(network, due_at=shop.clock.now + timedelta(seconds=30))
        shop.sweep()
        item.refresh_from_db()

        def act(item: Item = item) -> None:
            with unless_refused():
                deed(shop, item)

        done = as_worker(act, Walk(at, kill))
        if not done:
            shop.unsure.add(item.pk)
        shop.verdict()
        if done:
            return
    raise AssertionError("a deed takes more steps than this test dies at")


def test_a_sweep_at_the_moment_of_a_wake_up_sends_nothing_twice(shop: Shop) -> None:
    network = shop.network("neither")
    for at in range(1, MOST_STEPS):
        item = shop.post(network)
        shop.sweep()
        delivery = item.deliveries.get()

        def strike(boundary: Boundary, act: Act) -> object:
            if not boundary.inside:
                shop.elsewhere(shop.work)
            return act()

        walk = Walk(at, strike, kinds=("read", *STEPS))
        as_worker(lambda pk=delivery.pk: work.deliver.call_local(pk), walk)  # type: ignore[misc]
        shop.verdict()
        if not walk.struck:
            return
    raise AssertionError("a post takes more steps than this test tries")
