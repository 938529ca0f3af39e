"""Rights that are narrower than a role, at every door that acts."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts import actions
from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import NAMES, PERMISSIONS, WITHIN, Narrowing, Role
from waypost.budget.actions.cells import is_allowed
from waypost.connections.models import Connection
from waypost.content import actions as content
from waypost.content.actions import ChannelDraft, Draft, queueing
from waypost.content.actions.bulk import NewItem, write_many
from waypost.content.exchange.bringing import Stumbled, bring
from waypost.content.exchange.planning import Plan, Post
from waypost.content.models import Slot, Status
from waypost.kit.errors import Refusal
from waypost.publishing.models import Status as DeliveryStatus
from waypost.tests import factories

SignIn = Callable[[User], Client]


@pytest.fixture
def mine(business: Business) -> Connection:
    return factories.make_connection(business, handle="mine")


@pytest.fixture
def theirs(business: Business) -> Connection:
    return factories.make_connection(business, handle="theirs")


@pytest.fixture
def narrow(business: Business, editor: User, owner: User, mine: Connection) -> User:
    """An editor who works on one account."""
    member = business.members.get(user=editor)
    actions.narrow(member, to=Narrowing.CHANNELS, channels=[mine.pk], by=owner)
    return editor


@pytest.fixture
def adverts(business: Business, contributor: User, owner: User) -> User:
    """Somebody who enters what adverts cost."""
    actions.narrow(business.members.get(user=contributor), to=Narrowing.AD_ACTUALS, by=owner)
    return contributor


def draft(*channels: Connection) -> Draft:
    return Draft(title="Post", text="Hello", channels=[ChannelDraft(each) for each in channels])


# --- what is left ---


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("narrowing", Narrowing.values)
@pytest.mark.parametrize("permission", sorted(NAMES))
def test_a_narrowing_takes_away_and_never_adds(role: str, narrowing: str, permission: str) -> None:
    member = Member(role=role, narrowed_to=narrowing)
    whole = permission in PERMISSIONS[role]
    assert member.may(permission) is (whole and permission in WITHIN[narrowing])


def test_seeing_is_never_narrowed() -> None:
    views = {name for name in NAMES if name.endswith((".view", ".read"))}
    assert [views - WITHIN[each] for each in Narrowing.values] == [set(), set()]


def test_an_owner_is_not_narrowed_and_who_becomes_one_is_whole(
    business: Business, owner: User, narrow: User
) -> None:
    with pytest.raises(Refusal):
        actions.narrow(business.members.get(user=owner), to=Narrowing.AD_ACTUALS, by=owner)
    member = business.members.get(user=narrow)
    actions.change_role(member, role=Role.OWNER, by=owner)
    assert (member.narrowed_to, member.may("accounts.manage")) == ("", True)


def test_some_accounts_means_at_least_one(business: Business, editor: User, owner: User) -> None:
    with pytest.raises(Refusal) as refusal:
        actions.narrow(business.members.get(user=editor), to=Narrowing.CHANNELS, by=owner)
    assert refusal.value.field == "channels"


# --- only some accounts ---


def test_posts_are_written_for_ones_own_accounts_alone(
    business: Business, narrow: User, mine: Connection, theirs: Connection
) -> None:
    item = content.write(business, draft=draft(mine), by=narrow)
    with pytest.raises(Refusal) as refusal:
        content.write(business, draft=draft(mine, theirs), by=narrow)
    assert refusal.value.field == "channels"
    with pytest.raises(Refusal):
        content.rewrite(item, draft=draft(mine, theirs), version=item.version, by=narrow)
    assert business.items.count() == 1


def test_a_post_of_others_cannot_be_taken_over_by_leaving_their_account_out(
    business: Business, owner: User, narrow: User, mine: Connection, theirs: Connection
) -> None:
    item = content.write(business, draft=draft(theirs), by=owner)
    with pytest.raises(Refusal):
        content.rewrite(item, draft=draft(mine), version=item.version, by=narrow)
    assert item.variants.get().connection == theirs


@pytest.mark.parametrize("deed", ["submit_for_review", "cancel", "back_to_draft", "unschedule"])
def test_nothing_is_decided_about_a_post_of_another_account(
    deed: str, business: Business, owner: User, narrow: User, theirs: Connection
) -> None:
    states = {"submit_for_review": Status.DRAFT, "cancel": Status.DRAFT}
    item = factories.make_item(
        business, channels=[theirs], author=owner, status=states.get(deed, Status.SCHEDULED)
    )
    before = item.status
    with pytest.raises(Refusal):
        getattr(content, deed)(item, by=narrow)
    item.refresh_from_db()
    assert item.status == before


def test_who_works_on_other_accounts_is_not_asked_to_review(
    business: Business, owner: User, narrow: User, contributor: User, theirs: Connection
) -> None:
    item = factories.make_item(business, channels=[theirs], author=contributor)
    content.submit_for_review(item, by=contributor)
    assert (owner.notices.count(), narrow.notices.count()) == (1, 0)


@pytest.mark.parametrize("page", ["retry", "send_again", "found", "hand_over", "skip"])
def test_the_doors_of_publishing_are_shut_for_other_accounts(
    page: str,
    business: Business,
    narrow: User,
    mine: Connection,
    theirs: Connection,
    sign_in: SignIn,
) -> None:
    browser = sign_in(narrow)
    seen = []
    for channel in (theirs, mine):
        item = factories.make_item(business, channels=[channel], status=Status.PUBLISHING)
        row = factories.make_delivery(item, channel, status=DeliveryStatus.YOUR_TURN)
        address = reverse(f"publishing:{page}", args=[business.slug, row.pk])
        seen.append(browser.post(address).status_code)
    assert seen[0] == 403
    assert seen[1] in {200, 302, 422}


def test_the_composer_offers_ones_own_accounts_alone(
    business: Business,
    owner: User,
    narrow: User,
    mine: Connection,
    theirs: Connection,
    sign_in: SignIn,
) -> None:
    address = reverse("content:new", args=[business.slug])
    offered = [
        [each.pk for each in sign_in(who).get(address).context["form"].connections]
        for who in (narrow, owner)
    ]
    assert offered == [[mine.pk], [mine.pk, theirs.pk]]


def test_a_channel_that_is_not_offered_cannot_be_sent_either(
    business: Business, narrow: User, theirs: Connection, sign_in: SignIn
) -> None:
    typed = {"title": "Post", "kind": "post", "text": "Hello", "channels": [theirs.pk]}
    answer = sign_in(narrow).post(reverse("content:new", args=[business.slug]), typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["channels"]
    assert "Hello" in answer.content.decode()
    assert not business.items.exists()


def test_a_post_that_goes_elsewhere_too_keeps_all_its_channels_in_the_composer(
    business: Business,
    owner: User,
    narrow: User,
    mine: Connection,
    theirs: Connection,
    sign_in: SignIn,
) -> None:
    item = content.write(business, draft=draft(mine, theirs), by=owner)
    page = sign_in(narrow).get(reverse("content:edit", args=[business.slug, item.pk]))
    assert [each.pk for each in page.context["form"].connections] == [mine.pk, theirs.pk]


def test_many_posts_at_once_go_to_ones_own_accounts_alone(
    business: Business, narrow: User, mine: Connection, theirs: Connection
) -> None:
    with pytest.raises(Refusal) as refusal:
        write_many(business, [NewItem(draft(mine)), NewItem(draft(theirs))], by=narrow)
    assert refusal.value.field == "channels"
    assert not business.items.exists()
    write_many(business, [NewItem(draft(mine))], by=narrow)
    assert business.items.count() == 1


def test_a_file_that_was_read_before_a_person_was_narrowed_is_refused_whole(
    business: Business, narrow: User, mine: Connection, theirs: Connection
) -> None:
    """When it is read afterwards, each row says so itself."""
    posts = [
        Post(line=line, title="Post", what="added", draft=draft(channel), target=Status.DRAFT)
        for line, channel in ((2, mine), (3, theirs), (4, theirs))
    ]
    with pytest.raises(Stumbled) as stumbled:
        bring(business, Plan(posts=posts), by=narrow)
    [error] = stumbled.value.errors
    assert (error.row, error.message) == (
        0,
        "You work on some accounts only, and this post goes to others too.",
    )
    assert not business.items.exists()


def test_only_whoever_may_work_on_a_post_shows_it_to_a_client(
    business: Business,
    owner: User,
    narrow: User,
    mine: Connection,
    theirs: Connection,
    sign_in: SignIn,
) -> None:
    browser, seen = sign_in(narrow), []
    for channel in (theirs, mine):
        item = factories.make_item(business, channels=[channel], author=owner)
        address = reverse("content:client_links", args=[business.slug, item.pk])
        answer = browser.post(address, {"client": "Ana", "days": "3"})
        item.refresh_from_db()
        seen.append((answer.status_code, item.status, item.review_links.count()))
    assert seen == [(422, Status.DRAFT, 0), (200, Status.IN_REVIEW, 1)]


def test_posting_times_are_set_for_ones_own_accounts_alone(
    business: Business, narrow: User, mine: Connection, theirs: Connection, sign_in: SignIn
) -> None:
    browser, address = sign_in(narrow), reverse("content:slots", args=[business.slug])
    for channel, answered in ((theirs, 422), (mine, 302)):
        typed = {"channel": channel.pk, "weekdays": ["0"], "clock": "09:00"}
        assert browser.post(address, typed).status_code == answered
    assert [slot.connection for slot in business.slots.all()] == [mine]
    other = Slot.objects.create(business=business, connection=theirs, weekday=1, clock=time(9))
    for slot, answered in ((other, 403), (business.slots.get(connection=mine), 302)):
        removing = reverse("content:slot_remove", args=[business.slug, slot.pk])
        assert browser.post(removing).status_code == answered
    assert list(business.slots.all()) == [other]


def test_the_queue_of_another_account_keeps_its_order(
    business: Business, narrow: User, theirs: Connection
) -> None:
    soon = timezone.now() + timedelta(days=1)
    rows = [
        factories.make_item(
            business, channels=[theirs], status=Status.SCHEDULED, due_at=at, in_queue=True
        )
        for at in (soon, soon + timedelta(days=1))
    ]
    with pytest.raises(Refusal):
        queueing.reorder(theirs, [rows[1].pk, rows[0].pk], by=narrow)
    assert [item.due_at for item in business.items.order_by("pk")] == [r.due_at for r in rows]


def test_money_and_plans_are_not_theirs_to_change(business: Business, narrow: User) -> None:
    member = business.members.get(user=narrow)
    line = factories.make_budget_line(business)
    assert [is_allowed(member, line, kind) for kind in ("plan", "actual")] == [False, False]
    assert not any(member.may(name) for name in ("goals.edit", "strategy.edit", "market.edit"))


# --- only what adverts cost ---


def test_only_the_real_costs_of_adverts_are_entered(business: Business, adverts: User) -> None:
    member = business.members.get(user=adverts)
    ads = factories.make_budget_line(business)
    tools = factories.make_budget_line(business, key="software")
    assert is_allowed(member, ads, "actual")
    assert not is_allowed(member, ads, "plan")
    assert not is_allowed(member, tools, "actual")


@pytest.mark.parametrize("name", ["content:new", "library:upload"])
def test_nothing_else_opens_for_them(
    name: str, business: Business, adverts: User, sign_in: SignIn
) -> None:
    assert sign_in(adverts).post(reverse(name, args=[business.slug])).status_code == 403


def test_they_enter_a_cost_on_the_page(business: Business, adverts: User, sign_in: SignIn) -> None:
    line = factories.make_budget_line(business)
    address = reverse("budget:expense_new", args=[business.slug, line.pk, 5])
    typed: dict[str, Any] = {"date": date(line.budget.year, 5, 4).isoformat(), "amount": "12"}
    assert sign_in(adverts).post(address, typed).status_code in {200, 302}
    assert line.expenses.count() == 1


# --- the page ---


def test_an_owner_narrows_on_the_page_and_it_is_written_down(
    page: Client, business: Business, editor: User, mine: Connection
) -> None:
    member = business.members.get(user=editor)
    address = reverse("home:narrow", args=[business.slug, member.pk])
    wrong = page.post(address, {"to": "channels"})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["channels"])
    page.post(address, {"to": "channels", "channels": [mine.pk]})
    member.refresh_from_db()
    assert (member.narrowed_to, member.channels) == (Narrowing.CHANNELS, [mine.pk])
    assert business.log.get().changed[0] == ("narrower", "", "Only some accounts at networks")


def test_an_account_of_another_business_cannot_be_given(
    page: Client, business: Business, editor: User, mine: Connection, stranger: User
) -> None:
    foreign = factories.make_connection(stranger.memberships.get().business)
    member = business.members.get(user=editor)
    address = reverse("home:narrow", args=[business.slug, member.pk])
    answer = page.post(address, {"to": "channels", "channels": [foreign.pk]})
    assert answer.status_code == 422
