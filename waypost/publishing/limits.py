"""What networks still take: kept in a row per budget, shared by every worker.

A budget with plenty left needs no row. One that runs low gets one, and from then on every
worker takes what its call costs out of the row, by compare-and-set, before it calls. So a
call that the network has announced it will refuse is not begun, by nobody. The rows may be
lost: the network tells them again.
"""

import logging
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.functional import cached_property  # functools' locks all threads
from django.utils.translation import gettext as _

from waypost.connections.models import Connection
from waypost.flow.prepared import Prepared
from waypost.providers.allowance import CALLS, Allowance, Price
from waypost.providers.errors import Busy
from waypost.publishing.models import RateLimit

log = logging.getLogger(__name__)

PLENTY = 50
"""With more left than this, and than a tenth of the budget, nothing is kept."""
SAME_WINDOW = timedelta(seconds=5)
"""Two answers that name moments so near to each other speak of the same window."""


_BUDGETS = Prepared(RateLimit.objects.named, str, str, str)


class Limits:
    """The budgets that one delivery draws on. Reading them costs one query, once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.told: list[Allowance] = []

    @cached_property
    def _rows(self) -> list[RateLimit]:
        mine, now = self._connection, timezone.now()
        rows = _BUDGETS.rows(mine.provider_id, mine.host, mine.remote_id)
        return [row for row in rows if row.resets_at > now]

    def closed_until(self, price: Price) -> datetime | None:
        """When a call at ``price`` may be begun again; ``None``: now."""
        now = timezone.now()
        spent = [
            row.resets_at
            for row in self._rows
            if row.resets_at > now and row.remaining < cost(row.scope, price)
        ]
        return max(spent, default=None)

    def spend(self, price: Price) -> None:
        """Take the cost of one call out of the budgets. Raises ``Busy`` when it is not there."""
        now = timezone.now()
        for row in self._rows:
            units = cost(row.scope, price)
            if units and row.resets_at > now and not _take(row, units):
                words = _("The network takes no more for now. Waypost tries again by itself.")
                raise Busy(words, after=max(row.resets_at - now, timedelta()))

    def keep(self) -> None:
        """Store what the answers said, as far as it matters to the next call."""
        newest = {(each.whole_app, each.scope): each for each in self.told}
        self.told = []
        try:
            for allowance in self._news(newest.values()):
                _store(self._owner(allowance), allowance)
        except DatabaseError:
            # The network tells it again with the next answer.
            log.warning("a budget of connection %s was not kept", self._connection.pk)

    def _news(self, told: Iterable[Allowance]) -> Iterable[Allowance]:
        known = {(not row.account, row.scope): row for row in self._rows} if told else {}
        for each in told:
            row = known.get((each.whole_app, each.scope))
            if row is None:
                if each.remaining <= max(PLENTY, each.limit // 10):
                    yield each
            elif each.remaining < row.remaining or not same_window(row.resets_at, each.resets_at):
                yield each

    def _owner(self, allowance: Allowance) -> dict[str, str]:
        connection = self._connection
        return {
            "provider_id": connection.provider_id,
            "host": connection.host,
            "account": "" if allowance.whole_app else connection.remote_id,
            "scope": allowance.scope,
        }


def cost(scope: str, price: Price) -> int:
    """What a call at ``price`` takes out of the budget ``scope``; 0: nothing."""
    name = scope.partition("/")[0]
    if name == price.scope:
        return price.units
    return 1 if name == CALLS else 0


def same_window(one: datetime, other: datetime) -> bool:
    return abs(one - other) <= SAME_WINDOW


def _take(row: RateLimit, units: int) -> bool:
    """Compare and set; False when the budget does not hold so much any more."""
    mine = RateLimit.objects.filter(pk=row.pk, resets_at=row.resets_at, remaining__gte=units)
    if mine.update(remaining=F("remaining") - units):
        row.remaining -= units
        return True
    row.refresh_from_db()
    # Somebody heard of a newer window meanwhile: what stands there is as good as told to us.
    return row.remaining >= units and bool(
        RateLimit.objects.filter(pk=row.pk, remaining__gte=units).update(
            remaining=F("remaining") - units
        )
    )


def _store(owner: dict[str, str], told: Allowance) -> None:
    """Of one window the least that is known; of two windows the one told last."""
    rows = RateLimit.objects.filter(**owner)
    window = (told.resets_at - SAME_WINDOW, told.resets_at + SAME_WINDOW)
    if rows.filter(resets_at__range=window).update(remaining=Least("remaining", told.remaining)):
        return
    values: dict[str, Any] = asdict(told)
    del values["whole_app"], values["scope"]
    if not rows.filter(Q(told_at__lte=told.told_at)).update(**values):
        RateLimit.objects.bulk_create([RateLimit(**owner, **values)], ignore_conflicts=True)
