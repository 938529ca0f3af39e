"""What a person decides about a post on its way."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.actions import mark_broken
from waypost.connections.models import Connection
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.kit.errors import Refusal
from waypost.providers.tests.worlds import World
from waypost.publishing import actions, patience, publisher, work
from waypost.publishing.models import Decision, Delivery, Status
from waypost.publishing.tests.walking import armed, fresh, let_time_pass, run
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def woken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The deliveries that a worker was asked to send, in order."""
    asked: list[int] = []
    monkeypatch.setattr(work, "wake", lambda pk, _at: asked.append(pk))
    return asked


@pytest.fixture
def by_hand(business: Business) -> Connection:
    return factories.make_connection(business)


@pytest.fixture
def draft(business: Business, by_hand: Connection) -> Item:
    return factories.make_item(business, channels=[by_hand])


def in_state(item: Item, connection: Connection, status: str, **fields: Any) -> Delivery:
    Item.objects.filter(pk=item.pk).update(
        status=ItemStatus.PUBLISHING, due_at=timezone.now() - timedelta(minutes=5)
    )
    item.refresh_from_db()
    return factories.make_delivery(item, connection, status=status, **fields)


def test_a_post_for_next_week_waits_without_a_delivery(
    draft: Item, owner: User, woken: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    due_at = timezone.now() + timedelta(days=7)
    with django_capture_on_commit_callbacks(execute=True):
        actions.schedule(draft, due_at=due_at, by=owner)
    draft.refresh_from_db()
    assert (draft.status, draft.due_at) == (ItemStatus.SCHEDULED, due_at)
    assert woken == []
    assert not draft.deliveries.exists()


def test_a_post_for_now_wakes_a_worker_at_once(
    draft: Item, owner: User, woken: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.publish_now(draft, by=owner)
    assert woken == [draft.deliveries.get().pk]


def test_a_post_that_was_taken_back_is_a_draft_and_its_delivery_is_withdrawn(
    draft: Item, owner: User, woken: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.schedule(draft, due_at=timezone.now() + timedelta(seconds=60), by=owner)
    actions.unschedule(draft, by=owner)
    draft.refresh_from_db()
    assert draft.status == ItemStatus.DRAFT
    assert draft.deliveries.get().status == Status.WITHDRAWN


def test_a_post_that_is_being_sent_cannot_be_taken_back(
    draft: Item, by_hand: Connection, owner: User
) -> None:
    in_state(draft, by_hand, Status.SENDING)
    with pytest.raises(Refusal):
        actions.unschedule(draft, by=owner)
    assert draft.deliveries.get().status == Status.SENDING


def test_a_withdrawn_post_goes_out_when_it_is_scheduled_again(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = factories.scheduled_item(business, channel)
    delivery = armed(item)
    actions.unschedule(item, by=owner)
    item.refresh_from_db()
    actions.publish_now(item, by=owner)
    assert run(delivery).status == Status.PUBLISHED
    assert world.standing() == 1


def test_a_refused_post_starts_anew_with_another_key(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = factories.scheduled_item(business, channel, text="x" * 4000)
    delivery = run(armed(item))
    assert delivery.status == Status.FAILED
    old_key = delivery.client_key
    Item.objects.filter(pk=item.pk).update(text="Short enough")

    actions.retry(delivery, by=owner)
    assert fresh(delivery).client_key == ""
    delivery = run(delivery)
    assert delivery.status == Status.PUBLISHED
    assert delivery.client_key != old_key or not old_key
    assert world.standing() == 1
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHED
    assert list(Decision.objects.values_list("verb", "user")) == [("retry", owner.pk)]


def test_retrying_waits_for_the_account(draft: Item, by_hand: Connection, owner: User) -> None:
    delivery = in_state(draft, by_hand, Status.BLOCKED)
    mark_broken(by_hand, reason="gone")
    with pytest.raises(Refusal, match="Connect the account"):
        actions.retry(fresh(delivery), by=owner)
    assert fresh(delivery).status == Status.BLOCKED


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.SENDING, Status.SCHEDULED])
def test_what_is_not_stuck_cannot_be_retried(
    status: str, draft: Item, by_hand: Connection, owner: User
) -> None:
    delivery = in_state(draft, by_hand, status)
    with pytest.raises(Refusal):
        actions.retry(delivery, by=owner)
    assert fresh(delivery).status == status


def test_a_post_that_a_person_found_counts_as_published(
    draft: Item, by_hand: Connection, owner: User
) -> None:
    delivery = in_state(draft, by_hand, Status.UNCONFIRMED, reason="?")
    actions.found(delivery, url="https://example.com/p/1", by=owner)
    row = fresh(delivery)
    assert (row.status, row.remote_url, row.reason) == (
        Status.PUBLISHED,
        "https://example.com/p/1",
        "",
    )
    draft.refresh_from_db()
    assert draft.status == ItemStatus.PUBLISHED


@pytest.mark.parametrize("url", ["", "no link", "javascript:alert(1)", "ftp://x.org/1"])
def test_only_a_link_is_a_find(url: str, draft: Item, by_hand: Connection, owner: User) -> None:
    delivery = in_state(draft, by_hand, Status.UNCONFIRMED)
    with pytest.raises(Refusal) as refused:
        actions.found(delivery, url=url, by=owner)
    assert refused.value.field == "url"
    assert fresh(delivery).status == Status.UNCONFIRMED


def test_sending_again_keeps_the_key_so_that_a_late_first_try_cannot_double_it(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = factories.scheduled_item(business, channel)
    world.server.cut_next(world.publish_path, accept=True)
    delivery = armed(item)
    publisher.deliver(delivery.pk)
    key = fresh(delivery).client_key

    let_time_pass(delivery, by=patience.SETTLED)
    actions.send_again(fresh(delivery), by=owner)
    delivery = run(delivery)
    assert delivery.client_key == key
    assert delivery.status == Status.PUBLISHED
    assert world.standing() == 1


def test_a_post_is_not_sent_again_while_the_first_try_may_still_arrive(
    business: Business, mastodon: World, mastodon_channel: Connection, owner: User
) -> None:
    item = factories.scheduled_item(business, mastodon_channel)
    mastodon.server.cut_next(mastodon.publish_path, accept=False)
    delivery = armed(item)
    publisher.deliver(delivery.pk)
    with pytest.raises(Refusal, match="may still arrive"):
        actions.send_again(fresh(delivery), by=owner)
    assert fresh(delivery).status == Status.UNCONFIRMED


def test_only_an_unclear_post_is_sent_again(draft: Item, by_hand: Connection, owner: User) -> None:
    delivery = in_state(draft, by_hand, Status.PUBLISHED)
    with pytest.raises(Refusal):
        actions.send_again(delivery, by=owner)
    assert fresh(delivery).status == Status.PUBLISHED


def test_posting_by_hand_needs_no_link(draft: Item, by_hand: Connection, owner: User) -> None:
    delivery = in_state(draft, by_hand, Status.YOUR_TURN)
    actions.hand_over_done(delivery, url="", by=owner)
    assert fresh(delivery).status == Status.PUBLISHED
    assert fresh(delivery).remote_url == ""


def test_an_item_whose_only_channel_is_skipped_is_cancelled(
    draft: Item, by_hand: Connection, owner: User
) -> None:
    delivery = in_state(draft, by_hand, Status.YOUR_TURN)
    actions.withdraw(delivery, by=owner)
    assert fresh(delivery).status == Status.WITHDRAWN
    draft.refresh_from_db()
    assert draft.status == ItemStatus.CANCELLED


@pytest.mark.parametrize("status", [Status.STAGING, Status.SENDING, Status.PUBLISHED])
def test_it_is_too_late_to_skip_what_is_on_its_way(
    status: str, draft: Item, by_hand: Connection, owner: User
) -> None:
    delivery = in_state(draft, by_hand, status)
    with pytest.raises(Refusal):
        actions.withdraw(delivery, by=owner)
    assert fresh(delivery).status == status


def test_a_post_that_was_left_unsent_starts_anew_when_it_is_scheduled_again(
    draft: Item, by_hand: Connection, owner: User
) -> None:
    delivery = in_state(
        draft, by_hand, Status.UNCONFIRMED, client_key="old", was_unclear=True, tries=3
    )
    actions.withdraw(delivery, by=owner)
    draft.refresh_from_db()
    assert draft.status == ItemStatus.CANCELLED

    Item.objects.filter(pk=draft.pk).update(status=ItemStatus.SCHEDULED)
    row = armed(Item.objects.get(pk=draft.pk))
    assert (row.client_key, row.was_unclear, row.tries) == ("", False, 0)
