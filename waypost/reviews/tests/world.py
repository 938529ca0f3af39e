"""A business with numbers of two months, and a report on the second one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.content.models import Status as ItemStatus
from waypost.insights.periods import Period
from waypost.publishing.models import Delivery, Status
from waypost.reviews import actions
from waypost.reviews.figures import (
    ChannelFigures,
    Figures,
    GoalFigures,
    InitiativeFigures,
    Measure,
    PostFigures,
    Unknown,
    packed,
)
from waypost.reviews.models import Report
from waypost.tests import factories

NOW = datetime(2026, 10, 12, 10, tzinfo=UTC)
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 9, 30))
ANSWERS = {
    "result": "The German account grew.",
    "next": "Write to six influencers\n- Film the reels",
    "effective": "partly",
    "effective_why": "Facebook costs more than it brings.",
    "improve": "Write captions on Thursdays",
}


def publish(
    channel: Connection, day: date, likes: int | None, *, comments: int = 0, title: str = "A post"
) -> Delivery:
    """A post that is out, with its totals of the same evening."""
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    item = factories.make_item(
        channel.business, title=title, status=ItemStatus.PUBLISHED, due_at=moment
    )
    delivery = factories.make_delivery(
        item, channel, status=Status.PUBLISHED, published_at=moment, remote_id="1"
    )
    if likes is not None:
        at = moment.replace(hour=20)
        factories.make_snapshot(delivery, taken_at=at, likes=likes, comments=comments)
    return delivery


def written(business: Business, by: User) -> Report:
    """The report on September, with every question answered."""
    report = actions.start(business, SEPTEMBER, by=by)
    actions.answer(report, ANSWERS, by=by)
    return report


def measures(*rows: tuple[str, str | None, str | None]) -> tuple[Measure, ...]:
    return tuple(Measure(key, _number(then), _number(now)) for key, then, now in rows)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


RICH = Figures(
    first=SEPTEMBER.first,
    last=SEPTEMBER.last,
    before_first=date(2026, 8, 1),
    before_last=date(2026, 8, 31),
    currency="EUR",
    goals=(
        GoalFigures(
            pk=1,
            title="12,000 German followers",
            unit="followers",
            target=Decimal(12000),
            value=Decimal(8640),
            progress=Decimal("0.4405"),
            expected=Decimal("0.5"),
            pace=Decimal("0.881"),
            status="slightly_behind",
        ),
    ),
    initiatives=(
        InitiativeFigures(
            pk=1,
            title="Influencers",
            goal="12,000 German followers",
            status="in_progress",
            days_late=3,
            posts=2,
            interactions=Decimal(310),
            spent=Decimal("367.50"),
        ),
    ),
    channels=(
        ChannelFigures(
            "a1",
            "Instagram",
            "@svit",
            measures(
                ("posts", "12", "14"),
                ("followers", "15085", "15340"),
                ("reach", "39600", "47900"),
                ("likes", "2980", "3720"),
                ("comments", "198", "291"),
                ("engagement", "3726", "4886"),
                ("engagement_rate", "0.0941", "0.102"),
                ("link_clicks", "671", "905"),
                ("orders", "15", "19"),
                ("revenue", "668.2", "861.5"),
                ("spent", "121.9", "146.7"),
            ),
        ),
        ChannelFigures(
            "a2",
            "TikTok",
            "@svit.video",
            measures(
                ("posts", "0", "4"),
                ("followers", "402", "455"),
                ("likes", None, "540"),
                ("comments", "31", "22"),
                ("orders", "2", "0"),
                ("spent", None, "10"),
            ),
            (Unknown("reach", "never"), Unknown("saves", "nothing"), Unknown("views", "nothing")),
        ),
    ),
    best=(PostFigures(7, "Carousel: wax", "Instagram @svit", date(2026, 9, 9), Decimal(612)),),
    spent=Decimal("1313.45"),
    planned=Decimal("1320"),
)
"""Numbers of every shape: a gap, a zero before, a fall, a rate, money."""


def rich(report: Report, channels: Iterable[ChannelFigures] | None = None) -> Report:
    """``report`` with the numbers above instead of its own."""
    figures = RICH if channels is None else replace(RICH, channels=tuple(channels))
    report.figures = packed(figures)
    report.save()
    report.refresh_from_db()
    return report
