"""Which files of the library are used in posts."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.content.models import Item, ItemPicture
from waypost.library.uses import Naming, Use, Users


def _ids(business: Business) -> "QuerySet[Any, Any]":
    return ItemPicture.objects.filter(item__business=business).values("asset_id")


def _find(business: Business, ids: Sequence[int]) -> Iterator[Use]:
    rows = ItemPicture.objects.filter(item__business=business, asset_id__in=ids)
    rows = rows.select_related("item").prefetch_related("item__variants__connection")
    for row in rows.order_by("-item__due_at", "-item__pk"):
        url = reverse("publishing:item", args=[business.slug, row.item_id])
        yield Use(row.asset_id, row.item.title, url, str(_("Post")), _naming(row.item))


def _naming(item: Item) -> Naming:
    first = next(iter(item.variants.all()), None)
    channel = str(first.connection.display.name) if first else ""
    day = (item.local_due or timezone.localtime(item.created_at, item.zone)).date()
    return Naming(day, channel, item.kind.replace("_", "-"))


POSTS = Users(_ids, _find)
