"""The order of records that people arrange by hand."""

from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet


def last_position(rows: QuerySet[Any]) -> int:
    """The position below all of ``rows``."""
    last = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


@transaction.atomic
def move(row: Any, rows: QuerySet[Any], *, by: int) -> None:
    """Change places with the neighbour above (``by`` −1) or below (1), where there is one."""
    order = list(rows.select_for_update().order_by("position", "pk"))
    at = order.index(row)
    if not 0 <= at + by < len(order):
        return
    order.insert(at + by, order.pop(at))
    for position, each in enumerate(order):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])
