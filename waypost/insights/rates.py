"""Shares and prices computed from numbers, for one channel, a total or a post alike.

A total's rate is the ratio of the totals, never the mean of rates. A missing number or a
denominator of zero gives no rate, and says why. Formulas 6–10, 14, 23–27, 30, 31 and 33 of the
usual books: net of nothing, in shares where 1 is the whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from waypost.kit.figures import Figure

Known = Mapping[str, Decimal | None]  # by metric


class Shape(StrEnum):
    SHARE = "share"  # shown in percent, compared in percentage points
    PRICE = "price"
    TIMES = "times"


@dataclass(frozen=True)
class Ratio:
    """``top`` for each of ``bottom``; ``times`` is 1000 for prices of a thousand."""

    key: str
    label: Promise
    top: str
    bottom: str
    shape: Shape = Shape.SHARE
    times: int = 1
    less_is_good: bool = False

    def of(self, known: Known) -> Figure:
        top, bottom = known.get(self.top), known.get(self.bottom)
        if top is None or bottom is None:
            return Figure(None, _("A number for it is not known."))
        if bottom <= 0:
            return Figure(None, NOTHING[self.bottom]())
        return Figure(top * self.times / bottom)


NOTHING: Mapping[str, Callable[[], str]] = {
    "reach": lambda: _("Nobody was reached."),
    "impressions": lambda: _("Nothing was shown to anybody."),
    "views": lambda: _("Nobody has watched it."),
    "followers": lambda: _("There are no followers yet."),
    "link_clicks": lambda: _("Nobody clicked."),
    "sessions": lambda: _("There were no visits."),
    "orders": lambda: _("There were no orders."),
    "ad_spend": lambda: _("Nothing was spent on ads."),
    "engagement": lambda: _("There were no interactions."),
}

ENGAGEMENT_BY: Mapping[str, Ratio] = {
    ratio.bottom: ratio
    for ratio in (
        Ratio("engagement_rate", gettext_lazy("Interactions by reach"), "engagement", "reach"),
        Ratio(
            "engagement_rate",
            gettext_lazy("Interactions by impressions"),
            "engagement",
            "impressions",
        ),
        Ratio("engagement_rate", gettext_lazy("Interactions by views"), "engagement", "views"),
        Ratio(
            "engagement_rate", gettext_lazy("Interactions by followers"), "engagement", "followers"
        ),
    )
}
"""The definitions of an engagement rate, by what is divided by; the best known one is usual."""

RATIOS: Mapping[str, Ratio] = {
    ratio.key: ratio
    for ratio in (
        Ratio("reach_rate", gettext_lazy("Reach by followers"), "reach", "followers"),
        Ratio(
            "frequency",
            gettext_lazy("Impressions for one person"),
            "impressions",
            "reach",
            Shape.TIMES,
        ),
        Ratio("save_rate", gettext_lazy("Saves by reach"), "saves", "reach"),
        Ratio("comment_rate", gettext_lazy("Comments by reach"), "comments", "reach"),
        Ratio("click_rate", gettext_lazy("Clicks by impressions"), "link_clicks", "impressions"),
        Ratio("conversion", gettext_lazy("Orders by visits"), "orders", "sessions"),
        Ratio(
            "order_value", gettext_lazy("Revenue of one order"), "revenue", "orders", Shape.PRICE
        ),
        Ratio(
            "click_price",
            gettext_lazy("Ads for one click"),
            "ad_spend",
            "link_clicks",
            Shape.PRICE,
            less_is_good=True,
        ),
        Ratio(
            "thousand_price",
            gettext_lazy("Ads for 1,000 impressions"),
            "ad_spend",
            "impressions",
            Shape.PRICE,
            1000,
            less_is_good=True,
        ),
        Ratio(
            "order_price",
            gettext_lazy("Ads for one order"),
            "ad_spend",
            "orders",
            Shape.PRICE,
            less_is_good=True,
        ),
        Ratio(
            "roas", gettext_lazy("Revenue for each unit of ads"), "revenue", "ad_spend", Shape.TIMES
        ),
    )
}


def engagement_rate(known: Known, *, by: str = "") -> tuple[Ratio, Figure]:
    """By what was chosen; without a choice by reach, and where that is unknown by the next."""
    if by in ENGAGEMENT_BY:
        return ENGAGEMENT_BY[by], ENGAGEMENT_BY[by].of(known)
    for ratio in ENGAGEMENT_BY.values():
        if known.get(ratio.bottom):
            return ratio, ratio.of(known)
    first = next(iter(ENGAGEMENT_BY.values()))
    return first, first.of(known)
