"""Reading the numbers of a report from where they are kept."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from django.db.models import F, Q, Sum

from waypost.accounts.models import Business
from waypost.budget.models import PlannedAmount
from waypost.insights.best_posts import most_liked
from waypost.insights.costs import Costs, costs_in, whole_months
from waypost.insights.numbers import ChannelNumbers, channel_numbers
from waypost.insights.numbers import Number as ChannelNumber
from waypost.insights.periods import Period
from waypost.insights.post_sums import by_initiative, read_pairs
from waypost.insights.reports import (
    GoalLine,
    InitiativeLine,
    goals_in,
    initiatives_in,
    published_in,
)
from waypost.kit.figures import Number
from waypost.providers.metrics import gives
from waypost.publishing.models import Delivery
from waypost.reviews.figures import (
    ChannelFigures,
    Figures,
    GoalFigures,
    InitiativeFigures,
    Measure,
    PostFigures,
    Unknown,
    added,
)
from waypost.reviews.proposing import propose
from waypost.reviews.times import before

BEST = 5


def gather(business: Business, period: Period, *, today: dt.date) -> Figures:
    """Everything a report counts, as it is known now; the number of queries is fixed."""
    earlier = before(period)
    last = min(period.last, today)
    initiatives = initiatives_in(business, period, by_initiative(read_pairs(business, period)))
    costs = costs_in(business, period, [line.initiative for line in initiatives])
    figures = Figures(
        first=period.first,
        last=period.last,
        before_first=earlier.first,
        before_last=earlier.last,
        currency=business.currency,
        goals=_goals(goals_in(business, last)),
        initiatives=_initiatives(initiatives, costs, last),
        channels=_channels(business, period, costs),
        best=_best(business, period),
        spent=costs.total,
        planned=_planned(business, period),
    )
    return replace(figures, proposed=tuple(propose(business, figures, today)))


def _goals(lines: Iterable[GoalLine]) -> tuple[GoalFigures, ...]:
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
        for line in lines
    )


def _initiatives(
    lines: Iterable[InitiativeLine], costs: Costs, day: dt.date
) -> tuple[InitiativeFigures, ...]:
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
        for line in lines
    )


def _best(business: Business, period: Period) -> tuple[PostFigures, ...]:
    ranked = most_liked(business, period)[:BEST]
    rows = published_in(business, period).filter(pk__in=[pk for pk, _number in ranked])
    posts = {row.pk: row for row in rows}
    return tuple(_post(posts[pk], interactions) for pk, interactions in ranked)


def _post(delivery: Delivery, interactions: int) -> PostFigures:
    assert delivery.published_at
    account = delivery.connection
    return PostFigures(
        pk=delivery.item_id,
        title=delivery.item.title,
        channel=f"{account.display.name} {account.handle}",
        day=delivery.published_at.astimezone(delivery.item.zone).date(),
        interactions=_decimal(interactions),
    )


def _channels(business: Business, period: Period, costs: Costs) -> tuple[ChannelFigures, ...]:
    earlier = before(period)
    found = channel_numbers(business, period, earlier)
    spent = _spending(costs), _spending(costs_in(business, earlier))
    made = [_channel(row, spent) for row in found]
    return tuple(channel for channel in made if channel.measures)


Sides = tuple[Mapping[int, Number], Mapping[int, Number]]  # by connection: now, before


def _channel(row: ChannelNumbers, spent: Sides) -> ChannelFigures:
    connection = row.holder.connection
    pk = connection.pk if connection else 0
    measures = {each.metric.key: _measure(each) for each in row.known}
    rate = row.engagement_rate("reach")
    measures["engagement_rate"] = Measure(
        "engagement_rate", _share(rate.before.value), _share(rate.now.value), bool(rate.broken)
    )
    measures["spent"] = _spent_on(measures.pop("ad_spend", None), spent, pk)
    known = (each for each in measures.values() if (each.before, each.now) != (None, None))
    look = str(row.holder.display.name)
    return ChannelFigures(row.holder.key, look, row.holder.handle, tuple(known), _unknown(row))


def _unknown(row: ChannelNumbers) -> tuple[Unknown, ...]:
    """What is wanted or was known before and is not now, then what the network never tells."""
    never = [row.numbers[key] for key in row.numbers if not gives(row.holder.network, key)]
    missing = dict.fromkeys(each for each in (*row.shown, *never) if each.now.value is None)
    return tuple(
        Unknown(each.metric.key, _why(row, each))
        for each in missing
        if each.metric.key != "ad_spend"  # told as what was spent
    )


def _why(row: ChannelNumbers, number: ChannelNumber) -> str:
    if number.metric.key == "own_clicks":
        return "unlinked"
    if not gives(row.holder.network, number.metric.key):
        return "never"
    return "changed" if number.source else "nothing"


def _measure(number: ChannelNumber) -> Measure:
    return Measure(number.metric.key, number.before.value, number.now.value, bool(number.broken))


def _share(value: Number) -> Number:
    return None if value is None else value.quantize(Decimal("0.0001"), "ROUND_HALF_UP")


def _spent_on(ads: Measure | None, spent: Sides, pk: int) -> Measure:
    """What the budget links to the channel; where it knows nothing, what ads cost."""
    if spent[0].get(pk) is None and ads is not None:
        return Measure("spent", ads.before, ads.now)
    return Measure("spent", spent[1].get(pk), spent[0].get(pk))


def _spending(costs: Costs) -> Mapping[int, Number]:
    return {line.row.pk: line.spent for line in costs.channels if line.row}


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
