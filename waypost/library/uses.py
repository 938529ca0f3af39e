"""Where files are used. The library lies below those who use it and does not know them.

Each of them writes a :class:`Users` and is named in ``settings.USERS_OF_FILES``; it is
asked by that path when somebody wants to know.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from waypost.accounts.models import Business
from waypost.library.models import AssetQuerySet


@dataclass(frozen=True)
class Naming:
    """What a file used there is for, as words of a file name."""

    date: date
    channel: str
    what: str


@dataclass(frozen=True)
class Use:
    """One place where one file is used."""

    asset_id: int
    title: str
    url: str
    kind: str  # what the place is, "Post"
    naming: Naming | None = None


@dataclass(frozen=True)
class Users:
    """A kind of place that uses files."""

    ids: Callable[[Business], "QuerySet[Any, Any]"]
    """Rows of one column: the ids of all files of a business that are used there."""
    find: Callable[[Business, Sequence[int]], Iterable[Use]]
    """The uses of the files with these ids."""


def all_users() -> list[Users]:
    return [import_string(path) for path in settings.USERS_OF_FILES]


def uses_of(business: Business, ids: Sequence[int]) -> dict[int, list[Use]]:
    """By the id of the file; one query for each kind of place."""
    found: dict[int, list[Use]] = defaultdict(list)
    for users in all_users():
        for use in users.find(business, ids):
            found[use.asset_id].append(use)
    return found


def unused(business: Business, rows: AssetQuerySet) -> AssetQuerySet:
    """Those of ``rows`` that no place uses."""
    for users in all_users():
        rows = rows.exclude(pk__in=users.ids(business))
    return rows
