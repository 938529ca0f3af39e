"""The contract of services that tell what came through a link: visits, orders, revenue.

They are no networks: nothing is published there. Like those, each is one file that touches no
rows, and raises the answers of :mod:`waypost.providers.errors`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar
from zoneinfo import ZoneInfo

from waypost.providers.base import ConnectField
from waypost.providers.display import Text

Tags = tuple[str, str, str, str]
"""utm_source, utm_medium, utm_campaign, utm_content; empty where it was not told.

Who came without tags may have the host of the page before as source, with the medium
:data:`REFERRAL`; a coupon stands as campaign, with the medium :data:`COUPON`.
"""
REFERRAL, COUPON = "referral", "coupon"


@dataclass(frozen=True)
class Came:
    """What came on one day through links with the same tags; None: not told here."""

    date: date
    tags: Tags
    sessions: int | None = None
    key_events: int | None = None
    orders: int | None = None
    revenue: Decimal | None = None  # in the currency of the source


@dataclass(frozen=True)
class Found:
    """What connecting has found; ``secrets`` are stored encrypted."""

    remote_id: str
    name: str
    currency: str  # empty: it tells amounts in the one it is asked for
    secrets: Mapping[str, str]


class TellsVisits(ABC):
    """A shop or a counter of visits."""

    id: ClassVar[str]
    name: ClassVar[str]
    blurb: ClassVar[Text]
    steps: ClassVar[tuple[Text, ...]]  # what to do there before connecting, in order
    fields: ClassVar[tuple[ConnectField, ...]]
    is_shop: ClassVar[bool]  # its orders go before those that a counter of visits has seen
    changes_for: ClassVar[int]  # days after which its numbers do not change any more

    @abstractmethod
    def connect(self, values: Mapping[str, str]) -> Found:
        """Raises ``Refused`` (with ``field``) for wrong values, ``Busy`` where nobody answers."""

    @abstractmethod
    def read(
        self, found: Found, first: date, last: date, *, zone: ZoneInfo, currency: str
    ) -> list[Came]:
        """Of the days from ``first`` to ``last``, each tags and day at most once."""
