"""What a page of the calendar reads: items, their channels, the days that matter."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import get_language

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.calendar.spans import Span, bounds
from waypost.content.models import Status, Variant
from waypost.market import days as key_days

NOT_COUNTED = (Status.IDEA, Status.CANCELLED, Status.FAILED)
"""These are no posts of the plan: they may never go out, or did not."""


class Entry(NamedTuple):
    """What the calendar reads of an item."""

    pk: int
    title: str
    status: str
    due_at: datetime
    kind: str
    initiative_id: int | None
    goal_id: int | None
    persona_id: int | None

    @property
    def counts(self) -> bool:
        """Whether it is a post of the plan."""
        return self.status not in NOT_COUNTED


@dataclass
class Page:
    """Everything that one page shows; each part is one query, asked when it is needed."""

    business: Business
    span: Span
    filters: Mapping[str, Any]

    @cached_property
    def entries(self) -> list[Entry]:
        """In the order of their time."""
        rows = self.business.items.due_between(*self._bounds).matching(**self.filters)
        return [Entry(*row) for row in rows.values_list(*Entry._fields)]

    @cached_property
    def connections(self) -> dict[int, Connection]:
        return {each.pk: each for each in self.business.connections.all()}

    @cached_property
    def channels(self) -> Mapping[int, Sequence[int]]:
        """By item, the connections that it goes to."""
        start, end = self._bounds
        pairs = Variant.objects.filter(
            item__business=self.business, item__due_at__gte=start, item__due_at__lt=end
        ).order_by("item__due_at", "connection_id")
        found: dict[int, list[int]] = defaultdict(list)
        for item, connection in pairs.values_list("item_id", "connection_id"):
            found[item].append(connection)
        return found

    @cached_property
    def key_days(self) -> dict[date, key_days.Date]:
        """Holidays, shopping days and own days of the drawn days."""
        drawn = self.span.days()
        language = get_language() or self.business.language
        found = key_days.days_between(self.business, drawn[0], drawn[-1], language)
        return {each.day: each for each in key_days.by_date(found)}

    @property
    def _bounds(self) -> tuple[datetime, datetime]:
        return bounds(self.span, self.business.zone)

    @cached_property
    def walls(self) -> dict[int, datetime]:
        """By item, its time on the clock of the business."""
        zone = self.business.zone
        return {entry.pk: entry.due_at.astimezone(zone) for entry in self.entries}

    def day_of(self, entry: Entry) -> date:
        return self.walls[entry.pk].date()
