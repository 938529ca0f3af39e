"""The report: what we wanted, what went out, who follows, and which initiative it came from."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.goals.formulas import Standing, Status
from waypost.goals.models import Goal, Initiative
from waypost.insights.best_posts import most_liked
from waypost.insights.models import Reading
from waypost.insights.periods import Period
from waypost.insights.post_sums import NONE, Sums, by_account, by_initiative, read_pairs
from waypost.insights.results import PostResult, results
from waypost.providers.base import Measures
from waypost.publishing.models import Delivery, DeliveryQuerySet

SHOWN_POSTS = 100


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
    channels: list[ChannelLine]  # those with the most posts first
    posts: int
    shown_posts: list[PostResult]  # the newest
    best_post: PostResult | None  # the one with the most interactions; None when none had any
    accounts: list[AccountLine]
    initiatives: list[InitiativeLine]

    @cached_property
    def has_saves(self) -> bool:
        """Whether any network told how often a post that is shown was saved."""
        return any(post.parts["saves"] is not None for post in self.shown_posts)

    @property
    def on_track(self) -> int:
        """Goals that are on track or done."""
        good = (Status.ON_TRACK, Status.DONE)
        return sum(line.state.status in good for line in self.goals)

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
    pairs = read_pairs(business, period)
    ranked = [pk for pk, _number in most_liked(business, period)[:1]]
    posts = {post.delivery.pk: post for post in posts_in(business, period, also=ranked)}
    accounts = accounts_in(business, period)
    shown = sorted(posts.values(), key=_moment, reverse=True)[:SHOWN_POSTS]
    return Report(
        period=period,
        goals=goals_in(business, min(period.last, today)),
        channels=_channels(business, by_account(pairs), accounts),
        posts=sum(sums.posts for sums in pairs.values()),
        shown_posts=shown,
        best_post=next((posts[pk] for pk in ranked), None),
        accounts=accounts,
        initiatives=initiatives_in(business, period, by_initiative(pairs)),
    )


def goals_in(business: Business, day: dt.date) -> list[GoalLine]:
    goals = business.goals.open().with_values().filter(start_date__lte=day)
    return [GoalLine(goal, goal.standing(day)) for goal in goals]


def published_in(business: Business, period: Period) -> DeliveryQuerySet:
    """The posts themselves, newest first, with what a line about them tells."""
    start, end = period.moments(business.zone)
    return (
        Delivery.objects.published()
        .whole()
        .filter(item__business=business, published_at__gte=start, published_at__lt=end)
        .select_related("item", "connection")
        .order_by("-published_at", "-pk")
    )


def posts_in(business: Business, period: Period, *, also: Sequence[int] = ()) -> list[PostResult]:
    """The newest posts of ``period`` with their totals by its end, and those of the pks ``also``;
    two queries.
    """
    _start, end = period.moments(business.zone)
    posts = published_in(business, period)
    newest = posts.values("pk")[:SHOWN_POSTS]
    return results(posts.filter(Q(pk__in=newest) | Q(pk__in=also)), until=end)


def _moment(post: PostResult) -> tuple[dt.datetime, int]:
    assert post.delivery.published_at
    return post.delivery.published_at, post.delivery.pk


def _channels(
    business: Business, counted: Mapping[int, Sums], accounts: Sequence[AccountLine]
) -> list[ChannelLine]:
    """Accounts that are followed are known already; removed ones are asked for."""
    known = {line.connection.pk: line.connection for line in accounts}
    if gone := [pk for pk in counted if pk not in known]:
        known |= {row.pk: row for row in business.connections.filter(pk__in=gone)}
    lines = [ChannelLine(known[pk], sums.posts) for pk, sums in counted.items()]
    return sorted(lines, key=lambda line: -line.posts)


def accounts_in(business: Business, period: Period) -> list[AccountLine]:
    """The followers of each account at both ends of ``period``."""
    # Followers stand on a day, also those of a month (on its last); said, so that an index helps.
    known = Reading.objects.filter(
        connection=OuterRef("pk"),
        metric="followers",
        span=Reading.Span.DAY,
        date__lte=period.last,
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


def initiatives_in(
    business: Business, period: Period, brought: Mapping[int | None, Sums]
) -> list[InitiativeLine]:
    """Those under way in ``period``, and those with posts in it."""
    running = Q(start_date__lte=period.last, end_date__gte=period.first)
    published = Q(pk__in=[pk for pk in brought if pk is not None])
    rows = business.initiatives.filter(running | published).select_related("goal")
    return [
        InitiativeLine(row, sums.posts, sums.interactions)
        for row in rows.order_by("goal__deadline_date", "goal", "start_date", "pk")
        for sums in [brought.get(row.pk, NONE)]
    ]
