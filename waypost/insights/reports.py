"""The report: what we wanted, what went out, who follows, and which initiative it came from."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.goals.formulas import Standing, Status
from waypost.goals.models import Goal, Initiative
from waypost.insights.models import Reading
from waypost.insights.periods import Period
from waypost.insights.results import PostResult, added, results
from waypost.providers.base import Measures
from waypost.publishing.models import Delivery

SHOWN_POSTS = 200


@dataclass(frozen=True)
class GoalLine:
    goal: Goal
    state: Standing


@dataclass(frozen=True)
class ChannelLine:
    """How many posts went out on one account."""

    connection: Connection
    posts: int


@dataclass(frozen=True)
class AccountLine:
    """Followers of one account; never added to another's, people may follow both."""

    connection: Connection
    before: int | None  # at the start of the period, or the first number in it
    since: dt.date | None  # when ``before`` was measured
    after: int | None
    missing: str  # why a number is None

    @property
    def change(self) -> int | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def growth(self) -> Decimal | None:
        """Share of ``before``; None when that is 0 or missing."""
        if not self.before or self.change is None:
            return None
        return Decimal(self.change) / self.before


@dataclass(frozen=True)
class InitiativeLine:
    initiative: Initiative
    posts: int
    interactions: int | None


@dataclass(frozen=True)
class Report:
    period: Period
    goals: list[GoalLine]
    channels: list[ChannelLine]
    posts: list[PostResult]  # newest first
    accounts: list[AccountLine]
    initiatives: list[InitiativeLine]

    @property
    def shown_posts(self) -> list[PostResult]:
        return self.posts[:SHOWN_POSTS]

    @property
    def has_saves(self) -> bool:
        """Whether any network told how often a post was saved."""
        return any(post.parts["saves"] is not None for post in self.posts)

    @property
    def on_track(self) -> int:
        """Goals that are on track or done."""
        good = (Status.ON_TRACK, Status.DONE)
        return sum(line.state.status in good for line in self.goals)

    @property
    def best_post(self) -> PostResult | None:
        """The one with the most interactions; None when no post had any."""
        known = [post for post in self.posts if post.interactions]
        return max(known, key=lambda post: post.interactions or 0, default=None)

    @property
    def fastest(self) -> AccountLine | None:
        """The account that gained the most followers; None when none gained any."""
        grown = [line for line in self.accounts if line.change and line.change > 0]
        return max(grown, key=lambda line: line.change or 0, default=None)

    @property
    def strongest(self) -> InitiativeLine | None:
        """The initiative with the most interactions; None when none had any."""
        known = [line for line in self.initiatives if line.interactions]
        return max(known, key=lambda line: line.interactions or 0, default=None)


def build(business: Business, period: Period, *, today: dt.date) -> Report:
    """The report of ``period``; goals as they stood on its last day."""
    posts = posts_in(business, period)
    return Report(
        period=period,
        goals=_goals(business, min(period.last, today)),
        channels=_channels(posts),
        posts=posts,
        accounts=accounts_in(business, period),
        initiatives=_initiatives(business, period, posts),
    )


def _goals(business: Business, day: dt.date) -> list[GoalLine]:
    goals = business.goals.open().with_values().filter(start_date__lte=day)
    return [GoalLine(goal, goal.standing(day)) for goal in goals]


def posts_in(business: Business, period: Period) -> list[PostResult]:
    """What was published in ``period`` with its totals by then; newest first."""
    start, end = period.moments(business.zone)
    deliveries = (
        Delivery.objects.published()
        .whole()
        .filter(item__business=business, published_at__gte=start, published_at__lt=end)
        .select_related("item", "connection")
        .order_by("-published_at", "-pk")
    )
    return results(deliveries, until=end)


def _channels(posts: Iterable[PostResult]) -> list[ChannelLine]:
    counted = Counter(post.delivery.connection for post in posts)
    return [ChannelLine(connection, number) for connection, number in counted.most_common()]


def accounts_in(business: Business, period: Period) -> list[AccountLine]:
    """The followers of each account at both ends of ``period``."""
    known = Reading.objects.filter(
        connection=OuterRef("pk"), metric="followers", date__lte=period.last
    )
    before = known.filter(date__lt=period.first).order_by("-date")
    first = known.filter(date__gte=period.first).order_by("date")
    last = known.order_by("-date")
    rows = business.connections.filter(Q(pk__in=business.connections.usable()) | Exists(first))
    return [
        _account(connection)
        for connection in rows.annotate(
            before=Subquery(before.values("value")[:1]),
            before_at=Subquery(before.values("date")[:1]),
            first=Subquery(first.values("value")[:1]),
            first_at=Subquery(first.values("date")[:1]),
            last=Subquery(last.values("value")[:1]),
            last_at=Subquery(last.values("date")[:1]),
        )
    ]


def _account(row: Connection) -> AccountLine:
    found = vars(row)
    early = found["before"] is not None
    since = found["before_at"] if early else found["first_at"]
    before = found["before"] if early else found["first"]
    once = since is not None and since == found["last_at"]
    return AccountLine(
        connection=row,
        before=None if once or before is None else int(before),
        since=since,
        after=None if found["last"] is None else int(found["last"]),
        missing=_why_no_change(row, measured=since is not None, once=once),
    )


def _why_no_change(connection: Connection, *, measured: bool, once: bool) -> str:
    if once:
        return _("Measured only once so far.")
    if measured:
        return ""
    if not isinstance(connection.provider, Measures):
        return _("Waypost cannot read numbers at this network.")
    return _("Not measured in this time.")


def _initiatives(
    business: Business, period: Period, posts: list[PostResult]
) -> list[InitiativeLine]:
    by_initiative: dict[int | None, list[PostResult]] = {}
    for post in posts:
        by_initiative.setdefault(post.delivery.item.initiative_id, []).append(post)
    running = Q(start_date__lte=period.last, end_date__gte=period.first)
    published = Q(pk__in=[pk for pk in by_initiative if pk is not None])
    rows = business.initiatives.filter(running | published).select_related("goal")
    return [
        InitiativeLine(
            row,
            len(by_initiative.get(row.pk, [])),
            added(post.interactions for post in by_initiative.get(row.pk, [])),
        )
        for row in rows.order_by("goal__deadline_date", "goal", "start_date", "pk")
    ]
