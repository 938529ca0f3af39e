"""Which files of the library are receipts."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.budget.models import Expense
from waypost.library.uses import Naming, Use, Users


def _ids(business: Business) -> "QuerySet[Any, Any]":
    rows = Expense.objects.filter(line__budget__business=business)
    return rows.exclude(receipt=None).values("receipt_id")


def _find(business: Business, ids: Sequence[int]) -> Iterator[Use]:
    rows = Expense.objects.filter(line__budget__business=business, receipt_id__in=ids)
    for row in rows.select_related("line"):
        url = reverse("budget:expense_edit", args=[business.slug, row.pk])
        title = row.vendor or str(row.line)
        naming = Naming(row.date, row.vendor, "receipt")
        yield Use(row.receipt_id or 0, title, url, str(_("Receipt")), naming)


RECEIPTS = Users(_ids, _find)
