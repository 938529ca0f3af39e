"""A thread and a first comment: each part once, in order, whatever happens on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.providers.tests.worlds import World
from waypost.publishing import actions, arming, parts, publisher, work
from waypost.publishing.models import COMMENT, SETTLED, Attempt, Delivery, Status
from waypost.publishing.tests.walking import let_time_pass, run_thread, step
from waypost.tests import factories

pytestmark = pytest.mark.django_db
TEXTS = ["Drugi del 🐝", "Tretji del", "Četrti del"]


@pytest.fixture
def item(business: Business, channel: Connection) -> Item:
    made = factories.scheduled_item(business, channel, text="Prvi del 🧵")
    made.variants.update(parts=TEXTS, comment="Povezava je v opisu")
    return made


def states(item: Item) -> dict[int, str]:
    rows = Delivery.objects.filter(item=item).order_by("part")
    return dict(rows.values_list("part", "status"))


def parents(item: Item, world: World) -> list[int | None]:
    """The number of the part that each published one answers on the network."""
    rows = Delivery.objects.filter(item=item, status=Status.PUBLISHED).order_by("part")
    numbers = {row.remote_id: row.part for row in rows}
    assert len(numbers) == len(rows), "two parts count as the same post"
    return [numbers.get(str(world.parent_of(row.remote_id))) for row in rows]


def row_of(item: Item, part: int) -> Delivery:
    return Delivery.objects.select_related("item", "connection").get(item=item, part=part)


# --- the way that it should go ---


def test_every_part_goes_out_once_each_below_the_one_before(item: Item, world: World) -> None:
    arming.arm(item)
    assert states(item) == {
        0: "scheduled", 1: "waiting", 2: "waiting", 3: "waiting", COMMENT: "waiting",
    }  # fmt: skip
    rows = run_thread(item)
    assert {row.status for row in rows} == {Status.PUBLISHED}
    assert world.standing() == 5
    assert parents(item, world) == [None, 0, 1, 2, 0]
    assert [world.text_of(row.remote_id) for row in rows] == [
        "Prvi del 🧵", *TEXTS, "Povezava je v opisu",
    ]  # fmt: skip
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHED


def test_each_part_has_a_key_and_attempts_of_its_own(item: Item, world: World) -> None:
    arming.arm(item)
    rows = run_thread(item)
    assert len({row.client_key for row in rows}) == 5
    for row in rows:
        assert row.attempts.filter(step="publish", outcome=Attempt.Outcome.DONE).count() == 1


def test_the_item_is_not_published_before_its_last_part(item: Item, world: World) -> None:
    (root,) = arming.arm(item)
    publisher.deliver(root.pk)
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHING
    assert states(item)[0] == Status.PUBLISHED
    assert states(item)[1] == Status.SCHEDULED
    assert world.standing() == 1


def test_no_part_goes_out_before_its_turn(item: Item, world: World) -> None:
    arming.arm(item)
    for row in Delivery.objects.filter(part__gt=0):
        publisher.deliver(row.pk)
    assert world.standing() == 0


def test_arming_again_makes_no_second_row_of_a_part(item: Item) -> None:
    for _ in range(3):
        arming.arm(item)
    assert Delivery.objects.filter(item=item).count() == 5


def test_the_worker_goes_on_with_the_next_part_at_once(
    item: Item, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr(work, "wake", lambda pk, _at: woken.append(pk))
    (root,) = arming.arm(item)
    publisher.deliver(root.pk)
    work.plan_next(root.pk)
    assert woken == [row_of(item, 1).pk]


def test_by_hand_the_whole_thread_is_one_row(business: Business) -> None:
    by_hand = factories.make_connection(business, settings={"network": "x"})
    item = factories.scheduled_item(business, by_hand)
    item.variants.update(parts=TEXTS)
    (row,) = arming.arm(item)
    publisher.deliver(row.pk)
    assert states(item) == {0: Status.YOUR_TURN}


# --- what the owner changes meanwhile ---


def test_a_part_that_was_written_after_arming_goes_out_too(item: Item, world: World) -> None:
    item.variants.update(parts=[], comment="")
    arming.arm(item)
    item.variants.update(parts=["Še nekaj"])
    rows = run_thread(item)
    assert [(row.part, row.status) for row in rows] == [(0, "published"), (1, "published")]
    assert world.standing() == 2


def test_a_part_that_was_taken_out_after_arming_is_not_sent(item: Item, world: World) -> None:
    arming.arm(item)
    item.variants.update(parts=TEXTS[:1])
    run_thread(item)
    assert states(item) == {
        0: "published", 1: "published", 2: "withdrawn", 3: "withdrawn", COMMENT: "published",
    }  # fmt: skip
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHED


def test_taking_the_item_back_takes_its_parts_along_and_scheduling_brings_them_again(
    item: Item, owner: User, world: World
) -> None:
    Item.objects.filter(pk=item.pk).update(due_at=timezone.now() + timedelta(minutes=1))
    item.refresh_from_db()
    arming.arm(item)
    actions.unschedule(item, by=owner)
    assert set(states(item).values()) == {Status.WITHDRAWN}
    item.refresh_from_db()
    actions.schedule(item, due_at=timezone.now() + timedelta(seconds=5), by=owner)
    assert states(item)[0] == Status.SCHEDULED
    assert set(states(item).values()) == {Status.SCHEDULED, Status.WAITING}


# --- what goes wrong ---


def test_a_refused_part_stops_the_thread_and_leaves_what_is_out(item: Item, world: World) -> None:
    arming.arm(item)
    item.variants.update(parts=[TEXTS[0], "a" * 5000, TEXTS[2]])
    run_thread(item)
    assert states(item) == {
        0: "published", 1: "published", 2: "failed", 3: "waiting", COMMENT: "waiting",
    }  # fmt: skip
    assert world.standing() == 2
    item.refresh_from_db()
    assert item.status == ItemStatus.FAILED


def test_a_mended_part_is_tried_again_and_the_others_are_not_sent_again(
    item: Item, world: World, owner: User
) -> None:
    arming.arm(item)
    item.variants.update(parts=[TEXTS[0], "a" * 5000, TEXTS[2]])
    run_thread(item)
    first = row_of(item, 0).remote_id
    item.variants.update(parts=TEXTS)
    actions.retry(row_of(item, 2), by=owner)
    run_thread(item)
    assert set(states(item).values()) == {Status.PUBLISHED}
    assert world.standing() == 5
    assert row_of(item, 0).remote_id == first
    assert parents(item, world) == [None, 0, 1, 2, 0]
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHED


def test_leaving_a_failed_part_out_ends_the_thread_and_the_comment_still_comes(
    item: Item, world: World, owner: User
) -> None:
    arming.arm(item)
    item.variants.update(parts=[TEXTS[0], "a" * 5000, TEXTS[2]])
    run_thread(item)
    actions.withdraw(row_of(item, 2), by=owner)
    run_thread(item)
    assert states(item) == {
        0: "published", 1: "published", 2: "withdrawn", 3: "withdrawn", COMMENT: "published",
    }  # fmt: skip
    assert world.standing() == 3
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHED


@pytest.mark.parametrize("part", [1, 2, COMMENT])
@pytest.mark.parametrize("accept", [True, False], ids=["taken", "not taken"])
def test_a_connection_cut_at_a_part_neither_doubles_nor_loses_it(
    part: int, accept: bool, item: Item, world: World
) -> None:
    arming.arm(item)
    while states(item)[part] != Status.SCHEDULED:
        run_thread(item, steps=1)
    world.server.cut_next(world.publish_path, accept=accept)
    let_time_pass(row_of(item, part))
    assert step(row_of(item, part)).status == Status.UNCONFIRMED
    run_thread(item, by=timedelta(minutes=3))
    assert set(states(item).values()) == {Status.PUBLISHED}
    assert world.standing() == 5
    assert parents(item, world) == [None, 0, 1, 2, 0]


def test_while_a_part_is_unclear_the_next_one_waits(item: Item, world: World) -> None:
    (root,) = arming.arm(item)
    publisher.deliver(root.pk)
    world.server.cut_next(world.publish_path, accept=True)
    publisher.deliver(row_of(item, 1).pk)
    assert (states(item)[1], states(item)[2]) == (Status.UNCONFIRMED, Status.WAITING)
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHING


def test_a_busy_network_makes_only_the_part_wait(item: Item, world: World) -> None:
    (root,) = arming.arm(item)
    publisher.deliver(root.pk)
    world.server.fail_next(world.publish_path, status=429, headers={"Retry-After": "40"})
    publisher.deliver(row_of(item, 1).pk)
    row = row_of(item, 1)
    assert row.status == Status.SCHEDULED
    assert row.due_at > timezone.now() + timedelta(seconds=30)
    run_thread(item)
    assert world.standing() == 5


def test_a_worker_that_died_between_two_parts_is_followed_by_the_sweep(
    item: Item, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root,) = arming.arm(item)
    with monkeypatch.context() as patches:
        patches.setattr(parts, "call_up", lambda _delivery: None)
        publisher.deliver(root.pk)
    assert states(item)[1] == Status.WAITING
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHING

    parts.call_up_forgotten()
    assert states(item)[1] == Status.SCHEDULED
    run_thread(item)
    assert world.standing() == 5


def test_a_part_whose_root_has_no_known_place_fails_in_words(item: Item, world: World) -> None:
    (root,) = arming.arm(item)
    publisher.deliver(root.pk)
    Delivery.objects.filter(pk=root.pk).update(remote_id="")
    run_thread(item)
    row = row_of(item, 1)
    assert (row.status, row.reason) == (
        Status.FAILED,
        "Waypost does not know where the part before stands on the network.",
    )
    assert world.standing() == 1


# --- whose turn it is ---

ROWS = st.lists(st.sampled_from(Status.values), min_size=1, max_size=6).map(
    lambda found: [(COMMENT if n == 5 else n, status) for n, status in enumerate(found)]
)


@given(rows=ROWS)
@example(rows=[(0, "published"), (1, "withdrawn"), (2, "scheduled"), (COMMENT, "waiting")])
def test_at_most_one_part_is_called_up_and_only_after_what_it_answers(
    rows: list[tuple[int, str]],
) -> None:
    moves = parts.next_moves(rows)
    before = dict(rows)
    assert all(before[part] == Status.WAITING for part, _new in moves)
    called = [part for part, new in moves if new == Status.SCHEDULED]
    assert len(called) <= 1
    for part in called:
        assert before[0] == Status.PUBLISHED
        earlier = [status for number, status in rows if number < part]
        if part == COMMENT:
            assert all(s in SETTLED or (n, Status.WITHDRAWN) in moves for n, s in rows[:-1])
        else:
            assert set(earlier) == {Status.PUBLISHED}


@given(rows=ROWS)
def test_calling_up_ends_and_a_second_time_changes_nothing(rows: list[tuple[int, str]]) -> None:
    moved = dict(rows) | dict(parts.next_moves(rows))
    again = parts.next_moves(list(moved.items()))
    assert again == []


@given(rows=ROWS)
def test_nothing_waits_for_ever_behind_what_is_settled(rows: list[tuple[int, str]]) -> None:
    if all(status in (*SETTLED, Status.WAITING) for _part, status in rows) and (
        rows[0][1] != Status.WAITING
    ):
        waiting = [part for part, status in rows if status == Status.WAITING]
        assert bool(parts.next_moves(rows)) == bool(waiting)
