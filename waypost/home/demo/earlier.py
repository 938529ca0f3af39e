"""What the demo shop posted in the whole months before: as many posts as its months count.

The numbers of a month are shared out among its posts, so that a channel and its posts agree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Item, ItemPicture, Kind, Status, Variant
from waypost.goals.models import Goal, Initiative
from waypost.home.demo.story import Story
from waypost.insights import last_totals
from waypost.insights.models import PostSnapshot, Source
from waypost.insights.periods import month_end
from waypost.library.models import Asset
from waypost.market.models import Persona
from waypost.publishing.models import Delivery
from waypost.publishing.models import Status as DeliveryStatus

SHARED = ("likes", "comments", "shares", "saves", "impressions", "views", "link_clicks")
"""Counts that add up over posts; people who were reached do not."""
USUAL = 10
WEIGHTS: Mapping[str, Mapping[str, int]] = {
    "saves": {Kind.CAROUSEL: 24, Kind.STORY: 2},
    "comments": {Kind.STORY: 4, Kind.UGC: 14},
}
"""How often a kind of post is met, beside a photo's :data:`USUAL`; a carousel is kept most."""
ANY: Mapping[str, int] = {Kind.REEL: 15, Kind.SHORT_VIDEO: 15, Kind.CAROUSEL: 12, Kind.STORY: 5}
LUCK = (8, 11, 9, 14, 10, 7, 12)  # no two weeks are the same
LAST_DAY = 28


@dataclass(frozen=True)
class Aims:
    """By their ids in the story."""

    goals: Mapping[str, Goal]
    initiatives: Mapping[str, Initiative]
    personas: Mapping[str, Persona]


@dataclass(frozen=True)
class Earlier:
    """One post that is to be made."""

    item: Item
    channel: Connection
    at: datetime
    url: str
    numbers: Mapping[str, int]
    counted_at: datetime


def load_earlier(
    story: Story, business: Business, accounts: Mapping[str, Connection], aims: Aims
) -> None:
    """``accounts`` by their ids in the story; a few queries for any number of posts."""
    made = [
        post
        for told in story["months"]
        for post in _of_month(story, business, told, accounts[told["channel"]], aims)
    ]
    Item.objects.bulk_create([each.item for each in made])
    Variant.objects.bulk_create(Variant(item=each.item, connection=each.channel) for each in made)
    _pictures(story, business, made)
    sent = Delivery.objects.bulk_create(
        Delivery(
            item=each.item,
            connection=each.channel,
            status=DeliveryStatus.PUBLISHED,
            due_at=each.at,
            published_at=each.at,
            remote_url=each.url,
        )
        for each in made
    )
    last_totals.add(
        [
            PostSnapshot(
                delivery=delivery, taken_at=each.counted_at, source=Source.IMPORTED, **each.numbers
            )
            for delivery, each in zip(sent, made, strict=True)
        ]
    )


def _pictures(story: Story, business: Business, made: Sequence[Earlier]) -> None:
    """Those of the other posts in turn, for kinds of posts that are nothing without one."""
    used = Asset.objects.filter(uses__item__business=business).order_by("pk").distinct()
    assets = list(used)
    pictured = [each.item for each in made if each.item.kind in story["pictured_kinds"]]
    ItemPicture.objects.bulk_create(
        ItemPicture(item=item, asset=assets[number % len(assets)])
        for number, item in enumerate(pictured)
    )


def _of_month(
    story: Story, business: Business, told: Mapping[str, Any], channel: Connection, aims: Aims
) -> Iterator[Earlier]:
    about = story["earlier"][told["channel"]]
    month = story.month(date.fromisoformat(f"{told['month']}-01"))
    count, ideas = told["posts"], about["posts"]
    start = month.month * 5  # another month begins with another idea
    chosen = [ideas[(start + number) % len(ideas)] for number in range(count)]
    shares = shared(told, [kind for kind, _title in chosen])
    night = datetime.combine(month_end(month), time(22), story.zone)
    for number, (kind, title) in enumerate(chosen):
        day = month.replace(day=1 + number * LAST_DAY // count)
        at = datetime.combine(day, time.fromisoformat(about["hour"]), story.zone)
        item = _item(story, business, about, aims, kind=kind, title=title, at=at)
        url = f"https://{story['making']['site']}/out/{told['channel']}/{day:%Y-%m-%d}-{number}"
        numbers = {key: values[number] for key, values in shares.items()}
        yield Earlier(item, channel, at, url, numbers, night)


def _item(
    story: Story,
    business: Business,
    about: Mapping[str, Any],
    aims: Aims,
    *,
    kind: str,
    title: str,
    at: datetime,
) -> Item:
    initiative = aims.initiatives.get(about.get("initiative", ""))
    begun = initiative is not None and initiative.start_date <= at.date()
    return Item(
        business=business,
        title=title,
        kind=kind,
        text=title,
        language=about["language"],
        status=Status.PUBLISHED,
        due_at=at,
        published_at=at,
        time_zone=business.time_zone,
        goal=aims.goals[about["goal"]],
        initiative=initiative if begun else None,
        persona=aims.personas.get(about["persona"]),
    )


def shared(month: Mapping[str, Any], kinds: Sequence[str]) -> dict[str, list[int]]:
    """The month's counts among posts of these kinds; what is not known is left out.

    The parts of each count add up to it exactly: what is left over goes to the first posts.
    """
    found = {}
    for key in SHARED:
        if month.get(key) is not None and kinds:
            weights = [_weight(key, kind, number) for number, kind in enumerate(kinds)]
            found[key] = _split(int(month[key]), weights)
    return found


def _weight(key: str, kind: str, number: int) -> int:
    usual = WEIGHTS.get(key, ANY).get(kind, USUAL)
    return usual * LUCK[number % len(LUCK)]


def _split(total: int, weights: Sequence[int]) -> list[int]:
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    for number in range(total - sum(parts)):
        parts[number] += 1
    return parts
