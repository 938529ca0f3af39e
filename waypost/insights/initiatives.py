"""The posts of an initiative with the state and the result of each channel."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import F

from waypost.connections.models import Connection
from waypost.content.models import Item, ItemQuerySet
from waypost.insights.results import PostResult, added, results
from waypost.publishing.models import Delivery, Status


@dataclass(frozen=True)
class Post:
    """One item; ``channels`` are where it went or waits, ``planned`` where it shall go."""

    item: Item
    channels: list[PostResult]
    planned: list[Connection]

    @property
    def interactions(self) -> int | None:
        return added(channel.interactions for channel in self.channels)


@dataclass(frozen=True)
class Posts:
    rows: list[Post]

    @property
    def published(self) -> int:
        """How often something went out, counted per channel."""
        return sum(
            channel.delivery.published_at is not None
            for post in self.rows
            for channel in post.channels
        )

    @property
    def interactions(self) -> int | None:
        return added(post.interactions for post in self.rows)


def posts_of(items: ItemQuerySet, *, now: dt.datetime) -> Posts:
    """All posts among ``items``, those without a time first, then the newest; four queries."""
    sent = Delivery.objects.whole().filter(item__in=items).exclude(status=Status.WITHDRAWN)
    deliveries = sent.select_related("connection").order_by("pk")
    by_item: dict[int, list[PostResult]] = {}
    for result in results(deliveries, until=now):
        by_item.setdefault(result.delivery.item_id, []).append(result)
    rows = items.with_channels().order_by(F("due_at").desc(nulls_first=True), "-pk")
    return Posts([_post(item, by_item) for item in rows])


def _post(item: Item, by_item: dict[int, list[PostResult]]) -> Post:
    channels = by_item.get(item.pk, [])
    sent = {channel.delivery.connection_id for channel in channels}
    variants = item.variants.all()
    planned = [v.connection for v in variants if v.connection_id not in sent]
    return Post(item, channels, planned)
