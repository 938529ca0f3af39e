"""Which numbers each network gives its own people, and when a number began to mean another thing.

Read off the networks' documentation in November 2026. A network that is not listed may give
anything: people who type its numbers know better than we do.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from waypost.providers.display import Text

_REACTIONS = frozenset({"followers", "likes", "comments", "shares"})
_ALL = _REACTIONS | {"reach", "impressions", "views", "saves", "link_clicks"}

GIVES: Mapping[str, frozenset[str]] = {
    "facebook": _ALL - {"saves"},
    "instagram": _ALL,
    "threads": _REACTIONS | {"views", "link_clicks"},
    "x": _REACTIONS | {"impressions", "views", "saves", "link_clicks"},
    "linkedin": _ALL - {"saves"},
    "tiktok": _REACTIONS | {"views", "saves", "link_clicks"},
    "youtube": _REACTIONS | {"impressions", "views", "link_clicks"},
    "pinterest": frozenset({"followers", "impressions", "comments", "saves", "link_clicks"}),
    "google-business": frozenset({"impressions", "views", "link_clicks", "comments"}),
    "telegram": frozenset({"followers", "views", "likes", "shares", "comments"}),
    "reddit": frozenset({"likes", "comments", "shares", "views"}),
    "discord": frozenset({"followers", "likes", "comments"}),
    "tumblr": _REACTIONS,
    "vk": _ALL - {"saves"},
    "bluesky": _REACTIONS | {"saves"},
    "mastodon": _REACTIONS,
}
"""Of the numbers that a network could know; orders or spending come from elsewhere."""
NETWORKS_OWN = _ALL
"""Numbers that only a network can know."""


@dataclass(frozen=True)
class Change:
    """From ``date`` on the number means something else, and is joined to nothing before."""

    date: dt.date
    words: Text


CHANGES: Mapping[tuple[str, str], tuple[Change, ...]] = {
    ("facebook", "impressions"): (
        Change(
            dt.date(2025, 11, 15),
            _("Since 15 November 2025 Facebook counts views of media and no impressions."),
        ),
    ),
    ("facebook", "reach"): (
        Change(
            dt.date(2026, 6, 15),
            _("Since 15 June 2026 Facebook counts viewers of media and no reach."),
        ),
    ),
    ("instagram", "impressions"): (
        Change(
            dt.date(2025, 4, 21),
            _("Since 21 April 2025 Instagram counts views and no impressions."),
        ),
    ),
    ("youtube", "views"): (
        Change(
            dt.date(2025, 3, 31),
            _("Since 31 March 2025 YouTube counts every start of a Short as a view."),
        ),
    ),
}


def gives(network: str, metric: str) -> bool:
    """Whether ``network`` (its key) tells ``metric``; True where nobody knows."""
    known = GIVES.get(network)
    return known is None or metric in known or metric not in NETWORKS_OWN


def definition(network: str, metric: str, day: dt.date) -> int:
    """Which meaning the number had on ``day``: 0 for the first, one more with each change."""
    changes = CHANGES.get((network, metric), ())
    return sum(change.date <= day for change in changes)


def change_between(network: str, metric: str, first: dt.date, last: dt.date) -> Change | None:
    """The newest change of meaning after ``first`` and until ``last``."""
    changes = CHANGES.get((network, metric), ())
    within = [change for change in changes if first < change.date <= last]
    return within[-1] if within else None
