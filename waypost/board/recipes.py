"""Tasks that belong together and are made at once, counted from the day of an event."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.accounts.hats import Hat
from waypost.accounts.models import Business


@dataclass(frozen=True)
class Planned:
    """One task of a recipe; ``days`` before the event are below zero."""

    title: str | Promise
    role: str
    days: int
    steps: tuple[str | Promise, ...] = ()
    description: str = ""
    priority: int = 2


@dataclass(frozen=True)
class Cooking:
    """A recipe as a page shows it, our own or one of the business (``pk``)."""

    key: str
    name: str | Promise
    tasks: tuple[Planned, ...]
    pk: int | None = None


LAUNCH = Cooking(
    "launch",
    _("New product launch"),
    (
        Planned(_("Decide whom the product is for and what is new about it"), Hat.LEAD, -42),
        Planned(_("Set price, margin and the number of pieces"), Hat.LEAD, -40),
        Planned(
            _("Take photos and short videos of the product"),
            Hat.CREATIVE,
            -28,
            (_("On white"), _("In use"), _("Detail"), _("Behind the scenes")),
        ),
        Planned(_("Write the product page and the questions people ask"), Hat.COPY, -24),
        Planned(_("Choose influencers and agree on what they get"), Hat.INFLUENCERS, -24),
        Planned(_("Write captions for the announcement and the first week"), Hat.COPY, -14),
        Planned(_("Cut the launch video for each channel"), Hat.CREATIVE, -12),
        Planned(_("Prepare adverts and their budget"), Hat.ADS, -10),
        Planned(_("Plan all posts in the calendar"), Hat.DISTRIBUTION, -7),
        Planned(_("Try to buy it as a customer would"), Hat.COMMUNITY, -3),
        Planned(_("Be there for comments and messages on the first day"), Hat.COMMUNITY, 0),
        Planned(
            _("Look at the numbers of the first two weeks and decide what goes on"), Hat.LEAD, 14
        ),
    ),
)
GIVEAWAY = Cooking(
    "giveaway",
    _("Giveaway"),
    (
        Planned(_("Choose the prize and check the rules and the law"), Hat.LEAD, -14),
        Planned(_("Draw the picture with the prize and the dates"), Hat.CREATIVE, -9),
        Planned(_("Write the post with the rules"), Hat.COPY, -7),
        Planned(_("Plan the post and two reminders"), Hat.DISTRIBUTION, -4),
        Planned(_("Answer questions every day"), Hat.COMMUNITY, 0),
        Planned(_("Draw the winner and announce it"), Hat.LEAD, 7),
        Planned(_("Send the prize and ask for a photo"), Hat.COMMUNITY, 9),
    ),
)
CHANNEL = Cooking(
    "channel",
    _("New channel"),
    (
        Planned(
            _("Open the account with the business e-mail and two-factor sign-in"),
            Hat.DISTRIBUTION,
            -10,
        ),
        Planned(_("Profile picture, cover and description"), Hat.CREATIVE, -7),
        Planned(_("Link in the profile with a tag that can be counted"), Hat.DISTRIBUTION, -6),
        Planned(_("Write the first nine posts"), Hat.COPY, -3),
        Planned(_("Tell the followers of the other channels"), Hat.COMMUNITY, 0),
        Planned(_("Look whether the channel is worth its hours"), Hat.LEAD, 60),
    ),
)
OURS = (LAUNCH, GIVEAWAY, CHANNEL)


def recipes_of(business: Business) -> list[Cooking]:
    """Ours, then those that the business saved."""
    own = [
        Cooking(f"own-{row.pk}", row.name, tuple(map(_planned, row.tasks)), row.pk)
        for row in business.recipes.all()
    ]
    return [*OURS, *own]


def _planned(told: dict[str, Any]) -> Planned:
    return Planned(**{**told, "steps": tuple(told["steps"])})
