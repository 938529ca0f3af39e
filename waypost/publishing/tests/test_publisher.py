"""One delivery on its way to a fake network over real HTTP."""

from datetime import timedelta

import pytest
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection, Health
from waypost.content import actions as content
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.providers.base import Lookup
from waypost.providers.tests.worlds import World
from waypost.publishing import arming, confirming, patience, publisher
from waypost.publishing.models import Attempt, Delivery, Status
from waypost.publishing.running import Run
from waypost.publishing.tests.walking import armed, fresh, let_time_pass, run, step
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(business: Business, channel: Connection) -> Item:
    return factories.scheduled_item(business, channel, text="Nove sveče so tu 🐝")


def test_a_due_item_stands_once_on_the_network_and_the_row_says_where(
    item: Item, world: World
) -> None:
    delivery = run(armed(item))

    assert world.standing() == 1
    assert delivery.status == Status.PUBLISHED
    assert delivery.remote_id
    assert delivery.remote_url.startswith("http")
    assert delivery.reason == ""
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHED
    assert item.published_at is not None


def test_three_copies_of_one_wake_up_send_once(item: Item, world: World) -> None:
    delivery = armed(item)
    for _ in range(3):
        publisher.deliver(delivery.pk)
    assert world.standing() == 1
    assert len(world.server.asked(world.publish_path, "POST")) == 1


def test_arming_twice_keeps_one_delivery_for_each_channel(item: Item) -> None:
    first, second = armed(item), armed(item)
    assert first.pk == second.pk
    assert Delivery.objects.filter(item=item).count() == 1


def test_nothing_is_sent_before_its_time(item: Item, world: World) -> None:
    delivery = armed(item)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now() + timedelta(minutes=1))
    publisher.deliver(delivery.pk)
    assert fresh(delivery).status == Status.SCHEDULED
    assert world.server.asked(world.publish_path, "POST") == []


def test_an_item_that_was_moved_later_waits_for_its_new_time(item: Item, world: World) -> None:
    delivery = armed(item)
    later = timezone.now() + timedelta(days=2)
    Item.objects.filter(pk=item.pk).update(due_at=later)
    publisher.deliver(delivery.pk)
    row = fresh(delivery)
    assert (row.status, row.due_at) == (Status.SCHEDULED, later)
    assert world.standing() == 0


def test_an_item_that_was_taken_back_is_not_sent(item: Item, world: World) -> None:
    delivery = armed(item)
    Item.objects.filter(pk=item.pk).update(status=ItemStatus.DRAFT)
    publisher.deliver(delivery.pk)
    assert fresh(delivery).status == Status.WITHDRAWN
    assert world.standing() == 0
    item.refresh_from_db()
    assert item.status == ItemStatus.DRAFT


def test_a_channel_that_was_taken_out_of_the_item_is_not_sent(item: Item, world: World) -> None:
    delivery = armed(item)
    item.variants.all().delete()
    publisher.deliver(delivery.pk)
    assert fresh(delivery).status == Status.WITHDRAWN
    assert world.standing() == 0


def test_a_busy_network_is_asked_again_after_the_time_it_named(item: Item, world: World) -> None:
    world.server.fail_next(world.publish_path, status=429, headers={"Retry-After": "40"})
    delivery = step(armed(item))
    assert delivery.status == Status.SCHEDULED
    wait = delivery.due_at - timezone.now()
    assert timedelta(seconds=35) < wait < timedelta(seconds=90)
    assert delivery.reason

    assert run(delivery).status == Status.PUBLISHED
    assert world.standing() == 1


def test_a_network_that_stays_busy_for_a_day_ends_in_a_sentence(item: Item, world: World) -> None:
    world.server.fail_next(world.publish_path, status=429, times=99)
    delivery = step(armed(item))
    Item.objects.filter(pk=item.pk).update(due_at=timezone.now() - timedelta(hours=25))
    delivery = run(delivery)
    assert delivery.status == Status.FAILED
    assert "day" in delivery.reason
    item.refresh_from_db()
    assert item.status == ItemStatus.FAILED


def test_what_the_network_refuses_is_told_in_words_and_not_repeated(
    business: Business, channel: Connection, world: World
) -> None:
    item = factories.scheduled_item(business, channel, text="a" * 5000)
    delivery = run(armed(item))
    assert delivery.status == Status.FAILED
    assert delivery.reason
    assert world.standing() == 0
    assert len(world.server.asked(world.publish_path, "POST")) <= 1
    item.refresh_from_db()
    assert item.status == ItemStatus.FAILED


def test_revoked_access_blocks_the_post_and_breaks_the_connection(item: Item, world: World) -> None:
    world.revoke()
    delivery = run(armed(item))
    assert delivery.status == Status.BLOCKED
    assert delivery.connection.health == Health.BROKEN
    assert delivery.reason
    assert world.standing() == 0
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHING


def test_a_connection_that_is_cut_after_the_post_was_taken_does_not_double_it(
    item: Item, world: World
) -> None:
    world.server.cut_next(world.publish_path, accept=True)
    delivery = step(armed(item))
    assert delivery.status == Status.UNCONFIRMED
    assert delivery.was_unclear

    delivery = run(delivery)
    assert delivery.status == Status.PUBLISHED
    assert world.standing() == 1


def test_a_connection_that_is_cut_before_the_post_was_taken_does_not_lose_it(
    item: Item, world: World
) -> None:
    world.server.cut_next(world.publish_path, accept=False)
    assert step(armed(item)).status == Status.UNCONFIRMED
    assert run(Delivery.objects.get(), by=timedelta(minutes=1)).status == Status.PUBLISHED
    assert world.standing() == 1


def test_an_error_500_after_the_post_was_taken_does_not_double_it(item: Item, world: World) -> None:
    world.server.fail_next(world.publish_path, status=500, accept=True)
    delivery = run(armed(item))
    assert delivery.status == Status.PUBLISHED
    assert world.standing() == 1


def test_a_network_that_cannot_be_asked_keeps_the_post_unconfirmed(
    item: Item, world: World
) -> None:
    world.server.cut_next("", accept=False, times=50)
    delivery = armed(item)
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Status.UNCONFIRMED, client_key="k", first_sent_at=timezone.now()
    )
    confirming.confirm(delivery.pk)
    row = fresh(delivery)
    assert row.status == Status.UNCONFIRMED
    assert row.due_at > timezone.now()


def test_a_worker_that_died_while_preparing_is_simply_followed_by_another(
    item: Item, world: World
) -> None:
    delivery = armed(item)
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Status.STAGING, lease_token="dead", lease_until=timezone.now()
    )
    content.start_publishing(item)
    assert run(delivery).status == Status.PUBLISHED
    assert world.standing() == 1


def test_a_living_worker_is_left_alone(item: Item, world: World) -> None:
    delivery = armed(item)
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Status.SENDING,
        lease_token="alive",
        lease_until=timezone.now() + timedelta(minutes=1),
    )
    publisher.recover(delivery.pk)
    assert fresh(delivery).status == Status.SENDING


def test_a_worker_that_lost_its_lease_stops_before_it_sends(
    item: Item, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = armed(item)

    def another_worker_takes_over(run: Run) -> None:
        Delivery.objects.filter(pk=delivery.pk).update(lease_token="the other one")

    monkeypatch.setattr(publisher, "_stage", another_worker_takes_over)
    publisher.deliver(delivery.pk)
    assert world.server.asked(world.publish_path, "POST") == []
    assert fresh(delivery).status == Status.STAGING


def test_every_call_leaves_a_line_with_its_outcome(item: Item, world: World) -> None:
    world.server.fail_next(world.publish_path, status=429)
    run(armed(item))
    outcomes = list(Attempt.objects.filter(step="publish").values_list("outcome", flat=True))
    assert outcomes == [Attempt.Outcome.BUSY, Attempt.Outcome.DONE]


def test_no_secret_stands_in_what_is_kept_about_a_delivery(item: Item, world: World) -> None:
    world.server.fail_next(world.publish_path, status=500)
    delivery = run(armed(item))
    kept = f"{delivery.staged} {delivery.reason} {list(Attempt.objects.values_list())}"
    for secret in world.credentials.secrets.values():
        assert secret not in kept


def test_an_item_for_two_channels_closes_when_both_have_it(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    by_hand = factories.make_connection(business)
    item = factories.scheduled_item(business, channel, by_hand)
    for delivery in arming.arm(item):
        publisher.deliver(delivery.pk)
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHING
    waiting = Delivery.objects.get(connection=by_hand)
    assert waiting.status == Status.YOUR_TURN
    let_time_pass(waiting)
    assert world.standing() == 1


def test_access_that_cannot_be_read_any_more_blocks_the_post_in_words(
    item: Item, channel: Connection, world: World
) -> None:
    Connection.objects.filter(pk=channel.pk).update(sealed_secrets="lost")
    delivery = run(armed(item))
    assert delivery.status == Status.BLOCKED
    assert "Connect the account again" in delivery.reason
    assert world.standing() == 0


def test_a_removed_account_fails_the_post_in_words(
    item: Item, channel: Connection, world: World
) -> None:
    Connection.objects.filter(pk=channel.pk).update(health=Health.REMOVED)
    delivery = run(armed(item))
    assert delivery.status == Status.FAILED
    assert "removed" in delivery.reason


def test_a_broken_account_makes_the_post_wait(
    item: Item, channel: Connection, world: World
) -> None:
    Connection.objects.filter(pk=channel.pk).update(
        health=Health.BROKEN, broken_reason="Sign in again at the network."
    )
    delivery = run(armed(item))
    assert (delivery.status, delivery.reason) == (
        Status.BLOCKED,
        "Sign in again at the network.",
    )
    assert world.server.asked(world.publish_path, "POST") == []


def test_a_refused_second_try_asks_the_owner_since_the_first_may_have_arrived(
    item: Item, world: World
) -> None:
    delivery = armed(item)
    Delivery.objects.filter(pk=delivery.pk).update(
        was_unclear=True,
        client_key=world.publisher.new_key(),
        first_sent_at=timezone.now(),
        sent_at=timezone.now(),
    )
    world.server.fail_next(world.publish_path, status=422, body={"error": "Validation failed"})
    row = step(delivery)
    assert row.status in {Status.UNCONFIRMED, Status.SCHEDULED}
    assert row.status != Status.FAILED


def test_what_the_network_cannot_tell_is_left_to_the_owner_and_not_asked_for_ever(
    item: Item, channel: Connection, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = armed(item)
    now = timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Status.UNCONFIRMED, client_key="k", first_sent_at=now, sent_at=now
    )
    provider = type(world.publisher)
    monkeypatch.setattr(provider, "find", lambda *_a, **_k: Lookup.CANNOT_TELL)
    monkeypatch.setattr(provider, "same_key_is_safe", lambda *_a, **_k: False)
    let_time_pass(delivery, by=patience.SETTLED)
    confirming.confirm(delivery.pk)
    row = fresh(delivery)
    assert row.status == Status.UNCONFIRMED
    assert row.due_at - now > timedelta(days=300)
    assert "Please look" in row.reason


def test_a_look_that_finds_the_access_revoked_breaks_the_connection_and_keeps_the_question(
    business: Business, mastodon: World, mastodon_channel: Connection
) -> None:
    item = factories.scheduled_item(business, mastodon_channel)
    delivery = armed(item)
    now = timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Status.UNCONFIRMED, client_key="k", first_sent_at=now, sent_at=now
    )
    mastodon.revoke()
    let_time_pass(delivery, by=timedelta(minutes=5))
    confirming.confirm(delivery.pk)
    row = fresh(delivery)
    assert (row.status, row.connection.health) == (Status.UNCONFIRMED, Health.BROKEN)
    assert mastodon.standing() == 0


def test_an_unclear_delivery_whose_channel_was_taken_out_is_left_to_the_owner(
    item: Item, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = armed(item)
    now = timezone.now()
    Delivery.objects.filter(pk=delivery.pk).update(
        status=Status.UNCONFIRMED, client_key="k", first_sent_at=now, sent_at=now
    )
    item.variants.all().delete()
    monkeypatch.setattr(type(world.publisher), "same_key_is_safe", lambda *_a, **_k: False)
    let_time_pass(delivery, by=patience.SETTLED)
    confirming.confirm(delivery.pk)
    assert "Please look" in fresh(delivery).reason
