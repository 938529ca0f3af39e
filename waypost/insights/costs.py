"""What results cost: spending that the budget links to initiatives and channels.

Amounts of a budget belong to months, so costs and results are both counted over the whole
months that a period touches. Amounts in another currency are turned into the business's
own with the rate of their budget. A part that is missing gives no cost, and a reason.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.budget.models import ActualAmount, Expense
from waypost.connections.models import Connection
from waypost.goals.models import Initiative
from waypost.insights.periods import Period, month_end
from waypost.insights.reports import accounts_in, posts_in
from waypost.insights.results import PostResult, added
from waypost.kit.figures import Figure, divided

Key = int | None  # pk of an initiative or a channel; None: linked to none
CENT = Decimal("0.01")


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


def costs_in(business: Business, period: Period) -> Costs:
    """Costs of the months of ``period``, dearest first."""
    months = whole_months(period)
    spent = list(_spent(business, months))
    by_initiative = _sums((initiative, amount) for initiative, _channel, amount in spent)
    by_channel = _sums((channel, amount) for _initiative, channel, amount in spent)
    if not spent:
        return Costs(months, None, [], [])
    posts = posts_in(business, months)
    return Costs(
        months,
        sum((amount for *_keys, amount in spent), Decimal(0)).quantize(CENT),
        _by_initiative(business, by_initiative, posts),
        _by_channel(business, by_channel, posts, months),
    )


def spent_by_channel(business: Business, period: Period) -> dict[Key, Decimal]:
    """What the budget says was spent on each account in the months of ``period``."""
    spent = _spent(business, whole_months(period))
    return _sums((channel, amount) for _initiative, channel, amount in spent)


def _by_initiative(
    business: Business, spent: dict[Key, Decimal], posts: list[PostResult]
) -> list[CostLine]:
    counted = _interactions((post.delivery.item.initiative_id, post) for post in posts)
    rows = business.initiatives.select_related("goal").filter(pk__in=_known(spent))
    lines = [CostLine(row, spent.get(row.pk), counted.get(row.pk)) for row in rows]
    return _ordered(lines, spent)


def _by_channel(
    business: Business, spent: dict[Key, Decimal], posts: list[PostResult], months: Period
) -> list[CostLine]:
    counted = _interactions((post.delivery.connection_id, post) for post in posts)
    gained = {line.connection.pk: line.change for line in accounts_in(business, months)}
    rows = business.connections.filter(pk__in=_known(spent))
    lines = [
        CostLine(row, spent.get(row.pk), counted.get(row.pk), gained.get(row.pk)) for row in rows
    ]
    return _ordered(lines, spent)


def _ordered(lines: list[CostLine], spent: dict[Key, Decimal]) -> list[CostLine]:
    lines.sort(key=lambda line: line.spent or Decimal(0), reverse=True)
    return [*lines, CostLine(None, spent[None], None)] if None in spent else lines


def _known(spent: dict[Key, Decimal]) -> list[int]:
    return [key for key in spent if key is not None]


def _interactions(posts: Iterable[tuple[Key, PostResult]]) -> dict[Key, int | None]:
    by_key: dict[Key, list[int | None]] = defaultdict(list)
    for key, post in posts:
        by_key[key].append(post.interactions)
    return {key: added(numbers) for key, numbers in by_key.items()}


def _sums(amounts: Iterable[tuple[Key, Decimal]]) -> dict[Key, Decimal]:
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    for key, amount in amounts:
        sums[key] += amount
    return {key: amount.quantize(CENT, "ROUND_HALF_UP") for key, amount in sums.items()}


def _spent(business: Business, months: Period) -> Iterable[tuple[Key, Key, Decimal]]:
    """(initiative, channel, amount in the business's currency) of everything spent."""
    days = Expense.objects.filter(date__range=(months.first, months.last))
    typed = ActualAmount.objects.filter(_in_months(months))
    return [*_expenses(business, days), *_typed(business, typed)]


def _in_months(months: Period) -> Q:
    """Cells of the months; a cell knows its month, its budget the year."""
    wanted = Q(pk__in=[])
    year, last = months.first.year, months.last.year
    for each in range(year, last + 1):
        low = months.first.month if each == year else 1
        high = months.last.month if each == last else 12
        wanted |= Q(line__budget__year=each, month__range=(low, high))
    return wanted


def _expenses(business: Business, rows: QuerySet[Expense]) -> Iterable[tuple[Key, Key, Decimal]]:
    own: dict[str, Any] = {"line__budget__business": business, "line__removed_at": None}
    found = (
        rows.filter(**own)
        .order_by()
        .annotate(
            of_initiative=Coalesce("initiative_id", "line__initiative_id"),
            of_channel=Coalesce("connection_id", "line__connection_id"),
            rate=F("line__budget__rate"),
        )
        .values("of_initiative", "of_channel", "rate")
        .annotate(sum=Sum("amount"))
    )
    return [
        (row["of_initiative"], row["of_channel"], _own(row["sum"], row["rate"])) for row in found
    ]


def _typed(business: Business, rows: QuerySet[ActualAmount]) -> Iterable[tuple[Key, Key, Decimal]]:
    """Typed amounts, which count only where a cell has no expenses."""
    expenses = Expense.objects.filter(line=OuterRef("line"), month=OuterRef("month"))
    own: dict[str, Any] = {"line__budget__business": business, "line__removed_at": None}
    found = rows.filter(~Exists(expenses), amount__isnull=False, **own).values_list(
        "line__initiative_id", "line__connection_id", "amount", "line__budget__rate"
    )
    return [(first, then, _own(amount or 0, rate)) for first, then, amount, rate in found]


def _own(amount: Decimal | int, rate: Decimal) -> Decimal:
    return Decimal(amount) * Decimal(rate)


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
    rows = [
        *_expenses(business, Expense.objects.filter(direct)),
        *_typed(business, ActualAmount.objects.filter(line__initiative=initiative)),
    ]
    spent = sum((amount for *_keys, amount in rows), Decimal(0)).quantize(CENT) if rows else None
    return InitiativeCost(spent, initiative.budget, interactions, initiative.actual_contribution)


def spent_on(business: Business, initiatives: Iterable[int]) -> dict[Key, Decimal]:
    """Everything ever spent on each of ``initiatives`` (their keys); two queries."""
    keys = list(initiatives)
    direct = Q(initiative__in=keys) | Q(initiative=None, line__initiative__in=keys)
    rows = [
        *_expenses(business, Expense.objects.filter(direct)),
        *_typed(business, ActualAmount.objects.filter(line__initiative__in=keys)),
    ]
    return _sums((initiative, amount) for initiative, _channel, amount in rows)
