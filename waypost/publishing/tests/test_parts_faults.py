"""A worker is killed at every step of a thread; each part stands exactly once, in order."""

from datetime import timedelta

import pytest

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.providers.tests.worlds import World
from waypost.publishing import arming, parts
from waypost.publishing.models import COMMENT, Delivery, Status
from waypost.publishing.tests.faults.boundaries import Killed, Walk, kill, watch_calls, watched
from waypost.publishing.tests.walking import run_thread
from waypost.tests import factories

pytestmark = pytest.mark.django_db

STEPS = range(1, 200)


def survives(item: Item, walk: Walk) -> bool:
    """Send the thread as one worker; False when it was killed on the way."""
    try:
        with watched(walk):
            run_thread(item)
    except Killed:
        return False
    return True


def test_each_part_of_a_thread_stands_once_wherever_the_worker_dies(
    business: Business, channel: Connection, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch_calls(monkeypatch)
    stood = 0
    for at in STEPS:
        item = factories.scheduled_item(business, channel, text=f"Prvi del {at}")
        item.variants.update(parts=[f"Drugi del {at}"], comment=f"Komentar {at}")
        arming.arm(item)
        alive = survives(item, Walk(at, kill))
        for _ in range(4):
            parts.call_up_forgotten()
            run_thread(item, by=timedelta(minutes=3))

        rows = list(Delivery.objects.filter(item=item).order_by("part"))
        assert [(row.part, row.status) for row in rows] == [
            (0, Status.PUBLISHED),
            (1, Status.PUBLISHED),
            (COMMENT, Status.PUBLISHED),
        ], f"killed at step {at}"
        stood += 3
        assert world.standing() == stood, f"killed at step {at}"
        root = rows[0].remote_id
        assert [world.parent_of(row.remote_id) for row in rows] == [None, root, root]
        if alive:
            break
    else:
        raise AssertionError("a thread takes more steps than this test kills at")
    assert at > 24, "the steps are not seen any more"
