"""Somebody leaves: their work goes on with somebody else, and nothing is lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.hat_actions import wear
from waypost.accounts.hats import Hat
from waypost.accounts.models import Business, Member, User
from waypost.accounts.permissions import Role
from waypost.board.models import Task
from waypost.content.models import Status
from waypost.goals.actions import archive
from waypost.goals.actions.sharing import create_link
from waypost.goals.models import Initiative
from waypost.home.leaving import gather, leave
from waypost.kit.errors import Refusal
from waypost.tests.factories import make_goal, make_initiative, make_item, make_member, make_task

SignIn = Callable[[User], Client]


@pytest.fixture
def ana(business: Business) -> Member:
    return make_member(business, Role.EDITOR, name="Ana")


@pytest.fixture
def bor(business: Business) -> Member:
    return make_member(business, Role.EDITOR, name="Bor")


@pytest.fixture
def cilka(business: Business) -> Member:
    return make_member(business, Role.EDITOR, name="Cilka")


def url(member: Member) -> str:
    return reverse("home:leaving", args=[member.business.slug, member.pk])


def texts(answer: Any) -> list[str]:
    return [str(message) for message in answer.wsgi_request._messages]


class Work:
    """What Ana holds: a hat with its work, and something of each kind beside it."""

    def __init__(self, business: Business, ana: Member, bor: Member) -> None:
        wear(business, Hat.COPY, by=None, holder=ana, backup=bor, note="Two languages")
        wear(business, Hat.LEAD, by=None, holder=bor, backup=ana)
        own: dict[str, Any] = {"owner": ana.user}
        self.goal = make_goal(business, **own)
        self.texts = make_initiative(self.goal, owner_role=Hat.COPY, **own)
        self.other = make_initiative(self.goal, owner_role=Hat.ADS, **own)
        self.text_task = make_task(self.texts, assignee=ana.user)
        self.other_task = make_task(self.other, assignee=ana.user)
        self.draft = make_item(business, **own)
        self.upcoming = make_item(business, status=Status.SCHEDULED, due_at=timezone.now(), **own)

    def holders(self) -> list[str]:
        rows = (self.goal, self.texts, self.other, self.draft, self.upcoming)
        tasks = (self.text_task, self.other_task)
        for row in (*rows, *tasks):
            row.refresh_from_db()
        owners = [str(row.owner or "nobody") for row in rows]
        return owners + [str(task.assignee or "nobody") for task in tasks]


@pytest.fixture
def work(business: Business, ana: Member, bor: Member) -> Work:
    return Work(business, ana, bor)


# --- what somebody holds ---


def test_work_goes_with_its_hat_and_the_rest_by_kind(
    business: Business, work: Work, ana: Member, bor: Member
) -> None:
    bundles = {bundle.key: bundle for bundle in gather(business, ana).bundles}
    assert {key: list(bundle.things) for key, bundle in bundles.items()} == {
        "copy": [work.texts, work.text_task],
        "goals": [work.goal],
        "initiatives": [work.other],
        "tasks": [work.other_task],
        "upcoming": [work.upcoming],
        "drafts": [work.draft],
    }
    assert {bundle.usual for bundle in bundles.values()} == {bor}
    assert [worn.hat for worn in gather(business, ana).backs_up] == [Hat.LEAD]


def test_what_is_over_is_history_and_stays(business: Business, ana: Member) -> None:
    goal = make_goal(business, owner=ana.user)
    done = make_initiative(goal, owner=ana.user, status=Initiative.Status.DONE)
    task = make_task(done, assignee=ana.user, status=Task.Status.DONE)
    out = make_item(business, owner=ana.user, status=Status.PUBLISHED)
    archive(goal)
    leaving = gather(business, ana)
    assert leaving.bundles == []
    leave(leaving, {}, close_links=True, by=ana.user)
    for row in (goal, done, out, task):
        row.refresh_from_db()
    assert (goal.owner, done.owner, out.owner, task.assignee) == (ana.user,) * 4


def test_without_a_backup_the_lead_takes_over_else_an_owner(
    business: Business, ana: Member, bor: Member
) -> None:
    owner = business.members.get(role=Role.OWNER)
    assert gather(business, ana).usual == owner
    wear(business, Hat.LEAD, by=None, holder=bor)
    assert gather(business, ana).usual == bor
    assert gather(business, bor).usual == owner


# --- handing over ---


def test_everything_goes_to_the_backup_unless_told_otherwise(
    business: Business, work: Work, ana: Member, bor: Member, sign_in: SignIn
) -> None:
    passed = leave(gather(business, ana), {}, close_links=True, by=bor.user)
    assert work.holders() == ["Bor"] * 7
    assert (passed.hats, passed.things) == (1, 7)
    hats = {row.hat: row for row in business.hat_holders.all()}
    assert (hats["copy"].holder, hats["copy"].backup, hats["copy"].note) == (
        bor,
        None,
        "Two languages",
    )
    assert (hats["lead"].holder, hats["lead"].backup) == (bor, None)
    for page in ("home:today", "goals:list", "accounts:hats", "content:items"):
        address = reverse(page, args=[business.slug])
        assert sign_in(ana.user).get(address).status_code == 403


def test_each_bundle_has_a_successor_of_its_own(
    business: Business, work: Work, ana: Member, bor: Member, cilka: Member
) -> None:
    chosen = {"copy": cilka, "tasks": cilka, "drafts": None}
    leave(gather(business, ana), chosen, close_links=True, by=bor.user)
    assert work.holders() == ["Bor", "Cilka", "Bor", "nobody", "Bor", "Cilka", "Cilka"]
    hats = business.hat_holders.names()
    assert hats == {"copy": "Cilka", "lead": "Bor"}
    assert business.hat_holders.get(hat=Hat.COPY).backup == bor


def test_what_came_after_the_page_was_opened_goes_the_usual_way(
    business: Business, ana: Member, bor: Member
) -> None:
    wear(business, Hat.COPY, by=None, holder=ana, backup=bor)
    leaving = gather(business, ana)
    late = make_task(make_initiative(make_goal(business)), assignee=ana.user)
    leave(leaving, {}, close_links=True, by=bor.user)
    late.refresh_from_db()
    assert late.assignee == bor.user


def test_the_work_of_another_business_is_not_touched(
    business: Business, work: Work, ana: Member, bor: Member, stranger: User
) -> None:
    other = stranger.memberships.get().business
    Member.objects.create(business=other, user=ana.user, role=Role.EDITOR)
    theirs = make_goal(other, owner=ana.user)
    leave(gather(business, ana), {}, close_links=True, by=bor.user)
    theirs.refresh_from_db()
    assert theirs.owner == ana.user
    assert other.members.filter(user=ana.user).exists()


def test_the_last_owner_stays_with_all_they_hold(
    business: Business, owner: User, bor: Member
) -> None:
    goal = make_goal(business, owner=owner)
    member = business.members.get(user=owner)
    with pytest.raises(Refusal):
        leave(gather(business, member), {"goals": bor}, close_links=True, by=owner)
    goal.refresh_from_db()
    assert goal.owner == owner
    assert business.members.filter(user=owner).exists()


def test_links_to_the_roadmap_that_they_made_are_closed(
    business: Business, ana: Member, bor: Member
) -> None:
    _mine, token = create_link(business, days=7, by=ana.user)
    _theirs, other = create_link(business, days=7, by=bor.user)
    leave(gather(business, ana), {}, close_links=True, by=bor.user)
    assert Client().get(f"/r/{token}/").status_code == 404
    assert Client().get(f"/r/{other}/").status_code == 200


def test_links_may_stay_open(business: Business, ana: Member, bor: Member) -> None:
    _link, token = create_link(business, days=7, by=ana.user)
    leave(gather(business, ana), {}, close_links=False, by=bor.user)
    assert Client().get(f"/r/{token}/").status_code == 200


# --- the page ---


def test_the_page_shows_what_they_hold_and_removes_nobody(
    page: Client, business: Business, work: Work, ana: Member
) -> None:
    html = page.get(url(ana)).content.decode()
    assert "Ana leaves" in html
    for thing in (work.goal, work.texts, work.other_task, work.draft, work.upcoming):
        assert str(thing) in html
    assert business.members.filter(pk=ana.pk).exists()


def test_sending_the_page_hands_over_and_says_so(
    page: Client, business: Business, work: Work, ana: Member, bor: Member, cilka: Member
) -> None:
    answer = page.post(url(ana), {"copy": cilka.pk, "drafts": "0"})
    assert answer.headers["Location"] == reverse("accounts:people", args=[business.slug])
    assert texts(answer) == [
        "Ana is no longer in this business. Handed over: 1 hat and 7 pieces of work."
    ]
    assert work.holders() == ["Bor", "Cilka", "Bor", "nobody", "Bor", "Cilka", "Bor"]
    assert not business.members.filter(user=ana.user).exists()
    assert User.objects.filter(pk=ana.user.pk).exists()


def test_who_holds_nothing_just_leaves(page: Client, business: Business, ana: Member) -> None:
    assert "They hold nothing that must be handed over." in page.get(url(ana)).content.decode()
    assert texts(page.post(url(ana))) == ["Ana is no longer in this business."]


@pytest.mark.parametrize("who", ["self", "stranger"])
def test_nobody_gets_it_who_is_not_there(
    who: str, page: Client, business: Business, work: Work, ana: Member, stranger: User
) -> None:
    wrong = ana if who == "self" else stranger.memberships.get()
    answer = page.post(url(ana), {"goals": wrong.pk})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["goals"]
    assert business.members.filter(pk=ana.pk).exists()
    assert work.holders() == ["Ana"] * 7


def test_the_last_owner_is_told_to_name_another_one(
    page: Client, business: Business, owner: User
) -> None:
    member = business.members.get(user=owner)
    assert texts(page.post(url(member))) == [
        "A business needs an owner. Make somebody else an owner first."
    ]


def test_one_of_two_owners_may_go(page: Client, business: Business, owner: User) -> None:
    make_member(business, Role.OWNER)
    assert page.post(url(business.members.get(user=owner))).headers["Location"] == "/"
    assert not business.members.filter(user=owner).exists()


def test_the_page_costs_the_same_for_much_work(
    page: Client, business: Business, work: Work, ana: Member, django_assert_max_num_queries: Any
) -> None:
    for _ in range(15):
        make_task(work.texts, assignee=ana.user)
        make_item(business, owner=ana.user)
    with django_assert_max_num_queries(14):
        page.get(url(ana))
