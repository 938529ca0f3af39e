"""What a report reads of its channels, and why something stays empty."""

from datetime import date
from decimal import Decimal

from waypost.accounts.models import Business, User
from waypost.connections.models import Connection
from waypost.insights.models import Source
from waypost.insights.periods import Period
from waypost.insights.store import Entry, Holder, of_month, record
from waypost.market.models import Channel
from waypost.reviews.figures import ChannelFigures, Measure, Unknown
from waypost.reviews.gathering import gather
from waypost.reviews.tests.world import SEPTEMBER
from waypost.tests import factories

TODAY = date(2026, 10, 12)
TWO, FIVE = Decimal(2), Decimal(5)


def planned(account: Connection, network: str, *metrics: str) -> Holder:
    """The account as a channel of the plan that asks for ``metrics``."""
    channel = Channel.objects.create(
        business=account.business,
        network=network,
        handle=account.handle,
        connection=account,
        metrics=list(metrics),
    )
    return Holder(channel, account)


def of_tiktok(business: Business) -> Connection:
    return factories.make_connection(
        business, remote_id="tiktok:v", handle="v", settings={"network": "tiktok"}
    )


def gathered(business: Business) -> ChannelFigures:
    [found] = gather(business, SEPTEMBER, today=TODAY).channels
    return found


def test_what_the_plan_asks_for_and_nobody_knows_keeps_its_reason(
    business: Business, owner: User
) -> None:
    holder = planned(of_tiktok(business), "tiktok", "reach", "views", "own_clicks", "likes")
    record(holder, [of_month("likes", SEPTEMBER.first, FIVE)], source=Source.TYPED, by=owner)
    found = gathered(business)
    assert found.unknown == (
        Unknown("reach", "never"),
        Unknown("views", "nothing"),
        Unknown("own_clicks", "unlinked"),
        Unknown("impressions", "never"),
    )
    assert found.measure("likes") == Measure("likes", None, FIVE)


def test_what_was_known_before_and_is_not_now_keeps_its_reason(
    business: Business, owner: User
) -> None:
    holder = Holder(None, of_tiktok(business))
    entries = [
        of_month("views", date(2026, 8, 1), TWO),
        of_month("likes", SEPTEMBER.first, FIVE),
    ]
    record(holder, entries, source=Source.TYPED, by=owner)
    assert gathered(business).unknown[:1] == (Unknown("views", "nothing"),)


def test_a_number_whose_meaning_changed_within_the_time_is_empty_and_says_so(
    business: Business, owner: User
) -> None:
    holder = planned(factories.make_connection(business), "facebook", "reach", "likes")
    june = [Entry("reach", date(2026, 6, day), FIVE) for day in (10, 20)]
    likes = [Entry("likes", date(2026, 6, 10), FIVE)]
    record(holder, [*june, *likes], source=Source.TYPED, by=owner)
    summer = Period(date(2026, 6, 1), date(2026, 7, 31))
    [found] = gather(business, summer, today=TODAY).channels
    assert found.unknown == (
        Unknown("reach", "changed"),
        Unknown("saves", "never"),
    )
