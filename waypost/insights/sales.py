"""What came through the links of posts and initiatives: visits, orders, revenue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Q, QuerySet, Sum

from waypost.accounts.models import Business
from waypost.insights.models import Visit
from waypost.insights.visits import SHOPS


@dataclass(frozen=True)
class Sales:
    """None: nobody has told it."""

    sessions: int | None = None
    orders: int | None = None
    revenue: Decimal | None = None

    @property
    def any(self) -> bool:
        return (self.sessions, self.orders, self.revenue) != (None, None, None)

    def __add__(self, other: "Sales") -> "Sales":
        return Sales(
            _both(self.sessions, other.sessions),
            _both(self.orders, other.orders),
            _both(self.revenue, other.revenue),
        )


def _both(one: Any, other: Any) -> Any:
    return other if one is None else one if other is None else one + other


@dataclass(frozen=True)
class Sold:
    """By key of the post, and of the initiative: there also what names no post."""

    items: Mapping[int, Sales]
    initiatives: Mapping[int, Sales]


def sold_through(business: Business, items: QuerySet[Any], initiatives: Iterable[int] = ()) -> Sold:
    """``items`` is a query of keys. One query."""
    wanted = Q(item__in=items) | Q(initiative__in=list(initiatives))
    # A shop knows its orders better than a counter of visits.
    from_shop: Any = Q(source__kind__in=SHOPS) | ~Exists(
        business.visit_sources.filter(kind__in=SHOPS)
    )
    sums = (
        Visit.objects.filter(wanted, source__business=business)
        .order_by()
        .values_list("item", "initiative")
        .annotate(
            visits=Sum("sessions"),
            sold=Sum("orders", filter=from_shop),
            earned=Sum("revenue", filter=from_shop),
        )
    )
    by_item: dict[int, Sales] = {}
    by_initiative: dict[int, Sales] = {}
    for item, initiative, visits, sold, earned in sums:
        sales = Sales(visits, sold, None if earned is None else Decimal(earned))
        for found, key in ((by_item, item), (by_initiative, initiative)):
            if key is not None:
                found[key] = found.get(key, Sales()) + sales
    return Sold(by_item, by_initiative)
