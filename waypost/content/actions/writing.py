"""Saving what a person wrote, without ever writing over what somebody else wrote."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.actions.approving import Standing, record, why_not_straight
from waypost.content.actions.deciding import why_not_scheduled
from waypost.content.actions.remembering import remember
from waypost.content.actions.shortening import shorten
from waypost.content.models import (
    EDITABLE,
    ITEM,
    Item,
    ItemPicture,
    Kind,
    Revision,
    Status,
    Variant,
)
from waypost.goals.models import Goal, Initiative
from waypost.kit.errors import Refusal
from waypost.library.models import Asset
from waypost.market.models import Persona, Product


@dataclass(frozen=True)
class ChannelDraft:
    """That the item goes to ``connection``; an empty text means the item's own."""

    connection: Connection
    text: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    parts: Sequence[str] = ()  # that follow the first, in order
    comment: str = ""


@dataclass(frozen=True)
class PictureDraft:
    asset: Asset
    alt: str = ""


@dataclass(frozen=True)
class Draft:
    """Everything a person says about an item in the composer."""

    title: str
    kind: str = Kind.POST
    text: str = ""
    link: str = ""
    language: str = ""
    due_at: datetime | None = None  # aware
    goal: Goal | None = None
    initiative: Initiative | None = None
    persona: Persona | None = None
    product: Product | None = None
    cta: str = ""  # what people shall do
    boost: Decimal | None = None  # to pay for more reach, in the currency of the business
    tags: str = ""  # joined by commas
    owner: User | None = None
    reviewer: User | None = None
    channels: Sequence[ChannelDraft] = ()
    pictures: Sequence[PictureDraft] = ()

    def columns(self) -> dict[str, Any]:
        """What stands in the item's own row."""
        elsewhere = ("channels", "pictures")
        return {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if each.name not in elsewhere
        }


_ROW = {each.name for each in fields(Draft)} - {"channels", "pictures"}
"""What of a draft stands in the item's own row."""


class Clash(Exception):
    """Somebody saved ``item`` (as it is now) after the person opened it."""

    def __init__(self, item: Item) -> None:
        super().__init__(f"item {item.pk} is at version {item.version}")
        self.item = item


@transaction.atomic
def write(
    business: Business,
    *,
    draft: Draft,
    by: User,
    status: str = Status.DRAFT,
    key: UUID | None = None,
) -> Item:
    """A new item; ``status`` is draft or idea, ``key`` that of the page it was begun on.

    Raises ``Refusal`` for an account that ``by`` may not work on.
    """
    refuse_channels(business, by, (each.connection.pk for each in draft.channels))
    item = Item.objects.create(
        business=business,
        author=by,
        updated_by=by,
        key=key,
        status=status,
        time_zone=business.time_zone,
        **draft.columns(),
    )
    _write_channels(item, draft.channels)
    _write_pictures(item, draft.pictures)
    _keep_up(item, by)
    return item


@transaction.atomic
def rewrite(
    item: Item, *, draft: Draft, version: int, by: User, stays_idea: bool = False
) -> list[str]:
    """Save over ``version``; answers sentences about what else had to change.

    An idea becomes a draft unless it ``stays_idea``.

    Raises ``Clash`` when somebody saved in between, ``Refusal`` when the item is on its
    way out. What was approved or scheduled goes back to draft when ``by`` may not approve
    what goes out, or when it could not go out any more.
    """
    before = _face(item)
    chosen = {each.connection.pk for each in draft.channels}
    known = set(item.variants.values_list("connection_id", flat=True))
    refuse_channels(item.business, by, chosen | known)
    _write_row(item, draft, version, by)
    _write_channels(item, draft.channels)
    _write_pictures(item, draft.pictures)
    _keep_up(item, by)
    if item.status == Status.IDEA and not stays_idea:
        ITEM.move(item, Status.IDEA, Status.DRAFT)
    return _reconsider(item, by) if _face(item) != before else []


def _keep_up(item: Item, by: User) -> None:
    """What follows from the words that are saved now."""
    item.__dict__.pop("_prefetched_objects_cache", None)
    remember(item, by=by)
    shorten(item)


def bring_back(item: Item, revision: Revision, *, by: User) -> list[str]:
    """Write the words of ``revision`` again; answers as :func:`rewrite` does."""
    texts = revision.channels
    draft = Draft(
        **{name: getattr(item, name) for name in _ROW}
        | {"title": revision.title, "text": revision.text, "link": revision.link},
        channels=[
            ChannelDraft(
                each.connection,
                texts.get(str(each.connection_id), ""),
                each.options,
                each.parts,
                each.comment,
            )
            for each in item.variants.select_related("connection")
        ],
        pictures=[
            PictureDraft(each.asset, each.alt) for each in item.pictures.select_related("asset")
        ],
    )
    return rewrite(item, draft=draft, version=item.version, by=by, stays_idea=True)


def refuse_channels(business: Business, by: User, channels: Iterable[int]) -> None:
    """Whoever was given only some accounts works on no post that goes elsewhere.

    Raises ``Refusal`` (field ``channels``).
    """
    member = business.members.filter(user=by).first()
    if member is not None and not member.may_use_all(channels):
        told = _("You work on some accounts only, and this post goes to others too.")
        raise Refusal(told, field="channels")


def correct(variant: Variant, **columns: Any) -> None:
    """Keep what now stands on the network in place of what went out there first."""
    Variant.objects.filter(pk=variant.pk).update(**columns)


def _write_row(item: Item, draft: Draft, version: int, by: User) -> None:
    rows = Item.objects.filter(pk=item.pk, version=version, status__in=EDITABLE)
    columns = {
        **draft.columns(),
        "time_zone": item.business.time_zone,
        "version": version + 1,
        "updated_at": timezone.now(),
        "updated_by": by,
    }
    done = rows.update(**columns)
    item.refresh_from_db()
    if done:
        return
    if item.version != version:
        raise Clash(item)
    raise Refusal(_("This item is on its way out or cancelled, so it cannot be changed now."))


def _reconsider(item: Item, by: User) -> list[str]:
    if item.status not in (Status.APPROVED, Status.SCHEDULED):
        return []
    who = Standing(item.business, by)
    if not who.may(item, "content.approve") or why_not_straight(item, who):
        ITEM.move(item, item.status, Status.DRAFT)
        return [_("It was approved before your change, so it is a draft again. Submit it anew.")]
    if item.status == Status.SCHEDULED and (reason := _why_not(item)):
        ITEM.move(item, item.status, Status.DRAFT)
        return [_("It is a draft again and will not go out: %(why)s") % {"why": reason}]
    record(item, by=by)  # who may approve it did so by changing it
    return []


def _why_not(item: Item) -> str:
    if item.due_at is None:
        return _("the day or time is missing.")
    refusal = why_not_scheduled(item, item.due_at)
    return refusal.message if refusal else ""


def _write_channels(item: Item, channels: Sequence[ChannelDraft]) -> None:
    item.variants.exclude(connection__in=[each.connection for each in channels]).delete()
    for each in channels:
        Variant.objects.update_or_create(
            item=item,
            connection=each.connection,
            defaults={
                "text": each.text,
                "parts": list(each.parts),
                "comment": each.comment,
                "options": dict(each.options),
            },
        )


def _write_pictures(item: Item, pictures: Sequence[PictureDraft]) -> None:
    item.pictures.all().delete()
    ItemPicture.objects.bulk_create(
        ItemPicture(item=item, asset=each.asset, alt=each.alt, position=position)
        for position, each in enumerate(pictures)
    )


def _face(item: Item) -> tuple[object, ...]:
    """What the world would see of the item, and when."""
    return (
        item.text,
        item.link,
        item.language,
        item.due_at,
        sorted(item.variants.values_list("connection_id", "text")),
        [
            (variant.options, variant.parts, variant.comment)
            for variant in item.variants.order_by("connection_id")
        ],
        list(item.pictures.values_list("asset_id", "alt")),
    )
