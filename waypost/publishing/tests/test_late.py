"""What becomes of posts that are late because their account was broken."""

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection, Health
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.providers.tests.worlds import World
from waypost.publishing import arming, late, publisher, work
from waypost.publishing.models import Decision, Delivery, Hold, Status
from waypost.publishing.tests.walking import fresh
from waypost.tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def blocked(business: Business, channel: Connection, *, ago: timedelta = 5 * HOUR) -> Delivery:
    item = factories.scheduled_item(
        business,
        channel,
        status=ItemStatus.PUBLISHING,
        due_at=timezone.now() - ago,
        title=f"Late by {ago}",
    )
    return factories.make_delivery(item, channel, status=Status.BLOCKED, reason="Sign in again.")


@pytest.fixture
def shop(business: Business) -> Connection:
    return factories.make_connection(business)


def url(name: str, business: Business, *picked: Delivery) -> str:
    query = "&".join(f"pick={each.pk}" for each in picked)
    return f"{reverse(f'publishing:{name}', args=[business.slug])}?{query}"


def act(client: Client, name: str, business: Business, *picked: Delivery, **typed: str) -> Any:
    values = {"pick": [each.pk for each in picked], **typed}
    return client.post(url(name, business), values, follow=True)


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def undo(client: Client, answer: Any) -> Any:
    (found,) = [
        each.extra_tags.removeprefix("undo:")
        for each in answer.context["messages"]
        if (each.extra_tags or "").startswith("undo:")
    ]
    return client.post(html.unescape(found), follow=True)


def item_status(delivery: Delivery) -> str:
    return Item.objects.get(pk=delivery.item_id).status


# --- which ones ---


def test_a_healed_account_sends_what_is_less_than_an_hour_late_and_leaves_the_rest(
    business: Business, channel: Connection, world: World
) -> None:
    young = blocked(business, channel, ago=timedelta(minutes=59))
    old = blocked(business, channel, ago=timedelta(minutes=61))
    work.sweep.call_local()
    assert (fresh(young).status, fresh(old).status) == (Status.SCHEDULED, Status.BLOCKED)
    assert list(late.late_posts(business)) == [old]
    publisher.deliver(young.pk)
    assert world.standing() == 1


def test_the_page_shows_the_late_ones_of_this_business_in_their_order(
    page: Client, business: Business, shop: Connection
) -> None:
    newer, older = blocked(business, shop, ago=2 * HOUR), blocked(business, shop, ago=9 * HOUR)
    blocked(business, shop, ago=HOUR / 2)
    other = factories.make_business()
    blocked(other, factories.make_connection(other))
    assert page.get(url("late", business)).context["rows"] == [older, newer]


def test_an_empty_page_says_what_would_be_here(page: Client, business: Business) -> None:
    assert "No post is late" in page.get(url("late", business)).content.decode()


def test_the_page_costs_the_same_for_many_posts(
    page: Client, business: Business, shop: Connection, django_assert_max_num_queries: Any
) -> None:
    for _number in range(25):
        blocked(business, shop)
    with django_assert_max_num_queries(9):
        page.get(url("late", business))


# --- send ---


def test_sending_all_asks_first_and_then_sends_each_once(
    page: Client, business: Business, channel: Connection, world: World
) -> None:
    rows = [blocked(business, channel) for _number in range(3)]
    asked = page.get(url("late_send", business, *rows))
    assert "Send 3 late posts now?" in asked.content.decode()
    assert {fresh(each).status for each in rows} == {Status.BLOCKED}

    answer = act(page, "late_send", business, *rows)
    assert said(answer) == ["3 posts go out now."]
    for each in rows:
        publisher.deliver(each.pk)
    assert world.standing() == 3
    assert act(page, "late_send", business, *rows).redirect_chain  # a second press does nothing
    assert world.standing() == 3


def test_a_post_whose_account_is_still_broken_is_not_sent(
    page: Client, business: Business, shop: Connection
) -> None:
    row = blocked(business, shop)
    Connection.objects.filter(pk=shop.pk).update(health=Health.BROKEN)
    shown = page.get(url("late", business)).content.decode()
    assert "Send now" not in shown
    assert "Connect the account again" in shown
    act(page, "late_send", business, row)
    assert fresh(row).status == Status.BLOCKED


def test_a_late_post_that_is_sent_is_tried_for_a_whole_day_again(
    business: Business, channel: Connection, world: World, owner: User
) -> None:
    row = blocked(business, channel, ago=timedelta(days=3))
    late.send_all([row], by=owner)
    world.server.fail_next(world.publish_path, status=429)
    publisher.deliver(row.pk)
    assert fresh(row).status == Status.SCHEDULED


# --- move ---


def test_moving_gives_each_its_own_time(page: Client, business: Business, shop: Connection) -> None:
    older, newer = blocked(business, shop, ago=9 * HOUR), blocked(business, shop, ago=2 * HOUR)
    answer = act(
        page, "late_move", business, newer, older,
        due_date="2036-12-04", due_time="09:00", between="120",
    )  # fmt: skip
    assert said(answer) == ["2 posts were moved."]
    first = datetime(2036, 12, 4, 8, 0, tzinfo=UTC)
    assert [fresh(each).due_at for each in (older, newer)] == [first, first + 2 * HOUR]
    moved = fresh(older)
    assert (moved.status, moved.hold, moved.wanted_at) == (Status.SCHEDULED, Hold.MOVED, first)
    assert moved.reason == "Moved to 4 December 2036, 09:00."
    assert Decision.objects.filter(verb="move").count() == 2


def test_moving_can_be_undone(page: Client, business: Business, shop: Connection) -> None:
    row = blocked(business, shop)
    answer = act(
        page, "late_move", business, row, due_date="2036-12-04", due_time="09:00", between="0"
    )
    assert fresh(row).status == Status.SCHEDULED
    assert said(undo(page, answer)) == ["1 post waits for your decision again."]
    again = fresh(row)
    assert (again.status, again.hold, again.held_until) == (Status.BLOCKED, "", None)
    assert list(late.late_posts(business)) == [row]


def test_what_was_moved_and_is_out_cannot_be_undone(
    page: Client, business: Business, shop: Connection
) -> None:
    row = blocked(business, shop)
    answer = act(
        page, "late_move", business, row, due_date="2036-12-04", due_time="09:00", between="0"
    )
    Delivery.objects.filter(pk=row.pk).update(status=Status.YOUR_TURN)
    assert said(undo(page, answer)) == ["It is too late to take this back."]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"due_date": "2020-01-01", "due_time": "09:00", "between": "0"}, "due_time"),
        ({"due_date": "", "due_time": "09:00", "between": "0"}, "due_date"),
        ({"due_date": "2036-12-04", "due_time": "09:00", "between": "7"}, "between"),
    ],
)
def test_a_time_that_cannot_be_is_told_beside_its_field_and_the_choice_is_kept(
    typed: dict[str, str], field: str, page: Client, business: Business, shop: Connection
) -> None:
    row = blocked(business, shop)
    answer = act(page, "late_move", business, row, **typed)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert f'name="pick" value="{row.pk}"' in answer.content.decode()
    assert fresh(row).status == Status.BLOCKED


def test_moving_into_quiet_hours_is_warned_of(
    page: Client, business: Business, shop: Connection
) -> None:
    business.quiet_from, business.quiet_until = time(22), time(7)
    business.save()
    answer = act(
        page, "late_move", business, blocked(business, shop),
        due_date="2036-12-04", due_time="23:00", between="0",
    )  # fmt: skip
    assert "quiet hours" in said(answer)[0]


# --- give up ---


def test_giving_up_asks_first_closes_the_item_and_can_be_undone(
    page: Client, business: Business, shop: Connection
) -> None:
    row = blocked(business, shop)
    asked = page.get(url("late_give_up", business, row)).content.decode()
    assert "Give up 1 late post?" in asked
    answer = act(page, "late_give_up", business, row)
    assert (fresh(row).status, item_status(row)) == (Status.WITHDRAWN, ItemStatus.CANCELLED)

    undo(page, answer)
    assert (fresh(row).status, item_status(row)) == (Status.BLOCKED, ItemStatus.PUBLISHING)
    verbs = list(Decision.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["give up", "take back"]


def test_no_undo_is_promised_where_another_channel_closed_the_item(
    page: Client, business: Business, shop: Connection
) -> None:
    row = blocked(business, shop)
    out = factories.make_connection(business)
    factories.make_delivery(row.item, out, status=Status.PUBLISHED)
    answer = act(page, "late_give_up", business, row)
    assert item_status(row) == ItemStatus.PUBLISHED
    assert not re.search(r"late/take-back", answer.content.decode())


def test_what_was_withdrawn_otherwise_does_not_come_back_by_this_door(
    page: Client, business: Business, shop: Connection
) -> None:
    row = blocked(business, shop)
    Delivery.objects.filter(pk=row.pk).update(status=Status.WITHDRAWN)
    page.post(url("late_take_back", business, row))
    assert fresh(row).status == Status.WITHDRAWN


# --- doors ---


@pytest.mark.parametrize("name", ["late_send", "late_move", "late_give_up"])
def test_who_chose_nothing_is_asked_to_choose(name: str, page: Client, business: Business) -> None:
    for answer in (page.get(url(name, business), follow=True), act(page, name, business)):
        assert said(answer)[0].startswith("Choose at least one post that waits.")


@pytest.mark.parametrize("name", ["late_send", "late_move", "late_give_up", "late_take_back"])
def test_posts_of_another_business_cannot_be_picked_by_number(
    name: str, page: Client, business: Business
) -> None:
    other = factories.make_business()
    row = blocked(other, factories.make_connection(other))
    typed = {"due_date": "2036-12-04", "due_time": "09:00", "between": "0"}
    act(page, name, business, row, **typed)
    page.post(url(name, business, row), typed)
    assert fresh(row).status == Status.BLOCKED


def test_a_post_that_somebody_else_decided_about_meanwhile_is_told_and_left(
    business: Business, shop: Connection, owner: User
) -> None:
    row = blocked(business, shop)
    stale = fresh(row)
    late.give_up_all([row], by=owner)
    outcome = late.give_up_all([stale], by=owner)
    assert outcome.done == []
    assert "Something changed in the meantime" in outcome.refused[0]


def test_a_contributor_does_not_decide(
    business: Business, contributor: User, sign_in: Callable[[User], Client]
) -> None:
    assert sign_in(contributor).get(url("late", business)).status_code == 403


def test_giving_up_a_thread_takes_its_parts_along_and_undo_brings_them_back(
    business: Business, mastodon_channel: Connection, owner: User
) -> None:
    item = factories.scheduled_item(
        business,
        mastodon_channel,
        status=ItemStatus.PUBLISHING,
        due_at=timezone.now() - 5 * HOUR,
    )
    item.variants.update(parts=["Second part", "Third part"], comment="First!")
    arming.arm(item)
    rows = list(Delivery.objects.filter(item=item))
    assert len(rows) == 4
    root = next(row for row in rows if row.part == 0)
    Delivery.objects.filter(pk=root.pk).update(status=Status.BLOCKED)

    late.give_up_all([fresh(root)], by=owner)
    assert {row.status for row in Delivery.objects.filter(item=item)} == {Status.WITHDRAWN}
    assert late.take_back_all(business, [root.pk], by=owner) == 1
    states = [fresh(row).status for row in rows]
    assert sorted(states) == [Status.BLOCKED, *[Status.WAITING] * 3]
    assert item_status(root) == ItemStatus.PUBLISHING
