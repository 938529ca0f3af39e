"""The numbers that Waypost knows, by one name each, and how each of them behaves.

A *level* stands at the end of a time (followers). A *sum* adds up over days and channels. *People*
add up over neither: one person may be reached twice, here and there. Shares and prices are never
stored: they are computed from what is stored, for a total too (:mod:`waypost.insights.rates`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    LEVEL = "level"
    SUM = "sum"
    PEOPLE = "people"


class Unit(StrEnum):
    NUMBER = "number"
    MONEY = "money"  # in the currency of the business
    HOURS = "hours"


@dataclass(frozen=True)
class Metric:
    key: str
    label: Promise
    kind: Kind = Kind.SUM
    unit: Unit = Unit.NUMBER
    less_is_good: bool = False
    is_neutral: bool = False  # neither more nor less is good
    is_counted: bool = False  # by Waypost alone: nobody types or imports it


METRICS: Mapping[str, Metric] = {
    metric.key: metric
    for metric in (
        Metric("followers", _("Followers"), Kind.LEVEL),
        Metric("reach", _("Reach"), Kind.PEOPLE),
        Metric("impressions", _("Impressions")),
        Metric("views", _("Views")),
        Metric("likes", _("Likes")),
        Metric("comments", _("Comments")),
        Metric("shares", _("Shares")),
        Metric("saves", _("Saves")),
        Metric("engagement", _("Interactions")),
        Metric("link_clicks", _("Clicks on links")),
        Metric("own_clicks", _("Clicks on short links"), is_counted=True),
        Metric("mentions", _("Mentions")),
        Metric("messages", _("Messages")),
        Metric("reply_time", _("Hours to the first reply"), Kind.LEVEL, Unit.HOURS, True),
        Metric("reviews", _("Reviews")),
        Metric("posts", _("Posts"), is_neutral=True),
        Metric("ad_spend", _("Spent on ads"), unit=Unit.MONEY, is_neutral=True),
        Metric("sessions", _("Visits")),
        Metric("key_events", _("Key events")),
        Metric("orders", _("Orders")),
        Metric("revenue", _("Revenue"), unit=Unit.MONEY),
    )
}
"""In the order in which they are shown."""
INTERACTIONS = ("likes", "comments", "shares", "saves")
"""What is added up to *engagement* where a channel does not tell it as one number."""
OTHER_NAMES: Mapping[str, str] = {"sessions_social": "sessions", "replies": "comments"}
"""What the plan of a channel calls a number otherwise."""


def chosen(planned: Iterable[str]) -> tuple[str, ...]:
    """The metrics that a channel's plan asks for, in its order, by the names of this file."""
    named = (OTHER_NAMES.get(key, key) for key in planned)
    return tuple(dict.fromkeys(key for key in named if key in METRICS))
