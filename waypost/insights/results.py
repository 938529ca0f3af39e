"""What posts brought, as of a moment. A number that a network does not give stays None."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.connections.models import Health
from waypost.insights.models import PostSnapshot
from waypost.providers.base import Measures
from waypost.publishing.models import Delivery, DeliveryQuerySet, Status

PARTS = ("likes", "comments", "shares", "saves")


def added(numbers: Iterable[int | None]) -> int | None:
    """The sum of what is known; None when nothing is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


@dataclass(frozen=True)
class PostResult:
    """One post on one channel and its totals."""

    delivery: Delivery
    snapshot: PostSnapshot | None

    @property
    def parts(self) -> dict[str, int | None]:
        """The single totals by name."""
        return {part: getattr(self.snapshot, part, None) for part in PARTS}

    @property
    def interactions(self) -> int | None:
        """Likes, comments, shares and saves together, as far as the network gives them."""
        return added(self.parts.values())

    @property
    def missing(self) -> str:
        """Why there is no number, in words for the owner; empty when there is one."""
        if self.interactions is not None:
            return ""
        if self.delivery.status != Status.PUBLISHED:
            return _("It is not published.")
        connection = self.delivery.connection
        if not isinstance(connection.provider, Measures):
            return _("Waypost cannot read numbers at this network.")
        if connection.health != Health.CONNECTED:
            return _("The account is not connected.")
        return _("The network has not been asked yet.")


def results(deliveries: DeliveryQuerySet, *, until: dt.datetime) -> list[PostResult]:
    """The last totals before ``until`` of each delivery; two queries for any number."""
    found = list(deliveries)
    wanted = Delivery.objects.filter(pk__in=[delivery.pk for delivery in found])
    rows = PostSnapshot.objects.newest_of(wanted, until) if found else []
    snapshots = {row.delivery_id: row for row in rows}
    return [PostResult(delivery, snapshots.get(delivery.pk)) for delivery in found]
