"""How much of a record is filled in: pure functions over rows that are read already."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from waypost.market.models import Channel, Product

ASKED: Mapping[type[Model], tuple[str, ...]] = {
    Product: (
        "description",
        "feeling",
        "materials",
        "quality",
        "unique",
        "handmade",
        "made_in",
        "price_gross",
        "unit_cost",
        "affordable",
        "price_reason",
        "orders_per_year",
        "reinvest_share",
    ),
    Channel: (
        "purpose",
        "handle",
        "languages",
        "posts_per_week",
        "content_mix",
        "metrics",
        "voice",
        "pillars",
    ),
}
"""What is asked of each kind of record; a number that does not apply is not among it."""


def fields_answered(row: Model) -> tuple[int, int]:
    """How many fields of ``row`` hold something, of how many that are asked."""
    names = ASKED[type(row)]
    return sum(holds(getattr(row, name)) for name in names), len(names)


def holds(value: Any) -> bool:
    """``False`` and 0 are answers; nothing, an empty text and an empty list are not."""
    return value is not None and value not in ("", [], {})
