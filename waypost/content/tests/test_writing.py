"""Saving what was written."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content import actions
from waypost.content.actions import ChannelDraft, Clash, Draft, PictureDraft
from waypost.content.models import EDITABLE, Item, Status
from waypost.kit.errors import Refusal
from waypost.tests import factories

AGAIN = "It was approved before your change, so it is a draft again. Submit it anew."


@pytest.fixture
def channel(business: Business) -> Connection:
    return factories.make_connection(business, settings={"network": "x"})


def soon() -> datetime:
    return timezone.now() + timedelta(days=1)


def draft_of(item: Item, **changes: Any) -> Draft:
    """What the composer would send for ``item`` as it is, with ``changes``."""
    draft = Draft(
        title=item.title,
        text=item.text,
        due_at=item.due_at,
        channels=[ChannelDraft(v.connection, v.text, v.options) for v in item.variants.all()],
        pictures=[PictureDraft(use.asset, use.alt) for use in item.pictures.all()],
    )
    return replace(draft, **changes)


def make(business: Business, status: str, *channels: Connection, **fields: Any) -> Item:
    return factories.make_item(business, channels=list(channels), status=status, **fields)


def test_everything_that_was_written_is_stored(
    business: Business, owner: User, editor: User, channel: Connection
) -> None:
    goal = factories.make_goal(business)
    initiative = factories.make_initiative(goal)
    pictures = [factories.make_asset(business), factories.make_asset(business)]
    draft = Draft(
        title="Autumn",
        kind="photo",
        text="Leaves",
        link="https://svit.example/",
        language="sl",
        due_at=datetime(2026, 10, 1, 8, tzinfo=UTC),
        goal=goal,
        initiative=initiative,
        owner=editor,
        channels=[ChannelDraft(channel, "Leaves here", {"x": 1})],
        pictures=[PictureDraft(pictures[1], "Second first"), PictureDraft(pictures[0])],
    )
    item = Item.objects.get(pk=actions.write(business, draft=draft, by=owner).pk)
    assert {name: getattr(item, name) for name in draft.columns()} == draft.columns()
    assert (item.status, item.version, item.author, item.time_zone) == (
        Status.DRAFT,
        1,
        owner,
        "Europe/Ljubljana",
    )
    assert [(v.connection, v.text, v.options) for v in item.variants.all()] == [
        (channel, "Leaves here", {"x": 1})
    ]
    assert [(p.asset, p.alt, p.position) for p in item.pictures.all()] == [
        (pictures[1], "Second first", 0),
        (pictures[0], "", 1),
    ]


def test_rewriting_replaces_channels_and_pictures(
    business: Business, owner: User, channel: Connection
) -> None:
    kept, dropped = channel, factories.make_connection(business)
    item = make(business, Status.DRAFT, kept, dropped)
    factories.add_picture(item, factories.make_asset(business))
    asset = factories.make_asset(business)
    first = item.variants.get(connection=kept)
    draft = draft_of(
        item, text="New", channels=[ChannelDraft(kept, "Own")], pictures=[PictureDraft(asset)]
    )
    assert actions.rewrite(item, draft=draft, version=1, by=owner) == []
    row = Item.objects.get(pk=item.pk)
    assert (row.text, row.version) == ("New", 2)
    variant = row.variants.get()
    assert (variant.pk, variant.text) == (first.pk, "Own")
    assert [use.asset for use in row.pictures.all()] == [asset]


def test_two_people_never_write_over_each_other(
    business: Business, owner: User, editor: User
) -> None:
    item = make(business, Status.DRAFT)
    actions.rewrite(
        Item.objects.get(pk=item.pk), draft=draft_of(item, text="First"), version=1, by=owner
    )
    with pytest.raises(Clash) as clash:
        actions.rewrite(item, draft=draft_of(item, text="Second"), version=1, by=editor)
    assert (clash.value.item.text, clash.value.item.version) == ("First", 2)
    assert Item.objects.get(pk=item.pk).text == "First"


@pytest.mark.parametrize("status", sorted(set(Status.values) - set(EDITABLE)))
def test_what_is_on_its_way_or_over_cannot_be_rewritten(
    business: Business, owner: User, status: str
) -> None:
    item = make(business, status, text="Old")
    with pytest.raises(Refusal, match="cannot be changed"):
        actions.rewrite(item, draft=draft_of(item, text="New"), version=1, by=owner)
    assert Item.objects.get(pk=item.pk).text == "Old"


def test_an_idea_becomes_a_draft_unless_it_stays_one(business: Business, owner: User) -> None:
    one, two = make(business, Status.IDEA), make(business, Status.IDEA)
    actions.rewrite(one, draft=draft_of(one), version=1, by=owner)
    actions.rewrite(two, draft=draft_of(two), version=1, by=owner, stays_idea=True)
    statuses = [Item.objects.get(pk=item.pk).status for item in (one, two)]
    assert statuses == [Status.DRAFT, Status.IDEA]


@pytest.mark.parametrize("status", [Status.APPROVED, Status.SCHEDULED])
@pytest.mark.parametrize("changes", [{"text": "New"}, {"channels": []}, {"due_at": None}])
def test_a_contributors_change_takes_the_approval_back(
    business: Business,
    contributor: User,
    channel: Connection,
    status: str,
    changes: dict[str, Any],
) -> None:
    item = make(business, status, channel, due_at=soon())
    notes = actions.rewrite(item, draft=draft_of(item, **changes), version=1, by=contributor)
    assert (notes, Item.objects.get(pk=item.pk).status) == ([AGAIN], Status.DRAFT)


def test_a_change_that_nobody_outside_sees_keeps_the_approval(
    business: Business, contributor: User, channel: Connection
) -> None:
    item = make(business, Status.SCHEDULED, channel, due_at=soon())
    draft = draft_of(item, title="Another name", owner=contributor)
    assert actions.rewrite(item, draft=draft, version=1, by=contributor) == []
    assert Item.objects.get(pk=item.pk).status == Status.SCHEDULED


def test_an_editor_changes_what_is_scheduled(
    business: Business, editor: User, channel: Connection
) -> None:
    item = make(business, Status.SCHEDULED, channel, due_at=soon())
    assert actions.rewrite(item, draft=draft_of(item, text="New"), version=1, by=editor) == []
    assert Item.objects.get(pk=item.pk).status == Status.SCHEDULED


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"text": "a" * 281}, "1 character too long"),
        ({"channels": []}, "at least one channel"),
        ({"due_at": None}, "the day or time is missing"),
        ({"due_at": datetime(2020, 1, 1, tzinfo=UTC)}, "This time is past"),
    ],
)
def test_what_could_not_go_out_any_more_leaves_the_schedule(
    business: Business, editor: User, channel: Connection, changes: dict[str, Any], why: str
) -> None:
    item = make(business, Status.SCHEDULED, channel, due_at=soon())
    [note] = actions.rewrite(item, draft=draft_of(item, **changes), version=1, by=editor)
    assert why in note
    assert Item.objects.get(pk=item.pk).status == Status.DRAFT


def test_a_failed_item_can_be_mended(business: Business, editor: User, channel: Connection) -> None:
    item = make(business, Status.FAILED, channel)
    assert actions.rewrite(item, draft=draft_of(item, text="New"), version=1, by=editor) == []
    assert (item.status, item.text) == (Status.FAILED, "New")
