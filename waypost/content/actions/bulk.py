"""Many new items at once, as a file brings them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from waypost.accounts.models import Business, User
from waypost.content.actions.approving import Standing
from waypost.content.actions.deciding import (
    approve,
    back_to_draft,
    cancel,
    restore,
    schedule,
    submit_for_review,
)
from waypost.content.actions.shortening import shorten
from waypost.content.actions.writing import Draft, refuse_channels
from waypost.content.links import share_rule
from waypost.content.models import Item, ItemPicture, Status, Variant

BATCH = 500
AT_ONCE = (Status.IDEA, Status.DRAFT, Status.PUBLISHED, Status.CANCELLED)
"""States that need nobody's decision: what is being made, and what is over."""


@dataclass(frozen=True)
class NewItem:
    """A draft and the state that it shall have."""

    draft: Draft
    status: str = Status.DRAFT


@transaction.atomic
def write_many(business: Business, new: Sequence[NewItem], *, by: User) -> list[Item]:
    """All of them in a few statements; each state is one of ``AT_ONCE``.

    Raises ``Refusal`` for an account that ``by`` may not work on.
    """
    refuse_channels(business, by, {c.connection.pk for n in new for c in n.draft.channels})
    items = [
        Item(
            business=business,
            author=by,
            status=each.status,
            time_zone=business.time_zone,
            published_at=each.draft.due_at if each.status == Status.PUBLISHED else None,
            **each.draft.columns(),
        )
        for each in new
    ]
    Item.objects.bulk_create(items, batch_size=BATCH)
    pairs = list(zip(items, new, strict=True))
    Variant.objects.bulk_create(
        [
            Variant(
                item=item,
                connection=channel.connection,
                text=channel.text,
                parts=list(channel.parts),
                comment=channel.comment,
                options=dict(channel.options),
            )
            for item, each in pairs
            for channel in each.draft.channels
        ],
        batch_size=BATCH,
    )
    ItemPicture.objects.bulk_create(
        [
            ItemPicture(item=item, asset=use.asset, alt=use.alt, position=position)
            for item, each in pairs
            for position, use in enumerate(each.draft.pictures)
        ],
        batch_size=BATCH,
    )
    _know(items)
    share_rule(business, items)
    for item in items:
        shorten(item)
    return items


def _know(items: list[Item]) -> None:
    """Give the items what was just written of them, so that deciding asks for none of it."""
    whole = Item.objects.whole().in_bulk([each.pk for each in items])
    for item in items:
        found = whole[item.pk]._prefetched_objects_cache  # type: ignore[attr-defined]
        for rows in found.values():
            for row in rows:
                row.item = item
        item._prefetched_objects_cache = found  # type: ignore[attr-defined]


def decide(item: Item, status: str, *, by: User, who: Standing | None = None) -> None:
    """Move ``item`` to ``status`` as the person could by hand. Raises ``Refusal``."""
    if status == Status.IN_REVIEW:
        submit_for_review(item, by=by, who=who)
    elif status == Status.APPROVED:
        approve(item, by=by, who=who)
    elif status == Status.SCHEDULED:
        schedule(item, due_at=item.due_at, by=by, who=who)
    elif status == Status.CANCELLED:
        cancel(item, by=by, who=who)
    elif item.status in {Status.IDEA, Status.CANCELLED}:
        restore(item, by=by, who=who)
    else:
        back_to_draft(item, by=by, who=who)
