"""Reading the numbers of a report from where they are kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import F, Q, Sum

from waypost.accounts.models import Business
from waypost.budget.models import PlannedAmount
from waypost.connections.models import Connection
from waypost.content.models import LinkDay
from waypost.insights.costs import Costs, costs_in, whole_months
from waypost.insights.periods import Period
from waypost.insights.reports import Report, build
from waypost.insights.results import PARTS, PostResult
from waypost.kit.figures import Number
from waypost.reviews.figures import (
    ChannelFigures,
    Figures,
    GoalFigures,
    InitiativeFigures,
    Measure,
    PostFigures,
    added,
)
from waypost.reviews.times import before

BEST = 5
Row = Mapping[str, Number]  # metric → number of one channel


def gather(business: Business, period: Period, *, today: dt.date) -> Figures:
    """Everything a report counts, as it is known now; the number of queries is fixed."""
    earlier = before(period)
    report = build(business, period, today=today)
    costs = costs_in(business, period)
    return Figures(
        first=period.first,
        last=period.last,
        before_first=earlier.first,
        before_last=earlier.last,
        currency=business.currency,
        goals=_goals(report),
        initiatives=_initiatives(report, costs, min(period.last, today)),
        channels=_channels(business, period, report, costs),
        best=_best(report.posts),
        spent=costs.total,
        planned=_planned(business, period),
    )


def _goals(report: Report) -> tuple[GoalFigures, ...]:
    return tuple(
        GoalFigures(
            pk=line.goal.pk,
            title=line.goal.title,
            unit=line.goal.unit,
            target=line.goal.target,
            value=line.state.value,
            progress=line.state.progress,
            expected=line.state.expected,
            pace=line.state.pace,
            status=str(line.state.status),
        )
        for line in report.goals
    )


def _initiatives(report: Report, costs: Costs, day: dt.date) -> tuple[InitiativeFigures, ...]:
    spent = {line.row.pk: line.spent for line in costs.initiatives if line.row}
    return tuple(
        InitiativeFigures(
            pk=line.initiative.pk,
            title=line.initiative.title,
            goal=line.initiative.goal.title,
            status=line.initiative.status,
            days_late=line.initiative.days_late(day),
            posts=line.posts,
            interactions=_decimal(line.interactions),
            spent=spent.get(line.initiative.pk),
        )
        for line in report.initiatives
    )


def _best(posts: Iterable[PostResult]) -> tuple[PostFigures, ...]:
    known = sorted(
        (post for post in posts if post.interactions), key=lambda post: -(post.interactions or 0)
    )
    return tuple(
        PostFigures(
            pk=post.delivery.item_id,
            title=post.delivery.item.title,
            channel=f"{post.delivery.connection.display.name} {post.delivery.connection.handle}",
            day=post.delivery.published_at.astimezone(post.delivery.item.zone).date(),
            interactions=_decimal(post.interactions),
        )
        for post in known[:BEST]
        if post.delivery.published_at
    )


def _channels(
    business: Business, period: Period, report: Report, costs: Costs
) -> tuple[ChannelFigures, ...]:
    earlier = before(period)
    now = _rows(report, costs, _clicks(business, period))
    then = _rows(
        build(business, earlier, today=earlier.last),
        costs_in(business, earlier),
        _clicks(business, earlier),
    )
    for line in report.accounts:  # the period's own start is what its growth is counted from
        then[line.connection]["followers"] = _decimal(line.before)
    shown = [channel for channel, row in now.items() if any(n is not None for n in row.values())]
    return tuple(
        ChannelFigures(
            f"a{channel.pk}",
            str(channel.display.name),
            channel.handle,
            _measures(now[channel], then[channel]),
        )
        for channel in sorted(shown, key=lambda each: each.pk)
    )


def _measures(now: Row, then: Row) -> tuple[Measure, ...]:
    keys = dict.fromkeys([*now, *then])
    return tuple(
        Measure(key, then.get(key), now.get(key))
        for key in keys
        if now.get(key) is not None or then.get(key) is not None
    )


def _rows(
    report: Report, costs: Costs, clicks: Mapping[int, int]
) -> defaultdict[Connection, dict[str, Number]]:
    rows: defaultdict[Connection, dict[str, Number]] = defaultdict(dict)
    for account in report.accounts:
        rows[account.connection]["followers"] = _decimal(account.after)
    for channel in report.channels:
        rows[channel.connection]["posts"] = Decimal(channel.posts)
    for connection, posts in _by_channel(report.posts).items():
        row = rows[connection]
        for part in PARTS:
            row[part] = added(_decimal(post.parts[part]) for post in posts)
        row["engagement"] = added(_decimal(post.interactions) for post in posts)
    for line in costs.channels:
        if isinstance(line.row, Connection):
            rows[line.row]["spent"] = line.spent
    for connection, row in rows.items():
        row.setdefault("posts", Decimal(0))
        if connection.pk in clicks:
            row["link_clicks"] = Decimal(clicks[connection.pk])
    return rows


def _by_channel(posts: Iterable[PostResult]) -> Mapping[Connection, list[PostResult]]:
    found: defaultdict[Connection, list[PostResult]] = defaultdict(list)
    for post in posts:
        found[post.delivery.connection].append(post)
    return found


def _clicks(business: Business, period: Period) -> dict[int, int]:
    """Clicks on our own short links, by channel."""
    days = LinkDay.objects.filter(link__business=business, date__range=(period.first, period.last))
    counted = days.order_by().values("link__connection").annotate(sum=Sum("clicks"))
    return {row["link__connection"]: row["sum"] for row in counted}


def _planned(business: Business, period: Period) -> Number:
    """The plan of the whole months of ``period``, in the business's currency."""
    months = whole_months(period)
    wanted = Q(pk__in=[])
    for year in range(months.first.year, months.last.year + 1):
        low = months.first.month if year == months.first.year else 1
        high = months.last.month if year == months.last.year else 12
        wanted |= Q(line__budget__year=year, month__range=(low, high))
    rows = PlannedAmount.objects.filter(
        wanted,
        line__budget__business=business,
        line__removed_at=None,
        amount__isnull=False,
    )
    sums = rows.order_by().values(rate=F("line__budget__rate")).annotate(sum=Sum("amount"))
    found = added(row["sum"] * row["rate"] for row in sums)
    return None if found is None else found.quantize(Decimal("0.01"), "ROUND_HALF_UP")


def _decimal(number: int | Decimal | None) -> Number:
    return None if number is None else Decimal(number)
