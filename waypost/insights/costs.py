"""What results cost: spending that the budget links to initiatives and channels.

Amounts of a budget belong to months, so costs and results are both counted over the whole
months that a period touches. Amounts in another currency are turned into the business's
own with the rate of their budget. A part that is missing gives no cost, and a reason.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.budget.models import ActualAmount, Expense
from waypost.connections.models import Connection
from waypost.goals.models import Initiative
from waypost.insights import post_sums
from waypost.insights.periods import Period, month_end
from waypost.insights.post_sums import NONE, Pairs, read_pairs
from waypost.insights.reports import accounts_in
from waypost.kit.figures import Figure, divided

Key = int | None  # pk of an initiative or a channel; None: linked to none
CENT = Decimal("0.01")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class CostLine:
    """Spending of one initiative or channel beside what came of it."""

    row: Initiative | Connection | None  # None: what is linked to none
    spent: Decimal | None  # None: nothing is linked to it
    interactions: int | None
    followers: int | None = None  # gained; of channels only

    @property
    def per_interaction(self) -> Figure:
        return per(self.spent, self.interactions, _("No interactions are known."))

    @property
    def per_follower(self) -> Figure:
        return per(self.spent, self.followers, _("No followers were gained."))


@dataclass(frozen=True)
class Costs:
    period: Period  # whole months
    total: Decimal | None
    initiatives: list[CostLine]
    channels: list[CostLine]


def per(spent: Decimal | None, results: int | Decimal | None, why: str) -> Figure:
    """``spent`` for each of ``results``; ``why`` is said when there are none."""
    if spent is None:
        return Figure(None, _("No spending is linked to it."))
    if results is None:
        return Figure(None, why)
    return divided(spent, Decimal(results), why)


def whole_months(period: Period) -> Period:
    return Period(period.first.replace(day=1), month_end(period.last))


def costs_in(business: Business, period: Period, read: Sequence[Initiative] = ()) -> Costs:
    """Costs of the months of ``period``, dearest first.

    Initiatives that were ``read`` already are not asked for again.
    """
    months = whole_months(period)
    spent = _spent(business, months)
    by_initiative = _sums((initiative, amount) for initiative, _channel, amount in spent)
    by_channel = _sums((channel, amount) for _initiative, channel, amount in spent)
    if not spent:
        return Costs(months, None, [], [])
    pairs = read_pairs(business, months)
    return Costs(
        months,
        sum((amount for *_keys, amount in spent), Decimal(0)).quantize(CENT),
        _by_initiative(business, by_initiative, pairs, read),
        _by_channel(business, by_channel, pairs, months),
    )


def spent_by_channel(business: Business, period: Period) -> dict[Key, Decimal]:
    """What the budget says was spent on each account in the months of ``period``."""
    spent = _spent(business, whole_months(period))
    return _sums((channel, amount) for _initiative, channel, amount in spent)


def _by_initiative(
    business: Business, spent: dict[Key, Decimal], pairs: Pairs, read: Sequence[Initiative]
) -> list[CostLine]:
    brought = post_sums.by_initiative(pairs)
    rows = _rows(business.initiatives.select_related("goal"), spent, read)
    lines = [
        CostLine(row, spent.get(row.pk), brought.get(row.pk, NONE).interactions) for row in rows
    ]
    return _ordered(lines, spent)


def _by_channel(
    business: Business,
    spent: dict[Key, Decimal],
    pairs: Pairs,
    months: Period,
) -> list[CostLine]:
    brought = post_sums.by_account(pairs)
    accounts = accounts_in(business, months)
    gained = {line.connection.pk: line.change for line in accounts}
    rows = _rows(business.connections.all(), spent, [line.connection for line in accounts])
    lines = [
        CostLine(
            row,
            spent.get(row.pk),
            brought.get(row.pk, NONE).interactions,
            gained.get(row.pk),
        )
        for row in rows
    ]
    return _ordered(lines, spent)


def _rows(every: QuerySet[M], spent: dict[Key, Decimal], read: Iterable[M]) -> list[M]:
    """Those with spending, in the order of ``every``; asked for only if not all are ``read``."""
    wanted = {key for key in spent if key is not None}
    found = [row for row in read if row.pk in wanted]
    return found if len(found) == len(wanted) else list(every.filter(pk__in=wanted))


def _ordered(lines: list[CostLine], spent: dict[Key, Decimal]) -> list[CostLine]:
    lines.sort(key=lambda line: line.spent or Decimal(0), reverse=True)
    return [*lines, CostLine(None, spent[None], None)] if None in spent else lines


def _sums(amounts: Iterable[tuple[Key, Decimal]]) -> dict[Key, Decimal]:
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    for key, amount in amounts:
        sums[key] += amount
    return {key: amount.quantize(CENT, "ROUND_HALF_UP") for key, amount in sums.items()}


Spent = tuple[Key, Key, Decimal]  # initiative, channel, amount in the business's currency


def _spent(business: Business, months: Period) -> list[Spent]:
    """Everything spent in ``months``; one query."""
    days = Expense.objects.filter(date__range=(months.first, months.last))
    return _added_up(business, days, ActualAmount.objects.filter(_in_months(months)))


def _added_up(
    business: Business, expenses: QuerySet[Expense], typed: QuerySet[ActualAmount]
) -> list[Spent]:
    """Typed amounts count only where a cell has no expenses."""
    own: dict[str, Any] = {"line__budget__business": business, "line__removed_at": None}
    rate = F("line__budget__rate")
    booked = (
        expenses.filter(**own)
        .order_by()
        .annotate(
            of_initiative=Coalesce("initiative_id", "line__initiative_id"),
            of_channel=Coalesce("connection_id", "line__connection_id"),
            rate=rate,
        )
        .values_list("of_initiative", "of_channel", "rate")
        .annotate(sum=Sum("amount"))
    )
    cell = Expense.objects.filter(line=OuterRef("line"), month=OuterRef("month"))
    by_hand = (
        typed.filter(~Exists(cell), amount__isnull=False, **own)
        .order_by()
        .annotate(rate=rate)
        .values_list("line__initiative_id", "line__connection_id", "rate", "amount")
    )
    rows: Any = booked.union(by_hand, all=True)
    return [
        (initiative, channel, Decimal(amount) * Decimal(rate))
        for initiative, channel, rate, amount in rows
    ]


def _in_months(months: Period) -> Q:
    """Cells of the months; a cell knows its month, its budget the year."""
    wanted = Q(pk__in=[])
    year, last = months.first.year, months.last.year
    for each in range(year, last + 1):
        low = months.first.month if each == year else 1
        high = months.last.month if each == last else 12
        wanted |= Q(line__budget__year=each, month__range=(low, high))
    return wanted


@dataclass(frozen=True)
class InitiativeCost:
    """What an initiative cost since its beginning, beside everything that came of it."""

    spent: Decimal | None
    budget: Decimal | None
    interactions: int | None
    contribution: Decimal | None  # in the unit of its goal

    @property
    def per_interaction(self) -> Figure:
        return per(self.spent, self.interactions, _("No interactions are known."))

    @property
    def per_contribution(self) -> Figure:
        return per(self.spent, self.contribution, _("What it added to the goal is not entered."))


def cost_of(initiative: Initiative, interactions: int | None) -> InitiativeCost:
    """Everything ever spent on ``initiative``, by expense or by line."""
    business = initiative.business
    direct = Q(initiative=initiative) | Q(initiative=None, line__initiative=initiative)
    typed = ActualAmount.objects.filter(line__initiative=initiative)
    rows = _added_up(business, Expense.objects.filter(direct), typed)
    spent = sum((amount for *_keys, amount in rows), Decimal(0)).quantize(CENT) if rows else None
    return InitiativeCost(spent, initiative.budget, interactions, initiative.actual_contribution)


def spent_on(business: Business, initiatives: Iterable[int]) -> dict[Key, Decimal]:
    """Everything ever spent on each of ``initiatives`` (their keys); one query."""
    keys = list(initiatives)
    direct = Q(initiative__in=keys) | Q(initiative=None, line__initiative__in=keys)
    typed = ActualAmount.objects.filter(line__initiative__in=keys)
    rows = _added_up(business, Expense.objects.filter(direct), typed)
    return _sums((initiative, amount) for initiative, _channel, amount in rows)
