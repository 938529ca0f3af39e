"""What a report counts of a channel: words, how a number is written, which way is good.

Most of it is :data:`waypost.insights.metrics.METRICS`; a report adds a rate and the spending
that the budget links to a channel.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.insights import metrics as stored


class Shape(StrEnum):
    COUNT = "count"
    MONEY = "money"
    RATE = "rate"  # a share where 1 is the whole; its changes are percentage points


@dataclass(frozen=True)
class Metric:
    word: Promise
    shape: Shape = Shape.COUNT
    adds_up: bool = True  # over channels; one person may follow several
    less_is_good: bool = False


def _stored(key: str) -> Metric:
    known = stored.METRICS[key]
    shape = Shape.MONEY if known.unit is stored.Unit.MONEY else Shape.COUNT
    return Metric(known.label, shape, known.kind is stored.Kind.SUM, bool(known.less_is_good))


OWN: Mapping[str, Metric] = {
    "engagement_rate": Metric(_("Interactions by reach"), Shape.RATE, adds_up=False),
    "spent": Metric(_("Spent"), Shape.MONEY, less_is_good=True),
}
FIRST = ("posts", "followers", "reach", "impressions", "views", "likes", "comments", "shares")
THEN = ("saves", "engagement", "engagement_rate", "link_clicks", "own_clicks")
THERE = ("sessions", "key_events")
LAST = ("orders", "revenue", "ad_spend", "spent")
MORE = tuple(key for key in stored.METRICS if key not in {*FIRST, *THEN, *THERE, *LAST})
METRICS: Mapping[str, Metric] = MappingProxyType(
    {key: OWN.get(key) or _stored(key) for key in (*FIRST, *THEN, *THERE, *MORE, *LAST)}
)
"""In the order in which a report shows them."""
EARNED = ("link_clicks", "own_clicks", "sessions", "orders", "revenue", "spent")
