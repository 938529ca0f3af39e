"""Which files a page of the library shows, read from its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from waypost.accounts.models import Business
from waypost.library.kinds import Kind
from waypost.library.models import Asset, AssetQuerySet, Folder, Tag
from waypost.library.trees import FolderTree
from waypost.library.uses import unused

PER_PAGE = 48
TOP = "top"  # files in no folder
GRID, LIST = "grid", "list"

SORTS: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "": (_("Newest first"), ("-added_at", "-pk")),
    "old": (_("Oldest first"), ("added_at", "pk")),
    "name": (_("By name"), ("name", "pk")),
    "size": (_("Largest first"), ("-size", "-pk")),
}
MISSING: dict[str, str | Promise] = {
    "alt": _("Without description"),
    "licence": _("Without licence"),
    "use": _("Not used anywhere"),
}


@dataclass(frozen=True)
class Shelf:
    """The wishes of one address, each with the usual where it says nothing that fits."""

    business: Business
    asked: Mapping[str, str]

    @cached_property
    def tree(self) -> FolderTree:
        return FolderTree.of(self.business)

    @cached_property
    def folder(self) -> Folder | None:
        asked = self.asked.get("folder", "")
        return self.tree.get(int(asked)) if asked.isdecimal() and len(asked) < 10 else None

    @property
    def at_top(self) -> bool:
        return self.asked.get("folder") == TOP

    @property
    def words(self) -> str:
        return self.asked.get("q", "").strip()[:200].replace("\0", "")

    @property
    def kind(self) -> str:
        return self._one_of("kind", Kind.values)

    @property
    def missing(self) -> str:
        return self._one_of("missing", MISSING)

    @property
    def sort(self) -> str:
        return self._one_of("sort", SORTS)

    @property
    def view(self) -> str:
        return self._one_of("view", (LIST,)) or GRID

    def _one_of(self, name: str, known: Any) -> str:
        asked = self.asked.get(name, "")
        return asked if asked in known else ""

    @cached_property
    def tags(self) -> list[Tag]:
        return list(self.business.file_tags.all())

    @property
    def tag(self) -> Tag | None:
        asked = self.asked.get("tag", "").casefold()
        return next((tag for tag in self.tags if tag.name.casefold() == asked), None)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the folder keeps files away."""
        return bool(self.words or self.kind or self.missing or self.tag)

    @property
    def path(self) -> list[Folder]:
        return self.tree.path(self.folder) if self.folder else []

    @property
    def folders(self) -> list[Folder]:
        """Folders to go on to; while searching, only files are shown."""
        return [] if self.is_narrowed or self.at_top else self.tree.children(self.folder)

    def rows(self) -> AssetQuerySet:
        rows: AssetQuerySet = Asset.objects.filter(business=self.business)
        if self.missing == "use":
            rows = unused(self.business, rows)
        if self.missing == "alt":
            rows = rows.without_alt()
        if self.missing == "licence":
            rows = rows.without_licence()
        if self.folder:
            inside = self.tree.below(self.folder) if self.is_narrowed else [self.folder.pk]
            rows = rows.filter(folder__in=inside)
        if self.at_top:
            rows = rows.filter(folder=None)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.tag:
            rows = rows.filter(tags=self.tag)
        return rows.searched(self.words).order_by(*SORTS[self.sort][1])

    @cached_property
    def page(self) -> "Page[Asset]":
        rows = self.rows().prefetch_related("tags")
        return Paginator(rows, PER_PAGE).get_page(self.asked.get("page"))

    def place_of(self, asset: Asset) -> str:
        """The folders a file lies in, in words; for the list."""
        folder = self.tree.get(asset.folder_id or 0)
        return " / ".join(each.name for each in self.tree.path(folder)) if folder else ""
