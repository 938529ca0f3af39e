"""What channels did in a time, beside the time before."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.connections.models import Connection
from waypost.content.models import Status as ItemStatus
from waypost.insights.metrics import METRICS, chosen
from waypost.insights.models import Source
from waypost.insights.numbers import ChannelNumbers, Number, channel_numbers, total
from waypost.insights.periods import Period, month_of
from waypost.insights.rates import ENGAGEMENT_BY, RATIOS, engagement_rate
from waypost.insights.store import Entry, Holder, Span, of_month, record
from waypost.kit.figures import Figure
from waypost.market.models import Channel
from waypost.publishing.models import Status
from waypost.tests import factories

D = Decimal
SEPTEMBER, AUGUST = month_of(date(2026, 9, 1)), month_of(date(2026, 8, 1))


def keep(account: Connection, *entries: Entry, source: Source = Source.TYPED) -> None:
    record(Holder(None, account), entries, source=source)


def day(metric: str, value: int, number: int, month: int = 9) -> Entry:
    return Entry(metric, date(2026, month, number), D(value))


def month(metric: str, value: int, number: int = 9) -> Entry:
    return of_month(metric, date(2026, number, 1), D(value))


def only(business: Business, period: Period = SEPTEMBER, before: Period | None = None) -> Any:
    [row] = channel_numbers(business, period, before)
    return row.numbers


def publish(account: Connection, number: int, **totals: int) -> None:
    moment = datetime(2026, 9, number, 10, tzinfo=UTC)
    item = factories.make_item(account.business, status=ItemStatus.PUBLISHED, due_at=moment)
    sent = factories.make_delivery(
        item, account, status=Status.PUBLISHED, published_at=moment, remote_id=str(number)
    )
    if totals:
        factories.make_snapshot(sent, taken_at=moment, **totals)


MONTHS = {  # of the demo: followers, reach, impressions, likes, clicks, orders, revenue
    "Instagram": (15340, 47900, 79400, 3720, 905, 19, "861.50"),
    "Instagram in German": (2490, 92700, 151800, 4480, 1190, 22, "1344.80"),
    "Facebook": (4172, 13900, 23100, 655, 371, 10, "471.30"),
    "Pinterest": (988, None, 57200, None, 521, 8, "428.40"),
    "TikTok": (455, None, None, 540, 16, 1, "49.90"),
}
KEYS = ("followers", "reach", "impressions", "likes", "link_clicks", "orders", "revenue")


def test_the_demo_shows_the_numbers_of_its_story(svit: Business) -> None:
    rows = {row.holder.name: row for row in channel_numbers(svit, SEPTEMBER)}
    for name, expected in MONTHS.items():
        found = [rows[name].numbers[key].now.value for key in KEYS]
        assert found == [None if each is None else D(each) for each in expected]
    assert rows["Facebook"].numbers["engagement"].now.value == 856
    assert rows["TikTok"].numbers["views"].now.value == 11800
    assert rows["Online shop"].known == ()
    assert [n.metric.key for n in rows["Pinterest"].chosen] == [
        "impressions",
        "saves",
        "link_clicks",
        "followers",
    ]


def test_the_demo_compares_with_the_month_before(svit: Business) -> None:
    rows = {row.holder.name: row for row in channel_numbers(svit, SEPTEMBER)}
    german = rows["Instagram in German"]
    followers = german.numbers["followers"]
    assert (followers.before.value, followers.change) == (D(1330), D(1160))
    assert round(followers.share.value or 0, 4) == D("0.8722")
    rate = german.engagement_rate()
    assert str(rate.ratio.label) == "Interactions by reach"
    assert rate.now.value == D(4480 + 356 + 742 + 301) / 92700
    assert rate.change == rate.now.value - D(2310 + 171 + 318 + 120) / 63900
    july = {row.holder.name: row for row in channel_numbers(svit, month_of(date(2026, 7, 1)))}
    new = july["Instagram in German"].numbers["followers"]
    assert (new.now.value, new.before.value, new.is_new) == (D(610), D(0), True)
    assert new.share == Figure(None, "It was 0 before.")


def test_the_demos_totals_are_ratios_of_totals_and_add_no_people(svit: Business) -> None:
    found = total(channel_numbers(svit, SEPTEMBER))
    assert found.numbers["orders"].now.value == 60
    assert found.numbers["revenue"].now.value == D("3155.90")
    assert found.rate("conversion").now.value == D(60) / (861 + 1122 + 352 + 489 + 14)
    assert found.rate("order_value").now.value == D("3155.90") / 60
    assert found.engagement_rate("reach").now.reason.startswith("It is not added up")
    assert found.engagement_rate().ratio.bottom == "impressions"
    for key in ("followers", "reach"):
        assert found.numbers[key].now.value is None
        assert found.numbers[key].now.reason.startswith("It is not added up")


def test_a_total_takes_a_rate_from_channels_that_know_both_numbers(svit: Business) -> None:
    clicks = 905 + 1190 + 371 + 521
    shown = 79400 + 151800 + 23100 + 57200
    rate = total(channel_numbers(svit, SEPTEMBER)).rate("click_rate")
    assert rate.now.value == D(clicks) / shown
    assert rate.now.note == "Without TikTok."


def test_any_number_of_channels_is_read_in_six_queries(
    svit: Business, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        channel_numbers(svit, SEPTEMBER)


def test_days_add_up(business: Business, account: Connection) -> None:
    keep(account, day("likes", 3, 1), day("likes", 4, 30), day("likes", 9, 31, 8))
    likes = only(business)["likes"]
    assert (likes.now.value, likes.before.value, likes.change) == (7, 9, -2)
    assert likes.is_good is False


def test_a_months_own_number_goes_before_its_days(business: Business, account: Connection) -> None:
    keep(account, day("likes", 3, 1), month("likes", 50))
    assert only(business)["likes"].now.value == 50
    half = Period(date(2026, 9, 1), date(2026, 9, 15))
    assert only(business, half)["likes"].now.value == 3


def test_a_time_that_cuts_a_month_needs_its_days(business: Business, account: Connection) -> None:
    keep(account, month("likes", 50))
    half = Period(date(2026, 9, 1), date(2026, 9, 15))
    assert only(business, half)["likes"].now == Figure(None, "It is known for whole months only.")


def test_months_that_are_missing_are_told(business: Business, account: Connection) -> None:
    keep(account, month("likes", 50), month("likes", 20, 8))
    quarter = Period(date(2026, 7, 1), date(2026, 9, 30))
    assert only(business, quarter)["likes"].now == Figure(D(70), note="Only 2 months of 3.")


def test_people_of_several_days_are_not_added(business: Business, account: Connection) -> None:
    keep(account, day("reach", 30, 1), day("reach", 40, 2))
    reach = only(business)["reach"].now
    assert reach.value is None
    assert reach.reason.startswith("Its days cannot be added")
    one = Period(date(2026, 9, 2), date(2026, 9, 2))
    assert only(business, one)["reach"].now.value == 40


def test_people_of_several_months_are_added_and_that_is_said(
    business: Business, account: Connection
) -> None:
    keep(account, month("reach", 300), month("reach", 200, 8))
    two = Period(date(2026, 8, 1), date(2026, 9, 30))
    assert only(business, two)["reach"].now == Figure(
        D(500), note="Months added up: who was reached in several counts in each."
    )


def test_a_level_is_the_last_one_and_an_old_one_says_its_day(
    business: Business, account: Connection
) -> None:
    keep(account, day("followers", 90, 5, 8), day("followers", 100, 3), day("followers", 120, 20))
    followers = only(business)["followers"]
    assert (followers.now.value, followers.before.value) == (120, 90)
    october = only(business, month_of(date(2026, 10, 1)))["followers"].now
    assert october == Figure(None, "Last known on 20 Sep 2026, before this time.")


def test_a_changed_meaning_is_neither_added_nor_compared(business: Business) -> None:
    page = factories.make_connection(business)
    keep(page, Entry("impressions", date(2025, 11, 10), D(900)))
    keep(page, Entry("impressions", date(2025, 11, 20), D(50)))
    mixed = only(business, month_of(date(2025, 11, 1)))["impressions"].now
    assert mixed.value is None
    assert mixed.reason.startswith("Since 15 November 2025 Facebook counts views")
    first = Period(date(2025, 11, 1), date(2025, 11, 14))
    later = Period(date(2025, 11, 15), date(2025, 11, 28))
    number = only(business, later, first)["impressions"]
    assert (number.now.value, number.before.value, number.change) == (50, 900, None)
    assert number.share.reason.startswith("Since 15 November 2025")


def test_what_a_network_does_not_tell_says_so(business: Business) -> None:
    factories.make_connection(business, remote_id="pinterest:us", settings={"network": "pinterest"})
    numbers = only(business)
    assert numbers["likes"].now.reason == "Pinterest does not tell this number."
    assert numbers["saves"].now.reason == "Nothing was measured or entered for this time."


def test_without_own_numbers_the_posts_of_the_time_are_added(
    business: Business, account: Connection
) -> None:
    publish(account, 3, likes=5, comments=1)
    publish(account, 9, likes=2)
    publish(account, 12)
    numbers = only(business)
    assert (numbers["posts"].now.value, numbers["posts"].source) == (3, "counted")
    assert numbers["likes"].now == Figure(D(7), note="Of the posts of this time, as they stood.")
    assert numbers["engagement"].now.value == 8
    keep(account, month("likes", 90))
    assert only(business)["likes"].now.value == 90


def test_numbers_of_a_channel_stay_when_its_account_is_connected(
    business: Business, account: Connection
) -> None:
    channel = Channel.objects.create(business=business, name="Ours", network="chatter")
    keep_for = Holder(channel, None)
    record(keep_for, [month("likes", 10, 8), month("likes", 11)], source=Source.TYPED)
    Channel.objects.filter(pk=channel.pk).update(connection=account)
    keep(account, month("likes", 12))
    likes = only(business)["likes"]
    assert (likes.now.value, likes.before.value) == (12, 10)


def test_an_account_that_two_channels_name_is_added_once(
    business: Business, account: Connection
) -> None:
    for name in ("One", "Two"):
        Channel.objects.create(business=business, name=name, network="x", connection=account)
    keep(account, month("likes", 12))
    rows = channel_numbers(business, SEPTEMBER)
    assert [row.numbers["likes"].now.value for row in rows] == [12, 12]
    assert total(rows).numbers["likes"].now.value == 12


def test_nothing_of_another_business_is_counted(business: Business, account: Connection) -> None:
    elsewhere = factories.make_connection(factories.make_business())
    keep(elsewhere, month("likes", 12))
    publish(elsewhere, 3, likes=5)
    rows = channel_numbers(business, SEPTEMBER)
    assert [row.known for row in rows] == [()]


def test_less_is_good_where_it_is() -> None:
    number = Number(METRICS["reply_time"], Figure(D(4)), Figure(D(6)))
    assert number.is_good is True
    assert Number(METRICS["likes"], Figure(D(4)), Figure(D(4))).is_good is None


def test_the_plan_of_a_channel_may_call_numbers_otherwise() -> None:
    assert chosen(["sessions_social", "orders", "replies", "nonsense", "orders"]) == (
        "sessions",
        "orders",
        "comments",
    )


def test_an_engagement_rate_says_by_what_it_divides() -> None:
    known = {"engagement": D(10), "reach": None, "impressions": D(200), "followers": D(50)}
    ratio, figure = engagement_rate(known)
    assert (ratio.bottom, figure.value) == ("impressions", D("0.05"))
    ratio, figure = engagement_rate(known, by="followers")
    assert (str(ratio.label), figure.value) == ("Interactions by followers", D("0.2"))
    ratio, figure = engagement_rate(known, by="reach")
    assert figure == Figure(None, "A number for it is not known.")
    assert engagement_rate({}, by="nonsense")[0].bottom == "reach"


@pytest.mark.parametrize("ratio", [*ENGAGEMENT_BY.values(), *RATIOS.values()])
def test_a_rate_of_nothing_has_no_value_and_says_why(ratio: Any) -> None:
    figure = ratio.of({ratio.top: D(5), ratio.bottom: D(0)})
    assert figure.value is None
    assert figure.reason.endswith(".")


@given(parts=st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=1))
def test_a_rate_of_totals_lies_between_the_rates(parts: list[tuple[int, int]]) -> None:
    ratio = RATIOS["click_rate"]
    rates = [ratio.of({"link_clicks": D(top), "impressions": D(low)}).value for top, low in parts]
    sums = {
        "link_clicks": D(sum(top for top, _low in parts)),
        "impressions": D(sum(low for _top, low in parts)),
    }
    whole = ratio.of(sums).value
    assert whole is not None
    known = [rate for rate in rates if rate is not None]
    slack = D("1e-20")
    assert min(known) - slack <= whole <= max(known) + slack


@given(first=st.dates(date(2001, 1, 1), date(2090, 1, 1)), length=st.integers(0, 900))
def test_the_time_before_ends_the_day_before_and_is_as_long(first: date, length: int) -> None:
    period = Period(first, date.fromordinal(first.toordinal() + length))
    before = period.before
    assert before.last.toordinal() == first.toordinal() - 1
    if period.is_months:
        assert (before.is_months, len(before.months)) == (True, len(period.months))
    else:
        assert before.days == period.days


def test_the_same_time_a_year_before() -> None:
    assert Period(date(2028, 2, 1), date(2028, 2, 29)).year_before == Period(
        date(2027, 2, 1), date(2027, 2, 28)
    )
    assert Period(date(2028, 2, 10), date(2028, 2, 29)).year_before == Period(
        date(2027, 2, 10), date(2027, 2, 28)
    )
    assert month_of(date(2025, 2, 3)).year_before == month_of(date(2024, 2, 1))


def test_a_whole_month_may_be_kept_as_one_number() -> None:
    assert month("likes", 5).span is Span.MONTH


def test_rows_say_what_they_show(business: Business, account: Connection) -> None:
    keep(account, month("likes", 12))
    [row] = channel_numbers(business, SEPTEMBER)
    assert isinstance(row, ChannelNumbers)
    assert [number.metric.key for number in row.shown] == ["likes", "engagement"]
