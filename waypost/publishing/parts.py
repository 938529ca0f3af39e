"""What follows a post on its channel: further parts, each after the one before, and a comment.

Every part is a delivery of its own, made together with that of the post, and waits until
what it answers is out. Whose turn it is follows from the rows alone, so it may be asked
as often as one likes, by any process, after any crash.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.content.models import Variant
from waypost.content.posts import part_for, post_for, variant_to_send
from waypost.providers import registry
from waypost.providers.base import Post, Publishes, Reply
from waypost.providers.errors import Refused
from waypost.publishing.models import COMMENT, DELIVERY, SETTLED, Delivery, Status

_ENDED = (Status.WITHDRAWN, Status.DELETED)

Row = tuple[int, str]
"""Number of a part and its state."""


def numbers(variant: Variant, provider_id: str) -> list[int]:
    """The parts that a variant makes, the post itself left out.

    Where a person posts by hand, they post the whole thread: one row stands for all.
    """
    further = written(variant)
    if further and isinstance(registry.get(provider_id), Publishes):
        return further
    return []


def written(variant: Variant) -> list[int]:
    """The parts that a person wrote, the post itself left out."""
    return [*range(1, len(variant.parts) + 1), *([COMMENT] if variant.comment else [])]


def text_of(variant: Variant, part: int) -> str:
    """The words of a part; empty when it was taken out of the post meanwhile."""
    if part == 0:
        return variant.shown_text
    if part == COMMENT:
        return variant.comment
    return variant.parts[part - 1] if part <= len(variant.parts) else ""


def variant_of(delivery: Delivery) -> Variant | None:
    """What shall go out there; ``None`` when the channel or the part was taken out."""
    variant = variant_to_send(delivery.item, delivery.connection)
    if variant is None or (delivery.part and not text_of(variant, delivery.part)):
        return None
    return variant


def post_of(delivery: Delivery, variant: Variant) -> Post:
    """The post as the network shall have it. Raises ``Refused`` when it has nothing to answer."""
    if delivery.is_whole:
        return post_for(variant)
    return part_for(variant, text_of(variant, delivery.part), _reply(delivery))


def words_of(delivery: Delivery) -> Post:
    """The words alone, for a post that is out already: where it stands does not change."""
    variant = variant_of(delivery)
    if variant is None:
        return Post("")
    return with_words(delivery, variant, text_of(variant, delivery.part))


def with_words(delivery: Delivery, variant: Variant, text: str) -> Post:
    """The post as it is out, with ``text`` instead of its words."""
    if delivery.is_whole:
        return replace(post_for(variant), text=text)
    return part_for(variant, text, Reply("", "", as_comment=delivery.is_comment))


def correction(delivery: Delivery, variant: Variant, text: str) -> dict[str, Any]:
    """The columns of the variant that hold ``text`` from now on."""
    if delivery.is_whole:
        return {"text": text}
    if delivery.is_comment:
        return {"comment": text}
    texts = list(variant.parts)
    texts[delivery.part - 1] = text
    return {"parts": texts}


def _reply(delivery: Delivery) -> Reply:
    before = 0 if delivery.is_comment else delivery.part - 1
    rows = Delivery.objects.of_channel(delivery).filter(part__in=(0, before))
    out = dict(rows.filter(status=Status.PUBLISHED).values_list("part", "remote_id"))
    if not (out.get(0) and out.get(before)):
        raise Refused(_("Waypost does not know where the part before stands on the network."))
    return Reply(root=out[0], parent=out[before], as_comment=delivery.is_comment)


def next_moves(rows: Sequence[Row]) -> list[Row]:
    """Which waiting parts move, and where to; ``rows`` are those of one channel in order.

    A part is called up when the one before is out. One that was left out ends the thread.
    The comment comes when the thread has ended one way or the other.
    """
    (_root, before), *rest = rows
    if before in _ENDED:
        return [(part, Status.WITHDRAWN) for part, status in rest if status == Status.WAITING]
    moves: list[Row] = []
    for part, status in rest:
        may_follow = before in SETTLED if part == COMMENT else before == Status.PUBLISHED
        if may_follow and status == Status.WAITING:
            return [*moves, (part, Status.SCHEDULED)]
        if may_follow:
            before = status
        elif before in _ENDED and status == Status.WAITING:
            moves.append((part, Status.WITHDRAWN))
        elif before not in _ENDED or status not in SETTLED:
            break  # it is on its way still, even behind a part that was left out
    return moves


def call_up(delivery: Delivery) -> None:
    """Move on what waits for ``delivery`` or for another part of its channel."""
    rows = list(Delivery.objects.of_channel(delivery))
    if not rows or not rows[0].is_whole:
        return
    if rows[0].status == Status.PUBLISHED and _add_missing(delivery, rows):
        rows = list(Delivery.objects.of_channel(delivery))
    by_part = {row.part: row for row in rows}
    for part, status in next_moves([(row.part, row.status) for row in rows]):
        changes: dict[str, Any] = {"due_at": timezone.now()} if status == Status.SCHEDULED else {}
        DELIVERY.move(by_part[part], Status.WAITING, status, **changes)


def _add_missing(delivery: Delivery, rows: Sequence[Delivery]) -> bool:
    """Make rows for parts that were written after the post was armed."""
    variant = variant_of(rows[0])
    if variant is None:
        return False
    wanted = numbers(variant, delivery.connection.provider_id)
    missing = set(wanted) - {row.part for row in rows}
    Delivery.objects.bulk_create(
        [
            Delivery(
                item_id=delivery.item_id,
                connection_id=delivery.connection_id,
                part=part,
                status=Status.WAITING,
                due_at=timezone.now(),
            )
            for part in sorted(missing)
        ],
        ignore_conflicts=True,
    )
    return bool(missing)


def call_up_forgotten() -> None:
    """For each channel whose worker died between sending one part and calling up the next."""
    seen = set()
    for row in Delivery.objects.forgotten().select_related("item", "connection"):
        if (row.item_id, row.connection_id) not in seen:
            seen.add((row.item_id, row.connection_id))
            call_up(row)
