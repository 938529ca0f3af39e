"""An item as the networks want it, and what they would refuse about it."""

from collections.abc import Iterable
from functools import partial
from typing import IO

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.connections.models import Connection, Health
from waypost.content.links import link_for
from waypost.content.models import Item, ItemPicture, Variant
from waypost.flow.prepared import Prepared
from waypost.kit.errors import Refusal
from waypost.library.fitting import MIME, Box
from waypost.library.models import Asset
from waypost.library.renditions import bytes_for
from waypost.providers.abilities import comment_length, parts_after
from waypost.providers.base import Picture, Post, Problem, Reply
from waypost.providers.errors import Refused
from waypost.providers.media import Video

_VARIANT = Prepared(
    lambda item, connection: Variant.objects.filter(item=item, connection=connection).annotate(
        has_pictures=Exists(ItemPicture.objects.filter(item=OuterRef("item")))
    ),
    int,
    int,
)


def variant_to_send(item: Item, connection: Connection) -> Variant | None:
    """What ``item`` says on one channel, with both in it; ``None`` when it was taken out.

    An item without pictures, as most are, is not asked for them again.
    """
    variant = _VARIANT.first(item.pk, connection.pk)
    if variant is None:
        return None
    variant.item, variant.connection = item, connection
    if not variant.has_pictures:
        prefetched = item.__dict__.setdefault("_prefetched_objects_cache", {})
        prefetched["pictures"] = ItemPicture.objects.none()
    return variant


def post_for(variant: Variant) -> Post:
    """The post that ``variant`` describes, with pictures as its network takes them.

    Stored pictures are opened, and made to fit, when they are read.
    """
    item = variant.item
    shown = [(use.asset, use.alt) for use in uses_of(item)]
    pictures, videos = media_of(shown, variant.connection)
    return Post(
        text=variant.shown_text,
        link=link_for(variant),
        language=item.language,
        pictures=pictures,
        videos=videos,
        options=variant.options,
    )


def part_for(variant: Variant, text: str, reply_to: Reply) -> Post:
    """A further part or the first comment: words alone, with the choices of the whole post."""
    return Post(
        text=text,
        language=variant.item.language,
        options=variant.options,
        reply_to=reply_to,
    )


def problems(item: Item) -> list[tuple[Connection, Problem]]:
    """Every reason why the item cannot go out as it is saved, by channel."""
    whole = item if is_whole(item) else Item.objects.whole().get(pk=item.pk)
    variants = list(whole.variants.all())
    return [
        (variant.connection, problem)
        for variant in variants
        for problem in _problems_of_channel(variant)
    ]


def is_whole(item: Item) -> bool:
    """Whether its channels and pictures were fetched with it, and nothing was saved since."""
    return {"variants", "pictures"} <= set(getattr(item, "_prefetched_objects_cache", {}))


def _problems_of_channel(variant: Variant) -> list[Problem]:
    connection = variant.connection
    if connection.health == Health.REMOVED:
        return [Problem("connection", _("This account was removed. Take it out of the post."))]
    found = connection.composer.check(post_for(variant), connection.settings)
    found += _problems_of_parts(variant)
    if connection.health == Health.BROKEN:
        message = _("This account must be connected again before anything can go out.")
        found = [Problem("connection", message), *found]
    return found


_PART, _COMMENT = Reply("", ""), Reply("", "", as_comment=True)


def _problems_of_parts(variant: Variant) -> list[Problem]:
    """Each part counts for itself; what is wrong says with which one."""
    composer, settings = variant.connection.composer, variant.connection.settings
    most, found = parts_after(composer, settings), []
    if variant.parts and not most:
        message = _("This account takes no further parts. Save the post once more without them.")
        found.append(Problem("parts", message))
    elif len(variant.parts) > most:
        message = ngettext(
            "At most %(most)d further part is possible here. Remove some.",
            "At most %(most)d further parts are possible here. Remove some.",
            most,
        )
        found.append(Problem("parts", message % {"most": most}))
    for number, text in enumerate(variant.parts[:most], start=2):
        named = _("Part %(number)d") % {"number": number}
        for problem in composer.check(part_for(variant, text, _PART), settings):
            found.append(Problem("parts", f"{named}: {problem.message}"))
    if variant.comment and comment_length(composer, settings):
        for problem in composer.check(part_for(variant, variant.comment, _COMMENT), settings):
            found.append(Problem("comment", f"{_('First comment')}: {problem.message}"))
    return found


def uses_of(item: Item) -> Iterable[ItemPicture]:
    """The item's pictures in order; asked for once where the caller has fetched them."""
    if "pictures" in getattr(item, "_prefetched_objects_cache", {}):
        return item.pictures.all()
    return item.pictures.select_related("asset")


def media_of(
    shown: Iterable[tuple[Asset, str]], connection: Connection
) -> tuple[tuple[Picture, ...], tuple[Video, ...]]:
    """Files with their own descriptions as the network takes them: pictures, and videos."""
    box, files = box_of(connection), list(shown)
    pictures = (_picture(asset, alt, box) for asset, alt in files if not asset.is_video)
    return tuple(pictures), tuple(_video(asset, alt) for asset, alt in files if asset.is_video)


def box_of(connection: Connection) -> Box:
    """What a picture must fit into to go out on that channel."""
    limits = connection.composer.limits(connection.settings)
    return Box(
        bytes=limits.picture_bytes,
        mimes=limits.picture_mimes,
        side=limits.picture_side,
        pixels=limits.picture_pixels,
        ratio=limits.picture_ratio,
    )


def _picture(asset: Asset, alt: str, box: Box) -> Picture:
    """What will be sent: the picture itself, or the one that is made of it when it is read."""
    shape = (asset.width, asset.height)
    made = box.made_of(asset.mime, asset.size, shape)
    width, height = made or shape
    return Picture(
        read=partial(_read, asset, box),
        mime=MIME if made else asset.mime,
        size=min(asset.size, box.bytes) if made else asset.size,
        width=width,
        height=height,
        alt=alt or asset.alt,
    )


def _video(asset: Asset, alt: str) -> Video:
    return Video(
        open=partial(_opened, asset),
        mime=asset.mime,
        size=asset.size,
        width=asset.width,
        height=asset.height,
        seconds=asset.seconds,
        frame_rate=asset.frame_rate,
        codec=asset.video_codec,
        alt=alt or asset.alt,
        is_waiting=asset.is_waiting,
        trouble=asset.trouble,
    )


def _opened(asset: Asset) -> IO[bytes]:
    return asset.file.storage.open(str(asset.file.name), "rb")


def _read(asset: Asset, box: Box) -> bytes:
    try:
        return bytes_for(asset, box)
    except Refusal as refusal:
        raise Refused(refusal.message, field="pictures") from refusal
