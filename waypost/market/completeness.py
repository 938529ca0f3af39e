"""How much of a record is filled in: pure functions over rows that are read already."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Manager, Model

from waypost.market.models import Channel, Competitor, Persona, Place, Product, Segment

Asked = tuple[str | tuple[str, ...], ...]

ASKED: Mapping[type[Model], Asked] = {
    Place: ("name", "country", "language", "share_of_orders", "shopping"),
    Persona: (
        "name",
        "picture_id",
        "professional",
        "income",
        "personal",
        ("age_from", "age_to"),
        "gender",
        "location",
        "communication",
        ("channels", "formats"),
        "business_goals",
        "personal_goals",
        "challenges",
        "impact",
        "objections",
        "usp",
    ),
    Competitor: (
        "name",
        "kind",
        "summary",
        "location",
        "milestones",
        "distribution",
        "communication",
        "mission",
        "goals",
    ),
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
"""What is asked of each kind of record; a number that does not apply is not among it. Of
several names in brackets one is enough."""

ASKED_BY_KIND: Mapping[str, Asked] = {
    Segment.Kind.B2B: ("industry", "occupation", "location", "business_goals"),
    Segment.Kind.B2C: ("occupation", "location", "business_goals"),
    Segment.Kind.C2C: ("occupation", "location", "business_goals"),
}
"""Of a segment."""
ASKED_OF_NO_CUSTOMER: Asked = (
    "name",
    ("tagline", "professional", "personal"),
    "communication",
    ("impact", "objections", "challenges", "personal_goals"),
    "exclusion_rule",
)
"""Of a negative persona: who it is, where it is met, why it costs money, what keeps it away."""


def asked_of(row: Model) -> Asked:
    if isinstance(row, Segment):
        return ASKED_BY_KIND[row.kind]
    if isinstance(row, Persona) and row.negative:
        return ASKED_OF_NO_CUSTOMER
    return ASKED[type(row)]


def fields_answered(row: Model) -> tuple[int, int]:
    """How many fields of ``row`` hold something, of how many that are asked."""
    asked = asked_of(row)
    return sum(_is_answered(row, each) for each in asked), len(asked)


def all_answered(rows: Iterable[Model]) -> tuple[int, int]:
    """The same for several rows together."""
    pairs = [fields_answered(row) for row in rows]
    return sum(done for done, _of in pairs), sum(of for _done, of in pairs)


def _is_answered(row: Model, names: str | tuple[str, ...]) -> bool:
    either = (names,) if isinstance(names, str) else names
    return any(holds(getattr(row, name)) for name in either)


def holds(value: Any) -> bool:
    """``False`` and 0 are answers; nothing, an empty text and an empty list are not."""
    if isinstance(value, Manager):  # many rows: they should be read already
        return bool(value.all())
    if isinstance(value, str):
        return bool(value.strip(" –-\n"))  # a dash says that there is nothing to say
    return value is not None and value not in ("", [], {})
