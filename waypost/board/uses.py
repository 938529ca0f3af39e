"""Which files of the library are attached to tasks."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from waypost.accounts.models import Business
from waypost.board.models import Attachment
from waypost.library.uses import Use, Users


def _ids(business: Business) -> "QuerySet[Any, Any]":
    rows = Attachment.objects.filter(task__business=business)
    return rows.exclude(asset=None).order_by().values("asset_id")


def _find(business: Business, ids: Sequence[int]) -> Iterator[Use]:
    rows = Attachment.objects.filter(task__business=business, asset_id__in=ids)
    for row in rows.select_related("task"):
        url = reverse("board:task", args=[business.slug, row.task_id])
        yield Use(row.asset_id or 0, row.task.title, url, str(_("Task")))


TASKS = Users(_ids, _find)
