"""How many hours a week the plan of the channels needs, and how many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from waypost.accounts.models import Business
from waypost.kit.figures import ZERO, Number
from waypost.market.kinds import UNSAID, USUAL_MINUTES
from waypost.market.models import Channel

HOUR = Decimal(60)


@dataclass(frozen=True)
class Load:
    """What one channel takes."""

    channel: Channel
    posts: Decimal  # a week
    minutes: Decimal  # a week

    @property
    def hours(self) -> Decimal:
        return self.minutes / HOUR


@dataclass(frozen=True)
class Workload:
    loads: list[Load]
    available: Number  # hours a week of all people; None while nobody has said

    @property
    def needed(self) -> Decimal:
        """Hours a week."""
        return sum((load.hours for load in self.loads), ZERO)

    @property
    def posts(self) -> Decimal:
        return sum((load.posts for load in self.loads), ZERO)

    @property
    def share(self) -> Number:
        """Of the hours there are; None without any."""
        return self.needed / self.available if self.available else None

    @property
    def too_much(self) -> Decimal:
        """Hours a week that nobody has; 0 when there are enough, or when nobody has said."""
        return ZERO if self.available is None else max(ZERO, self.needed - self.available)


def minutes_of(business: Business) -> dict[str, int]:
    """Minutes for one piece of each kind: what the business says, else what is usual."""
    own = {each.kind: each.minutes for each in business.kind_minutes.all()}
    return {**USUAL_MINUTES, **own}


def load_of(channel: Channel, minutes: Mapping[str, int]) -> Load:
    """Posts beyond the mix, or without one, count as the usual post."""
    mix = {kind: Decimal(str(count)) for kind, count in channel.content_mix.items()}
    mixed = sum(mix.values(), ZERO)
    posts = max(mixed, channel.posts_per_week or ZERO)
    usual = Decimal(minutes[UNSAID])
    made = sum((count * minutes.get(kind, usual) for kind, count in mix.items()), ZERO)
    return Load(channel, posts, made + (posts - mixed) * usual)


def workload(
    channels: Iterable[Channel], minutes: Mapping[str, int], available: Number
) -> Workload:
    return Workload([load_of(channel, minutes) for channel in channels], available)


@dataclass(frozen=True)
class AdShares:
    """How the ad budget is shared among the channels; parts of 1."""

    total: Decimal
    given: int  # channels that name a share
    top: Channel | None

    @property
    def over(self) -> Decimal:
        return max(ZERO, self.total - 1)

    @property
    def left(self) -> Decimal:
        return max(ZERO, 1 - self.total)


def ad_shares(channels: Iterable[Channel]) -> AdShares:
    named = [(each.ad_share, each) for each in channels if each.ad_share is not None]
    total = sum((share for share, _channel in named), ZERO)
    paid = [(share, channel) for share, channel in named if share > 0]
    top = max(paid, key=lambda each: each[0])[1] if paid else None
    return AdShares(total, len(named), top)
