"""An item as the networks want it, and what they would refuse about it."""

from django.utils.translation import gettext as _

from waypost.connections.models import Connection, Health
from waypost.content.models import Item, ItemPicture, Variant
from waypost.library.models import Asset
from waypost.providers.base import Picture, Post, Problem


def post_for(variant: Variant) -> Post:
    """The post that ``variant`` describes; stored pictures are opened when they are read."""
    item = variant.item
    return Post(
        text=variant.shown_text,
        link=item.link,
        language=item.language,
        pictures=tuple(
            _picture(each) for each in item.pictures.select_related("asset").order_by("position")
        ),
        options=variant.options,
    )


def problems(item: Item) -> list[tuple[Connection, Problem]]:
    """Every reason why the item cannot go out as it is saved, by channel."""
    variants = item.variants.select_related("connection", "item")
    return [
        (variant.connection, problem)
        for variant in variants
        for problem in _problems_of_channel(variant)
    ]


def _problems_of_channel(variant: Variant) -> list[Problem]:
    connection = variant.connection
    if connection.health == Health.REMOVED:
        return [Problem("connection", _("This account was removed. Take it out of the post."))]
    found = connection.composer.check(post_for(variant), connection.settings)
    if connection.health == Health.BROKEN:
        message = _("This account must be connected again before anything can go out.")
        found = [Problem("connection", message), *found]
    return found


def _picture(use: ItemPicture) -> Picture:
    asset = use.asset
    return Picture(
        read=lambda: _read(asset),
        mime=asset.mime,
        size=asset.size,
        width=asset.width,
        height=asset.height,
        alt=use.alt or asset.alt,
    )


def _read(asset: Asset) -> bytes:
    with asset.file.open("rb") as stream:
        return bytes(stream.read())
