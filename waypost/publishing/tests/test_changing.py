"""Posts that are out are changed and deleted, each as often as asked and no oftener."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection, Health
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.kit.errors import Refusal
from waypost.providers.abilities import Deletes
from waypost.providers.tests.worlds import World
from waypost.publishing import actions, arming, changing, recalling, work
from waypost.publishing.models import COMMENT, Attempt, Change, Decision, Delivery, Status
from waypost.publishing.tests.walking import run_thread
from waypost.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test says itself when a worker comes by."""
    monkeypatch.setattr(work, "wake_change", lambda _pk, _at: None)


def sent(business: Business, channel: Connection, *parts: str, comment: str = "") -> Item:
    item = factories.scheduled_item(business, channel, text="Sveče", language="sl")
    item.variants.update(parts=list(parts), comment=comment)
    arming.arm(item)
    run_thread(item)
    return item


def rows(item: Item) -> list[Delivery]:
    return list(
        Delivery.objects.filter(item=item).select_related("item", "connection").order_by("part")
    )


def states(item: Item) -> list[str]:
    return [row.status for row in rows(item)]


def do_all(item: Item) -> None:
    """A worker comes by for each that asks, however far off its time is."""
    past = timezone.now() - timedelta(seconds=1)
    for row in Delivery.objects.filter(item=item).exclude(change=""):
        Delivery.objects.filter(pk=row.pk).update(due_at=past)
        changing.change(row.pk)


# --- deleting ---


def test_a_deleted_post_is_gone_with_its_parts_and_its_comment(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = sent(business, channel, "Drugi", "Tretji", comment="Komentar")
    assert world.standing() == 4
    recalling.delete(rows(item)[0], by=owner)
    assert [row.change for row in rows(item)] == [Change.DELETE] * 4
    do_all(item)
    assert world.standing() == 0
    assert states(item) == [Status.DELETED] * 4
    assert all(row.deleted_at and not row.change for row in rows(item))
    item.refresh_from_db()
    assert item.status == ItemStatus.PUBLISHED
    assert Attempt.objects.filter(step="delete", outcome=Attempt.Outcome.DONE).count() == 4
    assert Decision.objects.filter(verb="delete", user=owner).count() == 4


def test_what_was_not_sent_yet_is_not_sent_any_more(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = sent(business, channel, "a" * 5000, "Tretji")
    assert states(item) == [Status.PUBLISHED, Status.FAILED, Status.WAITING]
    recalling.delete(rows(item)[0], by=owner)
    do_all(item)
    assert states(item) == [Status.DELETED, Status.WITHDRAWN, Status.WITHDRAWN]
    assert world.standing() == 0


def test_deleting_what_somebody_deleted_on_the_network_is_done(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = sent(business, channel)
    assert isinstance(world.publisher, Deletes)
    world.publisher.delete(rows(item)[0].remote_id, world.credentials)
    recalling.delete(rows(item)[0], by=owner)
    do_all(item)
    assert states(item) == [Status.DELETED]


@pytest.mark.parametrize("accept", [True, False], ids=["taken", "not taken"])
def test_a_cut_connection_while_deleting_is_asked_again(
    accept: bool, business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = sent(business, channel)
    recalling.delete(rows(item)[0], by=owner)
    world.server.cut_next("", accept=accept)
    do_all(item)
    (row,) = rows(item)
    assert (row.status, row.change) == (Status.PUBLISHED, Change.DELETE)
    assert row.due_at > timezone.now()
    assert row.reason
    do_all(item)
    assert states(item) == [Status.DELETED]
    assert world.standing() == 0


def test_a_worker_that_died_while_deleting_is_followed_by_another(
    business: Business, channel: Connection, world: World, owner: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    item = sent(business, channel)
    recalling.delete(rows(item)[0], by=owner)

    class Killed(BaseException):
        pass

    def dies(*_args: Any) -> None:
        raise Killed

    with monkeypatch.context() as patches:
        patches.setattr(type(world.publisher), "delete", dies)
        with pytest.raises(Killed):
            do_all(item)
    (pk, _moment) = Delivery.objects.to_change(timezone.now() + timedelta(minutes=5)).get()
    assert pk == rows(item)[0].pk
    do_all(item)
    assert states(item) == [Status.DELETED]


def test_two_wake_ups_ask_the_network_once(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = sent(business, channel)
    recalling.delete(rows(item)[0], by=owner)
    (row,) = rows(item)
    for _ in range(3):
        changing.change(row.pk)
    assert Attempt.objects.filter(step="delete").count() == 1


def test_a_day_without_an_answer_ends_in_words(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = sent(business, channel)
    recalling.delete(rows(item)[0], by=owner)
    Delivery.objects.update(change_asked_at=timezone.now() - timedelta(hours=25))
    world.server.fail_next("", status=503, times=9)
    do_all(item)
    (row,) = rows(item)
    assert (row.status, row.change) == (Status.PUBLISHED, "")
    assert row.reason == (
        "The post could not be deleted: "
        "The network did not answer for a whole day. Nothing was changed."
    )


def test_revoked_access_breaks_the_account_and_leaves_the_post(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = sent(business, channel)
    recalling.delete(rows(item)[0], by=owner)
    world.revoke()
    for _ in range(5):
        do_all(item)
    (row,) = rows(item)
    assert (row.status, row.change) == (Status.PUBLISHED, "")
    assert "could not be deleted" in row.reason
    assert row.connection.health == Health.BROKEN
    assert world.standing() == 1


def test_while_a_part_is_unclear_nothing_is_deleted(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = sent(business, channel, "Drugi")
    Delivery.objects.filter(part=1).update(status=Status.UNCONFIRMED)
    with pytest.raises(Refusal, match="Wait for that"):
        recalling.delete(rows(item)[0], by=owner)
    assert [row.change for row in rows(item)] == ["", ""]


def test_what_a_person_posted_by_hand_is_deleted_by_hand(business: Business, owner: User) -> None:
    by_hand = factories.make_connection(business)
    item = factories.make_item(business, channels=[by_hand], status=ItemStatus.PUBLISHED)
    row = factories.make_delivery(item, by_hand, status=Status.PUBLISHED, remote_id="1")
    assert not recalling.may_delete(row)
    with pytest.raises(Refusal, match="Delete it on the network"):
        recalling.delete(row, by=owner)


def test_a_deleted_post_is_not_sent_again(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    item = sent(business, channel)
    recalling.delete(rows(item)[0], by=owner)
    do_all(item)
    (row,) = rows(item)
    for verb in (actions.retry, actions.send_again, actions.withdraw):
        with pytest.raises(Refusal):
            verb(row, by=owner)
    arming.arm(item)
    run_thread(item)
    assert (states(item), world.standing()) == ([Status.DELETED], 0)


# --- changing ---


def test_a_changed_part_says_the_new_words_and_keeps_them(
    business: Business, mastodon_channel: Connection, mastodon: World, owner: User
) -> None:
    item = sent(business, mastodon_channel, "Drugi del", comment="Komentar")
    for row, words in zip(rows(item), ("Svečke", "Drugi, popravljen", "Novi"), strict=True):
        recalling.edit(row, text=words, by=owner)
    do_all(item)
    found = [mastodon.text_of(row.remote_id) for row in rows(item)]
    assert found == ["Svečke", "Drugi, popravljen", "Novi"]
    variant = item.variants.get()
    assert (variant.text, variant.parts, variant.comment) == (
        "Svečke",
        ["Drugi, popravljen"],
        "Novi",
    )
    assert [row.status for row in rows(item)] == [Status.PUBLISHED] * 3
    assert all(row.edited_at and not row.change for row in rows(item))
    assert mastodon.standing() == 3


def test_new_words_that_are_too_long_are_refused_before_anything_changes(
    business: Business, mastodon_channel: Connection, mastodon: World, owner: User
) -> None:
    item = sent(business, mastodon_channel)
    with pytest.raises(Refusal) as refusal:
        recalling.edit(rows(item)[0], text="a" * 501, by=owner)
    assert refusal.value.field == "text"
    assert item.variants.get().text == ""
    assert rows(item)[0].change == ""


def test_a_post_that_is_gone_cannot_be_changed_and_says_so(
    business: Business, mastodon_channel: Connection, mastodon: World, owner: User
) -> None:
    item = sent(business, mastodon_channel)
    recalling.edit(rows(item)[0], text="Novo", by=owner)
    mastodon.server.statuses.clear()  # type: ignore[attr-defined]
    do_all(item)
    (row,) = rows(item)
    assert row.reason == (
        "The post could not be changed: "
        "The post is no longer on the network, so it cannot be changed."
    )
    assert (row.status, row.change, row.edited_at) == (Status.PUBLISHED, "", None)


def test_where_nobody_can_change_a_post_it_is_not_offered(
    business: Business, owner: User, world: World, channel: Connection
) -> None:
    item = sent(business, channel)
    (row,) = rows(item)
    if recalling.may_edit(row):
        return
    with pytest.raises(Refusal, match="Change it on the network"):
        recalling.edit(row, text="Novo", by=owner)


def test_the_number_of_the_comment_is_behind_every_part() -> None:
    assert COMMENT > 100
