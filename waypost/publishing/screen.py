"""What the pages of publishing show."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from waypost.connections.models import Connection
from waypost.content.models import Item, Variant
from waypost.content.posts import post_for
from waypost.providers.base import HandsOver
from waypost.publishing.forms import FoundForm
from waypost.publishing.models import ATTENTION, Attempt, Delivery, Status


@dataclass(frozen=True)
class ChannelRow:
    """One channel of an item: what it gets and how that went."""

    connection: Connection
    text: str
    delivery: Delivery | None
    attempts: list[Attempt]
    found_form: FoundForm | None

    @property
    def state(self) -> str:
        """The word for it; empty before the item falls due."""
        return self.delivery.status if self.delivery else ""

    @property
    def can_retry(self) -> bool:
        return self.state in (Status.FAILED, Status.BLOCKED)

    @property
    def waits_for_person(self) -> bool:
        return self.state in ATTENTION

    @property
    def is_unclear(self) -> bool:
        return self.state == Status.UNCONFIRMED

    @property
    def is_your_turn(self) -> bool:
        return self.state == Status.YOUR_TURN

    @property
    def can_skip(self) -> bool:
        return self.state in (Status.FAILED, Status.BLOCKED, Status.YOUR_TURN)


def channel_rows(item: Item, found_forms: Mapping[int, FoundForm]) -> list[ChannelRow]:
    """Every channel that the item goes to, or went to, in a fixed order."""
    deliveries = {
        each.connection_id: each
        for each in Delivery.objects.filter(item=item)
        .select_related("connection")
        .prefetch_related("attempts")
    }
    variants = {
        each.connection_id: each
        for each in Variant.objects.filter(item=item).select_related("connection", "item")
    }
    return [
        _row(item, variants.get(channel), deliveries.get(channel), found_forms)
        for channel in dict.fromkeys([*variants, *deliveries])
        if channel in variants or deliveries[channel].status != Status.WITHDRAWN
    ]


def _row(
    item: Item,
    variant: Variant | None,
    delivery: Delivery | None,
    found_forms: Mapping[int, FoundForm],
) -> ChannelRow:
    source = variant or delivery
    assert source is not None
    form = None
    if delivery and delivery.status in (Status.UNCONFIRMED, Status.FAILED):
        form = found_forms.get(delivery.pk) or FoundForm(prefix=f"d{delivery.pk}")
    return ChannelRow(
        connection=source.connection,
        text=variant.shown_text if variant else item.text,
        delivery=delivery,
        attempts=list(delivery.attempts.all()) if delivery else [],
        found_form=form,
    )


def hand_over_for(delivery: Delivery) -> dict[str, Any]:
    """What a person needs to post by hand: the text, the pictures, where to go."""
    connection, item = delivery.connection, delivery.item
    provider = connection.provider
    assert isinstance(provider, HandsOver)
    variant = (
        Variant.objects.select_related("item").filter(item=item, connection=connection).first()
    )
    post = post_for(variant or Variant(item=item, connection=connection))
    return {
        "item": item,
        "connection": connection,
        "text": post.text,
        "link": post.link,
        "link_is_in_text": bool(post.link) and post.link in post.text,
        "pictures": item.pictures.select_related("asset"),
        "network": provider.network_name(connection.settings),
        "open_url": provider.open_url(connection.settings),
    }
