"""From a goal down to what was spent, sent and clicked for it, and from a post back up."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import F, IntegerField, OuterRef, Q, Subquery, Sum

from waypost.accounts.models import Business
from waypost.board.models import Task
from waypost.content.models import Item, ItemQuerySet, LinkDay
from waypost.goals.formulas import Standing
from waypost.goals.models import Goal, Initiative
from waypost.insights.costs import spent_on
from waypost.insights.results import PostResult, added, results
from waypost.insights.sales import Sales, Sold, sold_through
from waypost.kit.figures import Number
from waypost.publishing.models import Delivery, Status
from waypost.reviews.figures import added as summed
from waypost.reviews.models import Report

NOTHING = Sales()
REPORTS = 6  # that a page names
SHOWN = 20  # posts of one initiative; its own page has the others


@dataclass(frozen=True)
class PostTrace:
    """An item with where it went; ``clicks`` are those on our own short links."""

    item: Item
    channels: list[PostResult]
    clicks: int | None
    sales: Sales

    @property
    def interactions(self) -> int | None:
        return added(each.interactions for each in self.channels)

    @property
    def out_on(self) -> list[dt.date]:
        """The days on which it went out, in the time zone of the post."""
        moments = (each.delivery.published_at for each in self.channels)
        return [each.astimezone(self.item.zone).date() for each in moments if each is not None]

    @property
    def is_out(self) -> bool:
        return bool(self.out_on)


@dataclass(frozen=True)
class Branch:
    """An initiative, or the posts that name only the goal (``initiative`` is None then)."""

    initiative: Initiative | None
    tasks: list[Task]
    posts: list[PostTrace]
    spent: Decimal | None
    named: Sales | None = None  # of the initiative's tags, which may name no post

    @property
    def sales(self) -> Sales:
        return self.named or sum((post.sales for post in self.posts), NOTHING)

    @property
    def done(self) -> int:
        return sum(task.is_done for task in self.tasks)

    @property
    def out(self) -> int:
        return sum(post.is_out for post in self.posts)

    @property
    def interactions(self) -> int | None:
        return added(post.interactions for post in self.posts)

    @property
    def clicks(self) -> int | None:
        return added(post.clicks for post in self.posts)

    @property
    def shown(self) -> list[PostTrace]:
        """What brought something first, the newest on top; then what is still to come."""
        return sorted(self.posts, key=lambda post: not post.is_out)[:SHOWN]

    @property
    def more(self) -> int:
        return max(len(self.posts) - SHOWN, 0)


@dataclass(frozen=True)
class GoalTrace:
    goal: Goal
    state: Standing
    branches: list[Branch] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)

    @property
    def spent(self) -> Number:
        return summed(branch.spent for branch in self.branches)

    @property
    def out(self) -> int:
        return sum(branch.out for branch in self.branches)

    @property
    def interactions(self) -> int | None:
        return added(branch.interactions for branch in self.branches)

    @property
    def clicks(self) -> int | None:
        return added(branch.clicks for branch in self.branches)

    @property
    def sales(self) -> Sales:
        return sum((branch.sales for branch in self.branches), NOTHING)


def trace_goal(business: Business, goal: Goal, *, today: dt.date, now: dt.datetime) -> GoalTrace:
    """Everything that hangs on ``goal``; ten queries for any number of rows."""
    initiatives = list(goal.initiatives.order_by("start_date", "pk"))
    tasks = _by_initiative(
        Task.objects.filter(initiative__goal=goal).select_related("assignee").order_by("position")
    )
    items = business.items.filter(Q(initiative__goal=goal) | Q(goal=goal, initiative=None))
    posts: defaultdict[int | None, list[PostTrace]] = defaultdict(list)
    sold = sold_through(business, items.order_by().values("pk"), [each.pk for each in initiatives])
    for post in _posts(business, items, now, sold):
        posts[post.item.initiative_id].append(post)
    spent = spent_on(business, [each.pk for each in initiatives])
    branches = [
        Branch(
            each,
            tasks.get(each.pk, []),
            posts[each.pk],
            spent.get(each.pk),
            sold.initiatives.get(each.pk),
        )
        for each in initiatives
    ]
    if posts[None]:
        branches.append(Branch(None, [], posts[None], None))
    told = _reports(business, goal.start_date, min(goal.deadline_date, today))
    return GoalTrace(goal, goal.standing(today), branches, told)


def _reports(business: Business, first: dt.date, last: dt.date) -> list[Report]:
    """The newest that tell of that time."""
    return list(business.reports.overlapping(first, last)[:REPORTS])


def _by_initiative(rows: Iterable[Task]) -> Mapping[int | None, list[Task]]:
    found: defaultdict[int | None, list[Task]] = defaultdict(list)
    for task in rows:
        found[task.initiative_id].append(task)
    return found


def _posts(
    business: Business, items: ItemQuerySet, now: dt.datetime, sold: Sold
) -> list[PostTrace]:
    wanted = items.order_by().values("pk")
    sent = Delivery.objects.whole().filter(item__business=business, item__in=wanted)
    deliveries = sent.exclude(status=Status.WITHDRAWN).select_related("connection")
    channels: defaultdict[int, list[PostResult]] = defaultdict(list)
    for each in results(deliveries.order_by("pk"), until=now):
        channels[each.delivery.item_id].append(each)
    days = LinkDay.objects.filter(link__business=business, link__item=OuterRef("pk")).order_by()
    counted = days.values("link__item").annotate(sum=Sum("clicks")).values("sum")
    rows = items.annotate(clicked=Subquery(counted, output_field=IntegerField()))
    return [
        PostTrace(item, channels[item.pk], vars(item)["clicked"], sold.items.get(item.pk, NOTHING))
        for item in rows.order_by(F("due_at").desc(nulls_last=True), "-pk")
    ]


@dataclass(frozen=True)
class Upwards:
    """A post, and what it was for, step by step."""

    post: PostTrace
    initiative: Initiative | None
    tasks: list[Task]
    spent: Decimal | None
    goal: Goal | None
    state: Standing | None
    reports: list[Report] = field(default_factory=list)


def trace_post(business: Business, item: Item, *, today: dt.date, now: dt.datetime) -> Upwards:
    only = business.items.filter(pk=item.pk)
    [post] = _posts(business, only, now, sold_through(business, only.values("pk")))
    initiative = item.initiative
    goal = initiative.goal if initiative else item.goal
    days = post.out_on
    return Upwards(
        post,
        initiative,
        list(initiative.tasks.select_related("assignee")) if initiative else [],
        spent_on(business, [initiative.pk]).get(initiative.pk) if initiative else None,
        goal,
        goal.standing(today) if goal else None,
        _reports(business, min(days), max(days)) if days else [],
    )
