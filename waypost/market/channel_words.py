"""What channels are, what they can be for, and what is measured on them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.market.models import Channel
from waypost.providers.display import Display
from waypost.providers.networks import Habit, all_networks, habit_of

Standing = Channel.Standing
OWN_PLACES: Mapping[str, Promise] = {
    "website": _("Own website"),
    "blog": _("Own blog"),
    "newsletter": _("Newsletter"),
    "marketplace": _("Marketplace"),
}
"""Channels that are no social network."""
OWN_HABIT = Habit(0, 0, ("sessions_social", "orders", "revenue"))
OWN_COLOUR = "#0f5f5f"

METRICS: Mapping[str, Promise] = {
    "followers": _("Followers"),
    "reach": _("Reach"),
    "impressions": _("Impressions"),
    "views": _("Views"),
    "likes": _("Likes"),
    "comments": _("Comments"),
    "replies": _("Replies"),
    "shares": _("Shares"),
    "saves": _("Saves"),
    "engagement": _("Interactions"),
    "mentions": _("Mentions"),
    "link_clicks": _("Clicks on links"),
    "posts": _("Posts"),
    "ad_spend": _("Spent on ads"),
    "key_events": _("Key events"),
    "sessions_social": _("Visits from social networks"),
    "orders": _("Orders"),
    "revenue": _("Revenue"),
    "messages": _("Messages"),
    "reply_time": _("Time to the first reply"),
    "reviews": _("Reviews"),
}


@dataclass(frozen=True)
class Aim:
    """What a channel is mainly for; it decides what is measured and how it stands at first."""

    label: Promise
    standing: str
    metrics: tuple[str, ...]
    example: Promise


AIMS: Mapping[str, Aim] = {
    "sell": Aim(
        _("Sell: people see a product and buy it"),
        Standing.PRIMARY,
        ("link_clicks", "orders", "revenue"),
        _("The place where most people first see our products, read what others say and buy."),
    ),
    "known": Aim(
        _("Become known: people who do not know you yet"),
        Standing.SECONDARY,
        ("reach", "followers", "shares"),
        _("Shows how things are made, so that new people find us and follow."),
    ),
    "loyal": Aim(
        _("Keep in touch: people who bought before"),
        Standing.SECONDARY,
        ("engagement", "comments", "mentions"),
        _("The home of those who know us: news, events, thanks."),
    ),
    "visit": Aim(
        _("Bring visitors to the website"),
        Standing.SECONDARY,
        ("link_clicks", "impressions", "saves"),
        _("Ideas that people save and follow to our shop, weeks later too."),
    ),
    "help": Aim(
        _("Help: questions before and after buying"),
        Standing.SUPPORT,
        ("messages", "reply_time", "comments"),
        _("Where people ask quickly and are answered within the day."),
    ),
    "try": Aim(
        _("Try it out for a while"),
        Standing.TEST,
        ("views", "followers"),
        _("Eight weeks of short videos; then we decide whether it is worth it."),
    ),
}


def networks() -> dict[str, Display]:
    """Everything that a channel can be, by key: our own places first, then the networks."""
    own = {key: Display(name, OWN_COLOUR, "") for key, name in OWN_PLACES.items()}
    return own | all_networks()


def display_of(key: str) -> Display:
    return networks().get(key) or Display(key, OWN_COLOUR, "")


def habit(key: str) -> Habit:
    return OWN_HABIT if key in OWN_PLACES else habit_of(key)


def usual_metrics(key: str, aim: str) -> list[str]:
    """What to measure at first: what the aim asks for, then what the network tells."""
    wanted = AIMS[aim].metrics if aim in AIMS else ()
    return list(dict.fromkeys((*wanted, *habit(key).metrics)))
