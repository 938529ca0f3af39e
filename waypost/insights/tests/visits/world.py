"""Moments, and what tests of orders and visits do again and again."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.links import tags_for
from waypost.content.models import Item, LinkRule
from waypost.goals.models import Initiative
from waypost.insights import visits
from waypost.insights.models import VisitSource
from waypost.insights.numbers import channel_numbers
from waypost.insights.periods import month_of
from waypost.insights.sales import Sales, sold_through
from waypost.providers.tests.fake_visits import FakeAnalytics
from waypost.providers.visit_sources import SOURCES

SHOP, COUNTER = sorted(SOURCES, key=lambda kind: not SOURCES[kind].is_shop)
NOW = datetime(2026, 11, 12, 10, tzinfo=UTC)
TODAY = date(2026, 11, 12)
NOVEMBER = month_of(TODAY)
D = Decimal


def tags_of(item: Item, channel: Connection) -> tuple[str, str, str, str]:
    tags = tags_for(LinkRule.objects.get(business=item.business), item, channel)
    return tuple(visits_word(tags[f"utm_{n}"]) for n in ("source", "medium", "campaign", "content"))  # type: ignore[return-value]


def visits_word(text: str) -> str:
    return "_".join(text.lower().split())


def at(day: int, hour: int = 12) -> int:
    return int(datetime(2026, 11, day, hour, tzinfo=UTC).timestamp())


def connect_shop(business: Business, owner: User) -> VisitSource:
    return visits.connect(business, SHOP, {"store": "77", "token": "secret_wax"}, by=owner)


def connect_counter(business: Business, owner: User, counter: FakeAnalytics) -> VisitSource:
    values = {"property": "42", "key": counter.key_file}
    return visits.connect(business, COUNTER, values, by=owner)


def totals(business: Business) -> dict[str, Any]:
    [found] = channel_numbers(business, NOVEMBER)
    keys = ("sessions", "key_events", "orders", "revenue")
    return {key: found.numbers[key].now.value for key in keys}


def of_initiative(initiative: Initiative) -> Sales:
    none = Item.objects.none().values("pk")
    return sold_through(initiative.business, none, [initiative.pk]).initiatives[initiative.pk]


# --- matching --------------------------------------------------------------------
