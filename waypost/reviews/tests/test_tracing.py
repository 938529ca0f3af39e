"""From a goal down to each click, and from a post back up."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import LinkDay, ShortLink
from waypost.goals.models import Goal, Initiative
from waypost.insights.models import Visit
from waypost.insights.sales import Sales
from waypost.publishing.models import Delivery, Status
from waypost.reviews.models import Report
from waypost.reviews.tests.world import NOW, publish
from waypost.reviews.times import month_of
from waypost.reviews.tracing import SHOWN, GoalTrace, trace_goal, trace_post
from waypost.tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def goal(business: Business) -> Goal:
    return factories.make_goal(business, title="12,000 followers")


@pytest.fixture
def initiative(goal: Goal) -> Initiative:
    return factories.make_initiative(goal, title="Influencers")


def post_for(channel: Connection, likes: int | None = 5, **fields: Any) -> Delivery:
    delivery = publish(channel, date(2026, 10, 2), likes)
    for name, value in fields.items():
        setattr(delivery.item, name, value)
    delivery.item.save()
    return delivery


def clicks(delivery: Delivery, *numbers: int) -> None:
    item = delivery.item
    link = ShortLink.objects.create(
        business=item.business,
        item=item,
        connection=delivery.connection,
        code=f"c{item.pk}",
        target="https://example.com",
    )
    for place, number in enumerate(numbers, 1):
        LinkDay.objects.create(link=link, date=date(2026, 10, place), clicks=number)


def spend(initiative: Initiative, amount: str, *, by_line: bool = False) -> None:
    line = factories.make_budget_line(
        initiative.business, budget=initiative.business.budgets.first()
    )
    if by_line:
        line.initiative = initiative
        line.save()
    line.expenses.create(
        date=date(2026, 10, 3),
        month=10,
        amount=Decimal(amount),
        initiative=None if by_line else initiative,
    )


def trace(goal: Goal) -> GoalTrace:
    return trace_goal(goal.business, goal, today=date(2026, 10, 12), now=timezone.now())


def test_everything_of_an_initiative_hangs_on_its_goal(
    goal: Goal, initiative: Initiative, channel: Connection
) -> None:
    task = factories.make_task(initiative, title="Write letters")
    delivery = post_for(channel, 5, initiative=initiative)
    clicks(delivery, 3, 4)
    spend(initiative, "40.00")
    spend(initiative, "2.50", by_line=True)
    found = trace(goal)
    [branch] = found.branches
    assert (branch.initiative, branch.tasks) == (initiative, [task])
    assert [post.item for post in branch.posts] == [delivery.item]
    assert (branch.spent, branch.interactions, branch.clicks, branch.out) == (
        Decimal("42.50"),
        5,
        7,
        1,
    )
    assert (found.spent, found.interactions, found.clicks, found.out) == (Decimal("42.50"), 5, 7, 1)


def test_posts_that_name_only_the_goal_have_a_branch_of_their_own(
    goal: Goal, initiative: Initiative, channel: Connection
) -> None:
    loose = post_for(channel, goal=goal)
    post_for(channel, goal=goal, initiative=initiative)
    assert [(b.initiative, len(b.posts)) for b in trace(goal).branches] == [
        (initiative, 1),
        (None, 1),
    ]
    assert trace(goal).branches[1].posts[0].item == loose.item


def test_what_belongs_to_another_goal_stays_away(
    business: Business, goal: Goal, initiative: Initiative, channel: Connection
) -> None:
    other = factories.make_initiative(factories.make_goal(business))
    factories.make_task(other)
    clicks(post_for(channel, initiative=other), 9)
    spend(other, "10")
    [branch] = trace(goal).branches
    assert (branch.tasks, branch.posts, branch.spent) == ([], [], None)


def test_what_nobody_knows_is_not_nought(goal: Goal, initiative: Initiative) -> None:
    found = trace(goal)
    assert (found.spent, found.interactions, found.clicks, found.out) == (None, None, None, 0)


def test_a_skipped_channel_is_not_told(
    goal: Goal, initiative: Initiative, channel: Connection
) -> None:
    delivery = post_for(channel, initiative=initiative)
    Delivery.objects.update(status=Status.WITHDRAWN)
    [post] = trace(goal).branches[0].posts
    assert (post.item, post.channels, post.is_out) == (delivery.item, [], False)


def test_from_a_post_up_to_its_goal(
    business: Business, goal: Goal, initiative: Initiative, channel: Connection
) -> None:
    task = factories.make_task(initiative)
    delivery = post_for(channel, 5, initiative=initiative)
    clicks(delivery, 3)
    spend(initiative, "40")
    found = trace_post(business, delivery.item, today=date(2026, 10, 12), now=timezone.now())
    assert (found.post.interactions, found.post.clicks) == (5, 3)
    assert (found.initiative, found.tasks, found.spent, found.goal) == (
        initiative,
        [task],
        Decimal(40),
        goal,
    )
    assert found.state is not None


def test_a_post_for_nothing_says_how_to_change_that(
    business: Business, owner: User, channel: Connection, sign_in: SignIn
) -> None:
    item = post_for(channel).item
    page = sign_in(owner).get(reverse("reviews:trace_post", args=[business.slug, item.pk]))
    text = " ".join(page.content.decode().split())
    assert "It belongs to no initiative." in text
    assert "It names no goal." in text


def test_many_posts_are_counted_and_the_newest_shown(
    goal: Goal, initiative: Initiative, channel: Connection, owner: User, sign_in: SignIn
) -> None:
    for _number in range(SHOWN + 2):
        post_for(channel, 1, initiative=initiative)
    address = reverse("reviews:trace_goal", args=[goal.business.slug, goal.pk])
    text = " ".join(sign_in(owner).get(address).content.decode().split())
    assert "2 more posts are counted and not shown." in text
    assert text.count("publishing/items/") == SHOWN or text.count("A post</a>") == SHOWN


def test_what_is_out_stands_before_what_is_to_come(
    goal: Goal, initiative: Initiative, channel: Connection
) -> None:
    for number in range(SHOWN):
        factories.make_item(
            goal.business,
            title=f"Idea {number}",
            initiative=initiative,
            due_at=NOW + timedelta(days=number + 1),
        )
    post_for(channel, 9, initiative=initiative)
    [branch] = trace(goal).branches
    assert [post.item.title for post in branch.shown][:2] == ["A post", f"Idea {SHOWN - 1}"]
    assert (len(branch.shown), branch.more, branch.interactions) == (SHOWN, 1, 9)


def test_goal_and_post_lead_to_the_reports_of_their_time(
    goal: Goal, initiative: Initiative, channel: Connection, owner: User, sign_in: SignIn
) -> None:
    business = goal.business
    item = post_for(channel, initiative=initiative).item
    Goal.objects.filter(pk=goal.pk).update(
        start_date=date(2026, 9, 20), deadline_date=date(2026, 12, 31)
    )
    told, earlier, old = (
        Report.objects.create(
            business=business, first_date=each.first, last_date=each.last, figures_at=NOW
        )
        for each in map(month_of, (date(2026, 10, 2), date(2026, 9, 1), date(2026, 8, 1)))
    )
    client, slug = sign_in(owner), business.slug
    reports = (told, earlier, old)

    def leads(page: str, pk: int) -> list[bool]:
        text = client.get(reverse(page, args=[slug, pk])).content.decode()
        names = [reverse("reviews:report", args=[slug, each.pk]) for each in reports]
        return [f'href="{name}"' in text for name in names]

    assert leads("reviews:trace_goal", goal.pk) == [True, True, False]
    assert leads("reviews:trace_post", item.pk) == [True, False, False]


def test_a_post_that_is_not_out_has_no_report_and_says_so(
    business: Business, owner: User, sign_in: SignIn
) -> None:
    item = factories.make_item(business, title="An idea")
    address = reverse("reviews:trace_post", args=[business.slug, item.pk])
    text = sign_in(owner).get(address).content.decode()
    assert text.count("It is not out yet.") == 2
    assert reverse("reviews:list", args=[business.slug]) in text


def test_spending_leads_to_what_it_cost(
    goal: Goal, initiative: Initiative, channel: Connection, owner: User, sign_in: SignIn
) -> None:
    spend(initiative, "12.50")
    item = post_for(channel, initiative=initiative).item
    slug, client = goal.business.slug, sign_in(owner)
    cost = f"{reverse('insights:initiative', args=[slug, initiative.pk])}#cost"
    for page, pk in (("reviews:trace_goal", goal.pk), ("reviews:trace_post", item.pk)):
        text = client.get(reverse(page, args=[slug, pk])).content.decode()
        link = re.search(rf'href="{cost}">([^<]*)</a>', text)
        assert link is not None
        assert link[1].split() == ["12.50", "EUR", "spent", "so", "far"]
    text = client.get(cost.removesuffix("#cost")).content.decode()
    assert 'id="cost"' in text
    assert f'href="{reverse("budget:sheet", args=[slug])}"' in text


def test_the_page_asks_few_questions_however_much_hangs_on_it(
    goal: Goal,
    channel: Connection,
    owner: User,
    sign_in: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    for _number in range(4):
        each = factories.make_initiative(goal)
        factories.make_task(each, assignee=owner)
        clicks(post_for(channel, initiative=each), 1)
        spend(each, "5")
    client = sign_in(owner)
    with django_assert_max_num_queries(15):
        client.get(reverse("reviews:trace_goal", args=[goal.business.slug, goal.pk]))
    item = goal.business.items.first()
    assert item is not None
    with django_assert_max_num_queries(15):
        client.get(reverse("reviews:trace_post", args=[goal.business.slug, item.pk]))


@pytest.mark.parametrize("page", ["goal", "initiative", "post"])
def test_goal_initiative_and_post_lead_here(
    page: str, goal: Goal, initiative: Initiative, channel: Connection, owner: User, sign_in: SignIn
) -> None:
    item = post_for(channel, initiative=initiative).item
    slug = goal.business.slug
    down = reverse("reviews:trace_goal", args=[slug, goal.pk])
    address, leads_to = {
        "goal": (reverse("goals:goal", args=[slug, goal.pk]), down),
        "initiative": (
            reverse("insights:initiative", args=[slug, initiative.pk]),
            f"{down}#initiative-{initiative.pk}",
        ),
        "post": (
            reverse("publishing:item", args=[slug, item.pk]),
            reverse("reviews:trace_post", args=[slug, item.pk]),
        ),
    }[page]
    assert f'href="{leads_to}"' in sign_in(owner).get(address).content.decode()


def test_visits_and_orders_stand_on_the_trace_of_goal_and_post(
    page: Client, business: Business, channel: Connection, goal: Goal, initiative: Initiative
) -> None:
    item = post_for(channel, initiative=initiative).item
    source = business.visit_sources.create(kind="counter", name="Counter")
    told = {"source": source, "date": date(2026, 10, 3), "initiative": initiative}
    Visit.objects.create(**told, utm_content="a", item=item, sessions=8, orders=2, revenue=30)
    Visit.objects.create(**told, utm_content="b", sessions=1, orders=1, revenue=12)
    found = trace(goal)
    [branch] = found.branches
    assert branch.sales == found.sales == Sales(9, 3, Decimal(42))
    assert branch.posts[0].sales == Sales(8, 2, Decimal(30))
    down = page.get(reverse("reviews:trace_goal", args=[business.slug, goal.pk]))
    assert "3 orders (42.00 EUR)" in " ".join(down.content.decode().split())
    up = page.get(reverse("reviews:trace_post", args=[business.slug, item.pk]))
    assert "Through its link: visits 8, orders 2 (30.00 EUR)" in " ".join(
        up.content.decode().split()
    )
