"""What has to be set up, once for the business and again for each channel.

Only that something is done is kept, with who and when. Passwords and codes are never stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business
from waypost.market.channel_words import OWN_PLACES
from waypost.market.models import Channel, SetupTick


@dataclass(frozen=True)
class Check:
    key: str
    label: Promise
    why: Promise


OF_CHANNEL = (
    Check(
        "handle",
        _("The profile has the name of the business"),
        _("The same name everywhere, so that people find you. Put variants in reserve."),
    ),
    Check(
        "page",
        _("The page is public and complete"),
        _("Opening hours, contact and a sentence on what you do: the first look decides."),
    ),
    Check(
        "picture",
        _("It shows the same picture as the others"),
        _("Your logo or your face, well visible when it is as small as a fingernail."),
    ),
    Check(
        "bio_link",
        _("The description links to a page that fits"),
        _("Not only to the front page: to what visitors from there are looking for."),
    ),
    Check(
        "email",
        _("It is registered with the business e-mail"),
        _("Not with a private one: whoever takes over must reach it."),
    ),
    Check(
        "two_factor",
        _("Two-factor sign-in is on"),
        _("A stolen password is then not enough. An app is safer than a text message."),
    ),
    Check(
        "recovery",
        _("Recovery codes are kept safely"),
        _("On paper in a locked place or in a password manager. Do not write them here."),
    ),
)
NOT_OWN = {"handle", "picture", "bio_link"}  # a website has neither profile nor bio
OF_BUSINESS = (
    Check(
        "one_email",
        _("One business e-mail for all registrations"),
        _("With a strong password and two-factor sign-in, because everything hangs on it."),
    ),
    Check(
        "password_manager",
        _("Passwords lie in a password manager"),
        _("Each account its own. Waypost keeps no passwords of people."),
    ),
    Check(
        "shared_folder",
        _("A shared folder for pictures and documents"),
        _("Everybody who works on it can open it, also when you are away."),
    ),
    Check(
        "monthly_first",
        _("Monthly plans first, yearly ones after a test"),
        _("Pay for a year only when a tool has proved itself for a month."),
    ),
)
BY_KEY: Mapping[str, Check] = {check.key: check for check in (*OF_CHANNEL, *OF_BUSINESS)}


@dataclass(frozen=True)
class Item:
    """A check and what became of it."""

    check: Check
    tick: SetupTick | None

    @property
    def done(self) -> bool:
        return self.tick is not None and self.tick.done_at is not None


Ticks = Mapping[tuple[int | None, str], SetupTick]


def ticks_of(business: Business) -> Ticks:
    """All ticks by (key of the channel or None, key of the check); one query."""
    rows = business.setup_ticks.select_related("done_by")
    return {(row.channel_id, row.key): row for row in rows}


def checks_for(channel: Channel | None) -> Sequence[Check]:
    if channel is None:
        return OF_BUSINESS
    if channel.network in OWN_PLACES:
        return [check for check in OF_CHANNEL if check.key not in NOT_OWN]
    return OF_CHANNEL


def of_channel(channel: Channel | None, ticks: Ticks) -> list[Item]:
    """The list of a channel, or of the business as a whole."""
    pk = channel.pk if channel else None
    return [Item(check, ticks.get((pk, check.key))) for check in checks_for(channel)]


def progress(items: Iterable[Item]) -> tuple[int, int]:
    """How many are done, of how many."""
    found = list(items)
    return sum(item.done for item in found), len(found)
