"""A second item that says the same."""

from datetime import datetime
from typing import Any

from django.db import models, transaction

from waypost.content.models import Item, ItemPicture, Status, Variant

_ITS_OWN = {
    "id", "status", "due_at", "version", "created_at", "updated_at", "published_at",
    "in_queue", "repeat", "occurrence_date", "run_of",
}  # fmt: skip
GOES_OUT = (Status.APPROVED, Status.SCHEDULED, Status.PUBLISHING, Status.PUBLISHED)
"""What was let out once may go out again as it is."""


@transaction.atomic
def copy_of(item: Item, *, due_at: datetime, **columns: Any) -> Item:
    """An item with the same words, channels and pictures. It is scheduled where ``item`` was
    let out too, else a draft.
    """
    status = Status.SCHEDULED if item.status in GOES_OUT else Status.DRAFT
    values = {**_columns(item, _ITS_OWN), "status": status, "due_at": due_at, **columns}
    made = Item.objects.create(**values)
    _copy_content(item, made)
    return made


@transaction.atomic
def take_over(item: Item, source: Item) -> None:
    """Let ``item`` say what ``source`` says; its time and its state stay."""
    names = ("title", "kind", "text", "link", "language", "cta")
    Item.objects.filter(pk=item.pk).update(
        **{name: getattr(source, name) for name in names}, version=item.version + 1
    )
    item.variants.all().delete()
    item.pictures.all().delete()
    _copy_content(source, item)


def _copy_content(source: Item, made: Item) -> None:
    Variant.objects.bulk_create(
        [Variant(item=made, **_columns(row, {"id", "item"})) for row in source.variants.all()]
    )
    ItemPicture.objects.bulk_create(
        [ItemPicture(item=made, **_columns(row, {"id", "item"})) for row in source.pictures.all()]
    )


def _columns(row: models.Model, but: set[str]) -> dict[str, Any]:
    fields = [field for field in row._meta.concrete_fields if field.name not in but]
    return {field.attname: getattr(row, field.attname) for field in fields}
