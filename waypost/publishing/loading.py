"""A delivery by its id, with what whoever takes it on needs."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.utils import translation

from waypost.flow.prepared import Prepared
from waypost.publishing.models import Delivery

T = TypeVar("T")

_WITH_WHAT_IT_NEEDS = Prepared(
    lambda pk: Delivery.objects.select_related("item__business", "connection").filter(pk=pk),
    int,
)


def load(delivery_id: int) -> Delivery | None:
    """The delivery with what it needs, or ``None`` when it is gone."""
    return _WITH_WHAT_IT_NEEDS.first(delivery_id)


def in_its_language(act: Callable[[Delivery], T]) -> Callable[[int], T | None]:
    """Load the delivery and write reasons in the language of its business.

    What is wrapped is not called when the delivery is gone; the answer is ``None`` then.
    """

    @wraps(act)
    def run(delivery_id: int) -> T | None:
        delivery = load(delivery_id)
        if delivery is None:
            return None
        with translation.override(delivery.item.business.language):
            return act(delivery)

    return run
