"""Which state a post of a file gets, and who may bring it."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role
from waypost.content.exchange import jobs
from waypost.content.exchange.bringing import Stumbled, bring
from waypost.content.exchange.rows import number_of
from waypost.content.models import Item, Status
from waypost.content.tests.exchange_world import NOON, Shop
from waypost.tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("october")]


@pytest.fixture
def october() -> object:
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


@pytest.fixture
def shop(business: Business) -> Shop:
    return Shop(business)


@pytest.mark.parametrize(
    ("said", "status", "note"),
    [
        ("", Status.DRAFT, ""),
        ("Zamisel", Status.IDEA, ""),
        ("in_review", Status.IN_REVIEW, ""),
        ("Approved", Status.APPROVED, ""),
        ("Scheduled", Status.SCHEDULED, ""),
        ("Failed", Status.DRAFT, "Nobody knows"),
        ("Cancelled", Status.CANCELLED, ""),
    ],
)
def test_a_new_post_gets_the_state_that_its_row_says(
    shop: Shop, said: str, status: str, note: str
) -> None:
    text = f"Date,Channel,Text,Status\n2026-10-12,Facebook candles,Hello,{said}\n"
    assert note in " ".join(shop.plan(text).posts[0].notes)
    shop.bring(text)
    assert shop.business.items.get().status == status


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",Facebook candles,Hello", "it has no day"),
        ("2026-09-01,Facebook candles,Hello", "its time is past"),
        ("2026-10-12,,Hello", "it goes to no channel"),
        ("2026-10-12,Pinterest pins,Hello", "Pinterest pins: "),
    ],
)
def test_what_cannot_be_scheduled_becomes_a_draft_and_says_why(
    shop: Shop, row: str, why: str
) -> None:
    text = f"Date,Channel,Text,Status\n{row},Scheduled\n"
    assert why in " ".join(shop.plan(text).posts[0].notes)
    shop.bring(text)
    assert shop.business.items.get().status == Status.DRAFT


def test_a_published_row_of_the_past_counts_as_published_and_is_never_sent(shop: Shop) -> None:
    shop.bring("Date,Text,Status\n2026-09-01,Long ago,Published\n")
    item = shop.business.items.get()
    assert (item.status, item.published_at) == (Status.PUBLISHED, item.due_at)
    assert list(Item.objects.to_publish(NOON)) == []
    assert shop.told("Date,Text,Status\n2026-11-01,Soon,Published\n") == [
        (2, "Status: A post that is published needs a day in the past.")
    ]


def test_nobody_approves_their_own_rows_where_somebody_else_could(shop: Shop) -> None:
    factories.make_member(shop.business, Role.EDITOR)
    text = "Text,Status\nHello,Approved\n"
    assert shop.plan(text).posts[0].notes == (
        "Somebody else has to approve it, so it goes to review.",
    )
    shop.bring(text)
    assert shop.business.items.get().status == Status.IN_REVIEW


def test_a_contributor_schedules_nothing_by_file(shop: Shop) -> None:
    writer = factories.make_member(shop.business, Role.CONTRIBUTOR).user
    text = "Date,Channel,Text,Status\n2026-10-12,Facebook candles,Hello,Scheduled\n"
    assert "your role may not schedule" in shop.plan(text, by=writer).posts[0].notes[-1]
    item = shop.item(shop.page, status=Status.APPROVED)
    change = f"Number,Status\n{number_of(item)},Draft\n"
    assert [e.message for e in shop.plan(change, by=writer).errors] == [
        "Status: Your role does not allow this. Ask an editor or the owner."
    ]


@pytest.mark.parametrize(
    ("old", "said", "new"),
    [
        (Status.DRAFT, "In review", Status.IN_REVIEW),
        (Status.IN_REVIEW, "Approved", Status.APPROVED),
        (Status.APPROVED, "Scheduled", Status.SCHEDULED),
        (Status.SCHEDULED, "Draft", Status.DRAFT),
        (Status.CANCELLED, "Draft", Status.DRAFT),
        (Status.DRAFT, "Cancelled", Status.CANCELLED),
    ],
)
def test_a_file_moves_a_post_as_its_page_could(
    shop: Shop, old: Status, said: str, new: Status
) -> None:
    due_at = dt.datetime(2026, 10, 12, 8, tzinfo=dt.UTC)
    item = shop.item(shop.page, status=old, due_at=due_at)
    shop.bring(f"Number,Status\n{number_of(item)},{said}\n")
    item.refresh_from_db()
    assert item.status == new


def test_a_file_cannot_say_that_a_post_is_out(shop: Shop) -> None:
    item = shop.item(shop.page)
    assert shop.told(f"Number,Status\n{number_of(item)},Published\n") == [
        (2, "Status: It is “Draft” now; a file cannot make it “Published”.")
    ]


def narrowed(shop: Shop) -> Member:
    """A contributor for the page alone."""
    member = factories.make_member(shop.business, Role.CONTRIBUTOR)
    member.narrowed_to, member.channels = "channels", [shop.page.pk]
    member.save()
    return member


def test_who_works_on_some_accounts_only_is_told_by_row_before_the_import(shop: Shop) -> None:
    member = narrowed(shop)
    other = shop.item(shop.pins, title="Pins")
    text = (
        "Number,Channel,Title\n"
        ",Facebook candles,Mine\n"
        ',"Pinterest pins, Facebook candles",Both\n'
        f"{number_of(other)},,New name\n"
    )
    said = "Channel: You do not work on Pinterest pins. Take the row out, or ask an owner."
    plan = shop.plan(text, by=member.user)
    assert [(each.row, each.message) for each in plan.errors] == [(3, said), (4, said)]
    with pytest.raises(Stumbled):
        bring(shop.business, plan, by=member.user)
    assert list(Item.objects.values_list("title", flat=True)) == ["Pins"]
    alone = shop.plan("Channel,Text\nFacebook candles,Mine\n", by=member.user)
    assert bring(shop.business, alone, by=member.user) == []


def test_a_row_that_changes_nothing_may_name_any_account(shop: Shop) -> None:
    member = narrowed(shop)
    other = shop.item(shop.pins, title="Pins")
    plan = shop.plan(f"Number,Title\n{number_of(other)},Pins\n", by=member.user)
    assert [post.what for post in plan.posts] == ["unchanged"]


def test_only_accounts_that_one_works_on_are_offered(
    shop: Shop, contributor: User, sign_in: Callable[[User], Client]
) -> None:
    shop.business.members.filter(user=contributor).update(
        narrowed_to="channels", channels=[shop.page.pk]
    )
    job = jobs.keep(
        shop.business, name="plan.csv", content=b"Channel,Text\nIG DE,One\n", by=contributor
    )
    page = sign_in(contributor).get(reverse("content:import", args=[shop.business.slug, job.pk]))
    offered = [name for _key, name in page.context["form"].fields["channel_0"].choices]
    assert offered == ["Choose", str(shop.page), "no channel"]
