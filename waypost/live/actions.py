"""Telling open pages that something changed."""

from django.db.models import Max

from waypost.accounts.models import Business, User
from waypost.live.models import Change

EVERYTHING = 0


def tell(
    business: Business, topic: str, row: int = EVERYTHING, *, version: int = 0, by: User | None
) -> None:
    """Note the change within the transaction that makes it."""
    Change.objects.create(business=business, topic=topic, row=row, version=version, by=by)


def latest() -> int:
    """The number of the latest change there is, for a page to begin with."""
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0


def forget() -> int:
    """Delete what no open page asks for any more; answers how many."""
    # The latest one stays: numbers must never begin anew.
    return Change.objects.forgettable().exclude(pk=latest()).delete()[0]
