"""Review, scheduling, moving, cancelling: who may, and what is refused in words."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.accounts.permissions import Role
from waypost.connections.models import Connection, Health
from waypost.content import actions
from waypost.content.models import ITEM, Item, Status
from waypost.kit.errors import Refusal
from waypost.tests import factories

SOON = timedelta(hours=3)


@pytest.fixture
def channel(business: Business) -> Connection:
    return factories.make_connection(business, settings={"network": "x"})


def make(business: Business, status: str, *channels: Connection, **fields: Any) -> Item:
    return factories.make_item(business, channels=list(channels), status=status, **fields)


def soon() -> datetime:
    return timezone.now() + SOON


def stored(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


def test_a_contributor_submits_and_an_editor_approves(
    business: Business, contributor: User, editor: User
) -> None:
    item = make(business, Status.DRAFT, author=contributor)
    actions.submit_for_review(item, by=contributor)
    assert stored(item).status == Status.IN_REVIEW
    actions.approve(item, by=editor)
    assert stored(item).status == Status.APPROVED


def test_an_idea_can_be_submitted(business: Business, contributor: User) -> None:
    item = make(business, Status.IDEA)
    actions.submit_for_review(item, by=contributor)
    assert stored(item).status == Status.IN_REVIEW


def test_the_author_does_not_approve_where_somebody_else_can(
    business: Business, owner: User, editor: User
) -> None:
    item = make(business, Status.IN_REVIEW, author=editor)
    with pytest.raises(Refusal, match="You wrote this item"):
        actions.approve(item, by=editor)
    actions.approve(item, by=owner)
    assert stored(item).status == Status.APPROVED


def test_who_works_alone_approves_their_own(
    business: Business, owner: User, contributor: User
) -> None:
    item = make(business, Status.DRAFT, author=owner)
    actions.approve(item, by=owner)
    assert stored(item).status == Status.APPROVED


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        (actions.approve, Status.IN_REVIEW),
        (actions.back_to_draft, Status.APPROVED),
        (actions.cancel, Status.SCHEDULED),
        (actions.unschedule, Status.SCHEDULED),
        (lambda item, by: actions.schedule(item, due_at=soon(), by=by), Status.DRAFT),
        (lambda item, by: actions.move(item, due_at=soon(), by=by), Status.SCHEDULED),
    ],
)
def test_a_contributor_does_not_decide_what_goes_out(
    business: Business,
    contributor: User,
    channel: Connection,
    verb: Callable[..., None],
    status: str,
) -> None:
    item = make(business, status, channel, due_at=soon())
    with pytest.raises(Refusal, match="Your role does not allow this"):
        verb(item, by=contributor)
    assert (stored(item).status, stored(item).due_at) == (status, item.due_at)


@pytest.mark.parametrize("verb", [actions.submit_for_review, actions.cancel, actions.restore])
def test_viewers_and_strangers_do_nothing(
    business: Business, viewer: User, stranger: User, verb: Callable[..., None]
) -> None:
    item = make(business, Status.CANCELLED if verb is actions.restore else Status.DRAFT)
    for person in (viewer, stranger):
        with pytest.raises(Refusal, match="Your role"):
            verb(item, by=person)
    assert stored(item).version == 1


def test_a_contributor_cancels_a_draft_and_restores_it(
    business: Business, contributor: User
) -> None:
    item = make(business, Status.DRAFT)
    actions.cancel(item, by=contributor)
    assert stored(item).status == Status.CANCELLED
    actions.restore(item, by=contributor)
    assert stored(item).status == Status.DRAFT


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IDEA, Status.APPROVED])
def test_an_item_is_scheduled(
    business: Business, editor: User, channel: Connection, status: str
) -> None:
    item, when = make(business, status, channel, time_zone="UTC"), soon()
    actions.schedule(item, due_at=when, by=editor)
    row = stored(item)
    assert (row.status, row.due_at, row.time_zone) == (Status.SCHEDULED, when, "Europe/Ljubljana")


def test_a_scheduled_item_is_scheduled_anew(
    business: Business, editor: User, channel: Connection
) -> None:
    item, when = make(business, Status.SCHEDULED, channel, due_at=soon()), timezone.now()
    actions.schedule(item, due_at=when, by=editor)
    assert (stored(item).status, stored(item).due_at) == (Status.SCHEDULED, when)


def test_a_time_that_passed_while_reading_still_counts(
    business: Business, editor: User, channel: Connection
) -> None:
    item = make(business, Status.DRAFT, channel)
    actions.schedule(item, due_at=timezone.now() - timedelta(seconds=50), by=editor)
    assert stored(item).status == Status.SCHEDULED


def refusal_of(item: Item, due_at: datetime | None, by: User) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        actions.schedule(item, due_at=due_at, by=by)
    assert stored(item).status == item.status
    return refused.value.field, refused.value.message


def test_scheduling_says_what_is_missing(
    business: Business, owner: User, channel: Connection
) -> None:
    ready = make(business, Status.DRAFT, channel)
    assert refusal_of(ready, None, owner)[0] == "due_at"
    past = timezone.now() - timedelta(seconds=70)
    assert refusal_of(ready, past, owner) == (
        "due_at",
        "This time is past. Choose a later one, or publish now.",
    )
    assert refusal_of(make(business, Status.DRAFT), soon(), owner) == (
        "channels",
        "Choose at least one channel first: edit the item.",
    )


def test_scheduling_names_the_channel_that_would_refuse(
    business: Business, owner: User, channel: Connection
) -> None:
    field, message = refusal_of(
        make(business, Status.DRAFT, channel, text="a" * 290), soon(), owner
    )
    assert field == "channels"
    assert message.startswith(f"{channel}: The text is 10 characters too long")


def test_a_broken_account_takes_no_new_post(
    business: Business, owner: User, channel: Connection
) -> None:
    item = make(business, Status.DRAFT, channel)
    Connection.objects.update(health=Health.BROKEN)
    assert "connected again" in refusal_of(item, soon(), owner)[1]


def test_what_is_in_review_is_approved_first(
    business: Business, owner: User, channel: Connection
) -> None:
    item = make(business, Status.IN_REVIEW, channel)
    assert "Approve it first" in refusal_of(item, soon(), owner)[1]


@pytest.mark.parametrize("status", [Status.PUBLISHING, Status.PUBLISHED, Status.FAILED])
def test_what_went_out_is_not_scheduled_again(
    business: Business, owner: User, channel: Connection, status: str
) -> None:
    item = make(business, status, channel)
    assert "not possible" in refusal_of(item, soon(), owner)[1]


def test_nothing_is_cancelled_while_a_network_may_hold_it(business: Business, owner: User) -> None:
    item = make(business, Status.PUBLISHING)
    with pytest.raises(Refusal, match="not possible"):
        actions.cancel(item, by=owner)
    assert stored(item).status == Status.PUBLISHING


def test_unscheduling_makes_a_draft_and_only_before_it_went_out(
    business: Business, editor: User
) -> None:
    item = make(business, Status.SCHEDULED, due_at=soon())
    actions.unschedule(item, by=editor)
    assert stored(item).status == Status.DRAFT
    with pytest.raises(Refusal, match="not possible"):
        actions.unschedule(item, by=editor)


def test_moving_changes_the_time_alone(business: Business, editor: User) -> None:
    item, when = make(business, Status.SCHEDULED, due_at=soon()), soon() + SOON
    actions.move(item, due_at=when, by=editor)
    row = stored(item)
    assert (row.status, row.due_at, row.version) == (Status.SCHEDULED, when, 2)


def test_a_scheduled_item_is_not_moved_into_the_past(business: Business, editor: User) -> None:
    item = make(business, Status.SCHEDULED, due_at=soon())
    with pytest.raises(Refusal, match="past"):
        actions.move(item, due_at=datetime(2020, 1, 1, tzinfo=UTC), by=editor)


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.FAILED, Status.CANCELLED])
def test_what_went_out_or_failed_is_not_moved(
    business: Business, editor: User, status: str
) -> None:
    item = make(business, status)
    with pytest.raises(Refusal, match="cannot be moved"):
        actions.move(item, due_at=soon(), by=editor)


@pytest.mark.parametrize(
    "verb",
    [
        actions.approve,
        actions.cancel,
        lambda item, by: actions.schedule(item, due_at=soon(), by=by),
        lambda item, by: actions.move(item, due_at=soon(), by=by),
    ],
)
def test_nobody_decides_about_a_text_they_did_not_see(
    business: Business, owner: User, channel: Connection, verb: Callable[..., None]
) -> None:
    item = make(business, Status.DRAFT, channel)
    Item.objects.filter(pk=item.pk).update(version=2, text="Something else")
    with pytest.raises(Refusal, match="Somebody changed this item"):
        verb(item, by=owner)
    assert stored(item).status == Status.DRAFT


def test_what_publishing_reports_moves_the_item(business: Business) -> None:
    item = make(business, Status.SCHEDULED)
    assert actions.start_publishing(item)
    assert not actions.start_publishing(item)
    assert actions.back_to_scheduled(item)
    assert actions.start_publishing(item)
    assert actions.mark_failed(item)
    assert actions.start_publishing(item)
    at = datetime(2026, 10, 1, tzinfo=UTC)
    assert actions.mark_published(item, at=at)
    assert not actions.mark_published(item)
    assert (stored(item).status, stored(item).published_at) == (Status.PUBLISHED, at)


def test_an_item_given_up_everywhere_is_cancelled(business: Business) -> None:
    item = make(business, Status.PUBLISHING)
    assert actions.mark_skipped(item)
    assert stored(item).status == Status.CANCELLED


def test_publishing_does_not_touch_what_went_back_to_draft(business: Business) -> None:
    item = make(business, Status.DRAFT)
    verbs = (actions.start_publishing, actions.mark_published, actions.mark_failed)
    outcomes = [verb(item) for verb in (*verbs, actions.mark_skipped, actions.back_to_scheduled)]
    assert (outcomes, stored(item).status) == ([False] * 5, Status.DRAFT)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(names=st.lists(st.sampled_from(sorted(actions.__all__)), max_size=8))
def test_no_order_of_verbs_leaves_the_graph(
    business: Business, owner: User, channel: Connection, names: list[str]
) -> None:
    """Whatever people and publishing do, each step is a move of the graph or a refusal."""
    item = make(business, Status.IDEA, channel, text="Hello")
    for name in names:
        before = item.status
        run_verb(name, item, owner)
        after = stored(item).status
        path = before == after or ITEM.allows(before, after)
        through_draft = before == Status.IDEA and ITEM.allows(Status.DRAFT, after)
        assert path or through_draft


def run_verb(name: str, item: Item, by: User) -> None:
    timed = {"schedule", "move"}
    decided = {"approve", "back_to_draft", "cancel", "restore", "submit_for_review", "unschedule"}
    reported = {
        "start_publishing", "mark_published", "mark_failed", "mark_skipped", "back_to_scheduled",
    }  # fmt: skip
    verb: Any = getattr(actions, name)
    try:
        if name in timed:
            verb(item, due_at=soon(), by=by)
        elif name in decided:
            verb(item, by=by)
        elif name in reported:
            verb(item)
    except Refusal as refusal:
        said = refusal.message
    else:
        said = "done"
    assert said


def test_every_role_is_either_an_approver_or_not(business: Business, owner: User) -> None:
    people = {role: factories.make_member(business, role) for role in Role.values}
    item = make(business, Status.DRAFT)
    can = {
        role: actions.deciding.may(item, m.user, "content.approve") for role, m in people.items()
    }
    assert can == {"owner": True, "editor": True, "contributor": False, "viewer": False}
