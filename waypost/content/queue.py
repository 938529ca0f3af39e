"""Which posting times are free, and which of them a post takes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.clock import NoSuchTime, moment
from waypost.content.models import Item, Slot, Status, Variant

AHEAD = 180  # days that are looked through for a free time
_DAY = timedelta(days=1)


def moment_of(day: date, slot: Slot, zone: ZoneInfo) -> datetime:
    """When clocks in ``zone`` show the slot's time on ``day``; after the jump where they do
    not, and the first of two where they do twice.
    """
    wall = datetime.combine(day, slot.clock)
    try:
        return moment(wall, zone).at
    except NoSuchTime as gap:
        return moment(gap.next_time, zone).at


@dataclass
class Plan:
    """The posting times of a business from ``now`` on, and what stands there."""

    business: Business
    now: datetime
    slots: list[Slot] = field(init=False)
    taken: dict[int, set[datetime]] = field(init=False)
    """By connection, the moments of its posts."""

    def __post_init__(self) -> None:
        self.slots = list(self.business.slots.select_related("connection"))
        self.taken = defaultdict(set)
        rows = Variant.objects.filter(
            item__business=self.business, item__due_at__gte=self.now - _DAY
        ).exclude(item__status=Status.CANCELLED)
        for connection, at in rows.values_list("connection_id", "item__due_at"):
            if at is not None:
                self.taken[connection].add(at)

    def moments(
        self, channels: Iterable[int], *, after: datetime | None = None, days: int = AHEAD
    ) -> Iterator[tuple[datetime, Slot]]:
        """Posting times of ``channels`` in order, free or not, outside of quiet hours."""
        wanted, zone, quiet = set(channels), self.business.zone, self.business.quiet
        after = max(after or self.now, self.now)
        today = after.astimezone(zone).date()
        for n in range(days):
            day = today + n * _DAY
            found = sorted(
                ((moment_of(day, slot, zone), slot) for slot in self._on(day, wanted)),
                key=lambda pair: pair[0],
            )
            for at, slot in found:
                if at > after and not (quiet and quiet.ends_at(at)):
                    yield at, slot

    def _on(self, day: date, wanted: set[int]) -> list[Slot]:
        weekday = day.weekday()
        return [s for s in self.slots if s.weekday == weekday and s.connection_id in wanted]

    def next_free(
        self, connections: Iterable[Connection], *, after: datetime | None = None
    ) -> datetime | None:
        """The first posting time of any of ``connections`` at which all of them are free and
        none would have more posts in 24 hours than it may; None: no such time within half a year.
        """
        channels = {each.pk: each for each in connections}
        for at, _slot in self.moments(channels, after=after):
            if all(self.is_free(each, at) for each in channels.values()):
                return at
        return None

    def is_free(self, connection: Connection, at: datetime) -> bool:
        taken = self.taken[connection.pk]
        if at in taken:
            return False
        cap = connection.cap
        if cap is None:
            return True
        near = [other for other in taken if abs(other - at) < _DAY]
        # Of all spans of 24 hours that hold ``at`` the fullest begins with a post or with it.
        starts = [other for other in near if other <= at] + [at]
        most = max(sum(start <= other < start + _DAY for other in near) for start in starts)
        return most < cap

    def take(self, connections: Iterable[Connection], at: datetime) -> None:
        for each in connections:
            self.taken[each.pk].add(at)


def queued(business: Business, connection: Connection, now: datetime) -> list[Item]:
    """What the queue of one channel holds, in order of time."""
    rows = business.items.filter(in_queue=True, due_at__gt=now, variants__connection=connection)
    return list(rows.exclude(status__in=_OUT).order_by("due_at", "pk"))


_OUT = (Status.PUBLISHING, Status.PUBLISHED, Status.FAILED, Status.CANCELLED)
