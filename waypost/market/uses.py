"""Which files of the library are pictures of personas and products."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy

from waypost.accounts.models import Business
from waypost.library.uses import Use, Users


def _ids(rows: str, business: Business) -> "QuerySet[Any, Any]":
    found: QuerySet[Any, Any] = getattr(business, rows).exclude(picture=None)
    return found.order_by().values("picture_id")


def _find(rows: str, page: str, kind: Any, business: Business, ids: Sequence[int]) -> Iterator[Use]:
    for row in getattr(business, rows).filter(picture_id__in=ids):
        yield Use(row.picture_id, str(row), reverse(page, args=[business.slug, row.pk]), str(kind))


def _users(rows: str, page: str, kind: Any) -> Users:
    return Users(partial(_ids, rows), partial(_find, rows, page, kind))


PERSONAS = _users("personas", "market:persona", gettext_lazy("Persona"))
PRODUCTS = _users("products", "market:product", gettext_lazy("Product"))
