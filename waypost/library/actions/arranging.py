"""Describing files, and putting them in order: folders, tags, names."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.kit.errors import Refusal
from waypost.library.models import DEEPEST, Asset, Folder, Tag
from waypost.library.trees import FolderTree
from waypost.library.uses import Naming

MOST_TAGS = 20

Row = TypeVar("Row", bound=Model)


def describe(asset: Asset, *, tags: Iterable[str] | None = None, **fields: Any) -> None:
    """Write ``fields`` (name, alt, folder, author, source_url, licence, licence_note, link)."""
    for name, value in fields.items():
        setattr(asset, name, value)
    if fields:
        asset.save(update_fields=list(fields))
    if tags is not None:
        set_tags(asset, tags)


def set_tags(asset: Asset, names: Iterable[str]) -> None:
    """Give the file exactly these tags; new words become tags, tags of no file go.

    Raises ``Refusal`` (field ``tags``) for too many or too long ones.
    """
    asset.tags.set(_tags(asset.business, names))
    Tag.objects.filter(business_id=asset.business_id, assets=None).delete()


def tag(business: Business, assets: Sequence[Asset], names: Iterable[str]) -> None:
    """Add tags to many files; those that they have stay. Raises ``Refusal`` (field ``tags``)."""
    link = Asset.tags.through
    link.objects.bulk_create(
        [
            link(asset_id=asset.pk, tag_id=tag.pk)
            for tag in _tags(business, names)
            for asset in assets
        ],
        ignore_conflicts=True,
    )


def split_tags(typed: str) -> list[str]:
    """``"Autumn, #candles"`` → ``["Autumn", "candles"]``, each once."""
    words = (" ".join(each.split()).lstrip("#") for each in re.split(r"[,;\n]", typed))
    return list({word.casefold(): word for word in words if word}.values())


def _tags(business: Business, names: Iterable[str]) -> list[Tag]:
    wanted = list(names)
    if len(wanted) > MOST_TAGS:
        raise Refusal(_("A file may have at most %(n)d tags.") % {"n": MOST_TAGS}, field="tags")
    longest = next((name for name in wanted if len(name) > 40), "")
    if longest:
        words = _("The tag “%(name)s” is too long: at most 40 characters.")
        raise Refusal(words % {"name": longest}, field="tags")
    known = {each.name.casefold(): each for each in business.file_tags.all()}
    return [
        known.get(name.casefold()) or _made(Tag(business=business, name=name), "tags")
        for name in wanted
    ]


def move(business: Business, assets: Iterable[Asset], folder: Folder | None) -> None:
    """Put files into a folder, or to the top with ``None``."""
    business.assets.filter(pk__in=[asset.pk for asset in assets]).update(folder=folder)


def make_folder(business: Business, *, name: str, parent: Folder | None = None) -> Folder:
    """Raises ``Refusal`` (field ``name``) for a name that is taken there, or too deep."""
    tree = FolderTree.of(business)
    if parent and len(tree.path(parent)) >= DEEPEST:
        words = _("Folders can lie at most %(n)d deep within one another.")
        raise Refusal(words % {"n": DEEPEST}, field="name")
    return _made(Folder(business=business, name=name, parent=parent), "name")


def change_folder(folder: Folder, *, name: str, parent: Folder | None) -> None:
    """Rename a folder or put it elsewhere.

    Raises ``Refusal`` (field ``parent``) for a place within itself or too deep, and (field
    ``name``) for a name that is taken there.
    """
    tree = FolderTree.of(folder.business)
    if parent and folder in tree.path(parent):
        words = _("A folder cannot lie within itself. Choose another place.")
        raise Refusal(words, field="parent")
    above = len(tree.path(parent)) if parent else 0
    if above + tree.depth(folder) > DEEPEST:
        words = _("Folders can lie at most %(n)d deep within one another.")
        raise Refusal(words % {"n": DEEPEST}, field="parent")
    folder.name, folder.parent = name, parent
    _made(folder, "name")


@transaction.atomic
def remove_folder(folder: Folder) -> dict[str, Any]:
    """Delete a folder; what lies in it moves up to where it stood, so no file is lost.

    Raises ``Refusal`` when a folder in it has the name of one above. The answer is what
    :func:`restore_folder` takes.
    """
    row = {
        "name": folder.name,
        "parent": folder.parent_id,
        "files": list(folder.assets(manager="everything").values_list("pk", flat=True)),
        "folders": list(folder.children.values_list("pk", flat=True)),
    }
    Asset.everything.filter(folder=folder).update(folder=folder.parent_id)
    try:
        with transaction.atomic():
            folder.children.update(parent=folder.parent_id)
    except IntegrityError:
        words = _("A folder in it has the name of a folder above. Rename one of them first.")
        raise Refusal(words) from None
    folder.delete()
    return row


@transaction.atomic
def restore_folder(business: Business, row: dict[str, Any]) -> Folder:
    """Undo :func:`remove_folder`. Raises ``Refusal`` when its name is taken meanwhile."""
    parent = business.folders.filter(pk=row["parent"]).first()
    folder = make_folder(business, name=row["name"], parent=parent)
    Asset.everything.filter(business=business, pk__in=row["files"], folder=parent).update(
        folder=folder
    )
    business.folders.filter(pk__in=row["folders"], parent=parent).update(parent=folder)
    return folder


def folder_of_month(business: Business, day: date) -> Folder:
    """The folder "11" in the folder "2026", made when it is missing."""
    year = _found_or_made(business, f"{day:%Y}", None)
    return _found_or_made(business, f"{day:%m}", year)


def under_its_name(asset: Asset, naming: Naming) -> str:
    """``YYYY-MM-DD_channel_type`` with the ending that the file has."""
    words = [f"{naming.date:%Y-%m-%d}", naming.channel, naming.what]
    name = "_".join(re.sub(r"[^\w.-]+", "-", word.strip().lower()).strip("-") for word in words)
    ending = PurePath(asset.name).suffix if not asset.is_link else ""
    return (name.strip("_") + (ending or ("" if asset.is_link else asset.suffix)))[:200]


def _found_or_made(business: Business, name: str, parent: Folder | None) -> Folder:
    found = business.folders.filter(name__iexact=name, parent=parent).first()
    return found or make_folder(business, name=name, parent=parent)


def _made(row: Row, field: str) -> Row:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        words = _("There is one of this name here already. Choose another name.")
        raise Refusal(words, field=field) from None
    return row
