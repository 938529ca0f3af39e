"""What the Today page shows, gathered with few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business, Member
from waypost.connections.models import Connection, Health
from waypost.content.models import Item
from waypost.content.models import Status as ItemStatus
from waypost.goals.formulas import Standing
from waypost.goals.models import Goal
from waypost.publishing.models import ATTENTION, Delivery
from waypost.publishing.models import Status as DeliveryStatus
from waypost.talk.models import Mention

AHEAD = timedelta(days=7)
LATELY = timedelta(days=14)
MOST = 20  # rows of one kind; more would hide the rest of the page
SHOWN = 5
NOT_DUE = (ItemStatus.CANCELLED, ItemStatus.PUBLISHED)
NUMBERS = ("likes", "comments", "shares")


@dataclass(frozen=True)
class Step:
    """One line of the guide for a new business."""

    done: bool
    label: str | Promise
    why: str | Promise
    url: str
    permission: str


@dataclass(frozen=True)
class Day:
    date: date
    items: list[Item]


@dataclass
class Today:
    """Everything on the page; each list is read already."""

    business: Business
    member: Member
    now: datetime
    items: list[Item]
    connections: list[Connection]
    deliveries: list[Delivery]
    goals: list[Goal]
    statuses: frozenset[str]  # of the items there ever were, as far as the guide asks

    @cached_property
    def due(self) -> list[Item]:
        """From this morning on, for a week."""
        start = _morning(self.now)
        soon = [
            item for item in self.items if item.due_at and start <= item.due_at < self.now + AHEAD
        ]
        return [item for item in soon if item.status not in NOT_DUE]

    @cached_property
    def due_shown(self) -> list[Item]:
        return self.due[:MOST]

    @cached_property
    def due_by_day(self) -> list[Day]:
        days = groupby(self.due_shown, key=lambda item: timezone.localdate(item.due_at))
        return [Day(date, list(items)) for date, items in days]

    @cached_property
    def late(self) -> list[Delivery]:
        """Blocked for so long that somebody who may must say what becomes of them."""
        if not self.member.may("publishing.resolve"):
            return []
        return [each for each in self.deliveries if each.is_late(self.now)]

    @cached_property
    def attention(self) -> list[Delivery]:
        waiting = [each for each in self.deliveries if each.status in ATTENTION]
        return [each for each in waiting if each not in self.late]

    @cached_property
    def ending(self) -> list[Connection]:
        """Accounts that Waypost cannot keep connected by itself for another week."""
        if not self.member.may("connections.connect"):
            return []
        return [each for each in self.connections if each.ends_soon]

    @cached_property
    def to_approve(self) -> list[Item]:
        if not self.member.may("content.approve"):
            return []
        return [item for item in self.items if item.status == ItemStatus.IN_REVIEW]

    @property
    def to_approve_shown(self) -> list[Item]:
        return self.to_approve[:SHOWN]

    @property
    def to_approve_more(self) -> int:
        return len(self.to_approve) - len(self.to_approve_shown)

    @cached_property
    def broken(self) -> list[Connection]:
        return [each for each in self.connections if each.health == Health.BROKEN]

    @property
    def needs_somebody(self) -> bool:
        return bool(self.attention or self.late or self.to_approve or self.broken or self.ending)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Not seen yet by this person; the page asks only when the frame knows of one."""
        unseen = Mention.objects.unseen_by(self.member.user, self.business)
        return list(unseen.select_related("comment__author").order_by("-comment_id")[:SHOWN])

    @cached_property
    def lately(self) -> list[Delivery]:
        out = [each for each in self.deliveries if each.status == DeliveryStatus.PUBLISHED]
        return sorted(out, key=lambda each: each.published_at or self.now, reverse=True)[:SHOWN]

    @cached_property
    def standings(self) -> list[tuple[Goal, Standing]]:
        day = timezone.localtime(self.now).date()
        return [(goal, goal.standing(day)) for goal in self.goals]

    @property
    def may_write(self) -> bool:
        return self.member.may("content.write")

    @cached_property
    def guide(self) -> list[Step]:
        """Steps from a goal to a result; empty when all are done."""
        steps = [step for step in _steps(self) if step.done or self.member.may(step.permission)]
        return [] if all(step.done for step in steps) else steps

    @cached_property
    def next_step(self) -> Step | None:
        return next((step for step in self.guide if not step.done), None)


def gather(business: Business, member: Member, now: datetime) -> Today:
    """Read the page's rows: at most six queries, whatever the business holds."""
    connections = list(business.connections.usable())
    items = _items(business, connections, now)
    return Today(
        business=business,
        member=member,
        now=now,
        items=items,
        connections=connections,
        deliveries=_deliveries(business, now),
        goals=_goals(business),
        statuses=_statuses(business, items),
    )


def _morning(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _items(business: Business, connections: Iterable[Connection], now: datetime) -> list[Item]:
    """Items due from this morning on and items in review, each with its channels."""
    due = Q(due_at__gte=_morning(now), due_at__lt=now + AHEAD) & ~Q(status__in=NOT_DUE)
    out = business.items.filter(status=ItemStatus.PUBLISHED)
    wanted = business.items.filter(due | Q(status=ItemStatus.IN_REVIEW)).annotate(out=Exists(out))
    items = list(wanted.prefetch_related("variants").order_by("due_at", "pk")[: MOST * 10])
    known = {connection.pk: connection for connection in connections}
    for item in items:
        for variant in item.variants.all():
            if variant.connection_id in known:
                variant.connection = known[variant.connection_id]
    return items


def _statuses(business: Business, items: list[Item]) -> frozenset[str]:
    if not items:
        return frozenset(business.items.order_by().values_list("status", flat=True).distinct())
    read = {item.status for item in items}
    out = {ItemStatus.PUBLISHED.value} if getattr(items[0], "out", False) else set()
    return frozenset(read | out)


def _deliveries(business: Business, now: datetime) -> list[Delivery]:
    """What waits for a person, and the latest that went out with their newest numbers."""
    lately = Q(status=DeliveryStatus.PUBLISHED, part=0, published_at__gte=now - LATELY)
    rank = Window(
        RowNumber(),
        partition_by=F("status"),
        order_by=(F("published_at").desc(), F("due_at").asc(), F("pk").asc()),
    )
    return list(
        Delivery.objects.filter(Q(status__in=ATTENTION) | lately, item__business=business)
        .annotate(rank=rank)
        .filter(rank__lte=MOST)
        .annotate(**{name: F(f"last_totals__{name}") for name in NUMBERS})
        .select_related("item", "connection")
        .order_by("due_at", "pk")
    )


def _goals(business: Business) -> list[Goal]:
    planned = Exists(business.initiatives.filter(goal=OuterRef("pk")))
    return list(business.goals.open().with_values().annotate(has_initiatives=planned))


def _steps(page: Today) -> list[Step]:
    slug = page.business.slug
    first_goal = page.goals[0].pk if page.goals else None
    return [
        Step(
            bool(page.goals),
            _("Name your goal"),
            _("One number that should change, and by when."),
            reverse("goals:new", args=[slug]),
            "goals.edit",
        ),
        Step(
            any(getattr(goal, "has_initiatives", False) for goal in page.goals),
            _("Add an initiative"),
            _("Something you will do to reach the goal."),
            reverse("goals:initiative_new", args=[slug, first_goal])
            if first_goal
            else reverse("goals:list", args=[slug]),
            "goals.edit",
        ),
        Step(
            bool(page.connections),
            _("Connect an account"),
            _("Where your posts will appear. Any network works, at first by hand."),
            reverse("connections:choose", args=[slug]),
            "connections.connect",
        ),
        Step(
            bool(page.statuses),
            _("Write a post"),
            _("For the initiative, with a day and an hour."),
            reverse("content:new", args=[slug]),
            "content.write",
        ),
        Step(
            ItemStatus.PUBLISHED in page.statuses,
            _("See the result"),
            _("When the post is out, its numbers arrive in the report."),
            reverse("insights:report", args=[slug]),
            "insights.view",
        ),
    ]
