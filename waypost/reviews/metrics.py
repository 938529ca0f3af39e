"""What a report counts of a channel: words, how a number is written, which way is good."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


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


METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        "posts": Metric(_("Posts")),
        "followers": Metric(_("Followers"), adds_up=False),
        "reach": Metric(_("Reach"), adds_up=False),
        "impressions": Metric(_("Impressions")),
        "views": Metric(_("Views")),
        "likes": Metric(_("Likes")),
        "comments": Metric(_("Comments")),
        "shares": Metric(_("Shares")),
        "saves": Metric(_("Saves")),
        "engagement": Metric(_("Interactions")),
        "engagement_rate": Metric(_("Interactions by reach"), Shape.RATE, adds_up=False),
        "link_clicks": Metric(_("Clicks on links")),
        "sessions": Metric(_("Visits")),
        "orders": Metric(_("Orders")),
        "revenue": Metric(_("Revenue"), Shape.MONEY),
        "spent": Metric(_("Spent"), Shape.MONEY, less_is_good=True),
    }
)
"""In the order in which a report shows them."""
EARNED = ("link_clicks", "sessions", "orders", "revenue", "spent")
