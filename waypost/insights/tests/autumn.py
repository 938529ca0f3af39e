"""Posts that went out and followers that came, for the tests of the report."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Status as ItemStatus
from waypost.insights.models import Source
from waypost.insights.periods import Period
from waypost.insights.store import Entry, Holder, record
from waypost.publishing.models import Delivery, Status
from waypost.tests import factories

TODAY = date(2026, 10, 12)
NOW = datetime(2026, 10, 12, 10, tzinfo=UTC)
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"insights:{name}", args=[business.slug, *args])


def at(day: int, hour: int = 12, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


def publish(
    account: Connection, moment: datetime, *, title: str = "A post", **item: Any
) -> Delivery:
    made = factories.make_item(
        account.business, title=title, status=ItemStatus.PUBLISHED, due_at=moment, **item
    )
    return factories.make_delivery(
        made, account, status=Status.PUBLISHED, published_at=moment, remote_id="1"
    )


def snapshot(delivery: Delivery, moment: datetime, likes: int, **more: int) -> None:
    factories.make_snapshot(delivery, taken_at=moment, likes=likes, **more)


def follow(account: Connection, moment: datetime, followers: int | None) -> None:
    entry = Entry("followers", moment.date(), None if followers is None else Decimal(followers))
    record(Holder(None, account), [entry], source=Source.PULLED)
