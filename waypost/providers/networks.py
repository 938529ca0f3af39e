"""Every network by its key, also those that are posted to by hand, and how shops use them.

How often to post is a suggestion for small firms: constancy beats volume, and two posts a week
are a fair start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from waypost.providers import registry
from waypost.providers.assisted import NETWORKS, Assisted
from waypost.providers.base import HandsOver
from waypost.providers.display import Display


@dataclass(frozen=True)
class Habit:
    """Posts a week that are usual (from, to), and what is worth measuring there."""

    least: int = 3
    most: int = 5
    metrics: tuple[str, ...] = ("followers", "reach", "likes", "comments")

    @property
    def posts(self) -> int | None:
        """A number to begin with; None where one posts when there is something to say."""
        return self.least or None


USUAL = Habit()
HABITS: Mapping[str, Habit] = {
    "instagram": Habit(3, 5, ("followers", "reach", "impressions", "comments", "saves")),
    "facebook": Habit(3, 3, ("followers", "reach", "impressions", "likes", "engagement")),
    "pinterest": Habit(3, 5, ("followers", "impressions", "saves", "link_clicks")),
    "tiktok": Habit(3, 3, ("followers", "views", "likes", "shares")),
    "youtube": Habit(1, 1, ("followers", "views", "likes", "comments")),
    "linkedin": Habit(1, 2, ("followers", "impressions", "engagement", "link_clicks")),
    "x": Habit(0, 0, ("followers", "impressions", "shares", "replies")),
    "google-business": Habit(1, 1, ("views", "link_clicks", "reviews")),
    "whatsapp": Habit(0, 0, ("messages", "reply_time")),
}


def all_networks() -> dict[str, Display]:
    """Name, colour and mark of every network, by key."""
    found = {
        key: provider.display({})
        for key, provider in registry.ALL.items()
        if not isinstance(provider, HandsOver)
    }
    by_hand = {key: Assisted().display({"network": key}) for key in NETWORKS}
    return found | by_hand


def key_of(provider_id: str, settings: Mapping[str, Any]) -> str:
    """The network that a connection with these ``settings`` belongs to."""
    by_hand = isinstance(registry.ALL.get(provider_id), HandsOver)
    return str(settings.get("network", "")) if by_hand else provider_id


def habit_of(key: str) -> Habit:
    return HABITS.get(key, USUAL)
