"""Engagement, growth, ranks and share of voice, and the picture of followers."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.market.rival_chart import MOST, NARROW, WIDE, apart, chart
from waypost.market.rivalry import engagement, growth, in_order, voice
from waypost.market.rivals import read

DAY = dt.date(2026, 9, 30)
COUNTS = st.one_of(st.none(), st.integers(0, 10**9))


@dataclass
class Counted:
    followers: int | None = None
    avg_likes: Decimal | None = None
    avg_shares: Decimal | None = None
    avg_comments: Decimal | None = None
    posts_per_week: Decimal | None = None
    mentions: int | None = None
    network: str = "instagram"
    date: dt.date = DAY


def exact(text: str) -> Decimal:
    return Decimal(text)


# engagement


def test_engagement_is_what_a_post_gets_for_each_follower() -> None:
    found = engagement(Counted(1000, exact("40"), exact("6"), exact("4")))
    assert (found.value, found.reason, found.note) == (exact("0.05"), "", "")


@pytest.mark.parametrize(
    ("counted", "reason"),
    [
        (Counted(None, exact("40")), "The number of followers is not known."),
        (Counted(0, exact("40")), "There are no followers yet."),
        (Counted(1000), "Likes, shares and comments are not known."),
    ],
)
def test_without_followers_or_answers_there_is_a_reason(counted: Counted, reason: str) -> None:
    found = engagement(counted)
    assert (found.value, found.reason) == (None, reason)


def test_what_is_unknown_is_left_out_and_said() -> None:
    found = engagement(Counted(1000, exact("40"), None, exact("10")))
    assert found.value == exact("0.05")
    assert found.note == "Without shares, which are not known."


def test_nothing_at_all_is_an_engagement_of_zero() -> None:
    assert engagement(Counted(10, exact("0"), exact("0"), exact("0"))).value == 0


@given(COUNTS, st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=3, max_size=3))
def test_engagement_has_a_value_or_a_reason(followers: int | None, parts: list[int | None]) -> None:
    likes, shares, comments = (None if part is None else Decimal(part) for part in parts)
    found = engagement(Counted(followers, likes, shares, comments))
    assert (found.value is None) == bool(found.reason)
    assert found.value is None or found.value.is_finite()


# growth


def on(day: int, followers: int | None) -> Counted:
    return Counted(followers, date=dt.date(2026, 9, day))


def test_growth_is_between_the_two_newest_counts() -> None:
    found = growth([on(30, 1100), on(1, 500), on(10, 1000), on(20, None)])
    assert found is not None
    assert (found.change, found.days, found.share.value) == (100, 20, exact("0.1"))
    assert found.a_month == 150


def test_one_count_is_no_growth() -> None:
    assert growth([on(1, 500), on(2, None)]) is None


def test_growth_from_nothing_has_no_share() -> None:
    found = growth([on(1, 0), on(2, 80)])
    assert found is not None
    assert (found.change, found.share.value, found.reason) == (
        80,
        None,
        "There were no followers before.",
    )


def test_followers_that_leave_are_below_zero() -> None:
    found = growth([on(1, 200), on(11, 150)])
    assert found is not None
    assert (found.change, found.share.value) == (-50, exact("-0.25"))


# ranks


def test_the_same_number_has_the_same_rank() -> None:
    assert in_order([5, 9, 5, None, 1]) == [2, 1, 2, None, 4]


@given(st.lists(COUNTS, max_size=12))
def test_a_rank_is_one_more_than_those_who_have_more(followers: list[int | None]) -> None:
    for count, rank in zip(followers, in_order(followers), strict=True):
        if count is None:
            assert rank is None
        else:
            more = [other for other in followers if other is not None and other > count]
            assert rank == 1 + len(more)


# share of voice


def test_our_share_of_voice_is_our_part_of_all_mentions() -> None:
    found = voice([("Us", 140, DAY), ("A", 420, DAY), ("B", 65, DAY), ("C", 310, DAY)])
    assert found.total == 935
    assert found.ours.value is not None
    assert round(found.ours.value, 4) == exact("0.1497")
    assert not found.apart


def test_mentions_that_nobody_counted_are_not_zero() -> None:
    found = voice([("Us", None, None), ("A", 10, DAY)])
    assert (found.ours.value, found.ours.reason) == (
        None,
        "Nobody has counted the mentions yet.",
    )
    assert found.lines[1].share.value == 1


def test_where_nobody_is_mentioned_nobody_has_a_share() -> None:
    found = voice([("Us", 0, DAY), ("A", 0, DAY)])
    assert {line.share.reason for line in found.lines} == {"Nobody was mentioned."}


def test_counts_from_very_different_days_are_pointed_out() -> None:
    assert voice([("Us", 1, DAY), ("A", 1, DAY - dt.timedelta(days=46))]).apart
    assert not voice([("Us", 1, DAY), ("A", 1, DAY - dt.timedelta(days=45))]).apart


@given(st.lists(COUNTS, min_size=1, max_size=8))
def test_known_shares_add_up_to_everything(counts: list[int | None]) -> None:
    found = voice([(f"{number}", count, DAY) for number, count in enumerate(counts)])
    shares = [line.share.value for line in found.lines if line.share.value is not None]
    total = sum(shares, Decimal(0))
    assert not shares or abs(total - 1) < exact("0.0000001")


# read from rows, and drawn


@pytest.fixture
def counted(business: Business) -> Business:
    """Ours and one competitor's followers on two days."""
    other = business.competitors.create(name="Drava Pottery of the whole valley")
    for owner, first, last in ((None, 100, 150), (other, 400, 380)):
        for day, followers in ((1, first), (30, last)):
            business.channel_readings.create(
                competitor=owner,
                network="instagram",
                date=dt.date(2026, 9, day),
                followers=followers,
            )
    return business


def test_the_largest_stands_first_and_we_are_found(counted: Business) -> None:
    [ranking] = read(counted).rankings
    assert [(line.rank, line.is_ours) for line in ranking.lines] == [(1, False), (2, True)]
    assert ranking.ours is not None
    assert ranking.ours.newest.followers == 150
    assert str(ranking.display.name) == "Instagram"


def test_readings_of_another_business_are_not_ours(counted: Business, stranger: object) -> None:
    other = Business.objects.exclude(pk=counted.pk).get()
    assert read(other).rankings == []


def test_each_line_ends_with_its_name(counted: Business) -> None:
    [ranking] = read(counted).rankings
    drawn = chart(ranking)
    assert drawn is not None
    assert [(curve.short, curve.number) for curve in drawn.curves] == [
        ("Candle shop", 1),
        ("Drava Pottery of the …", 2),
    ]
    assert [dot.value for dot in drawn.curves[0].dots] == [100, 150]
    assert [tick.word for tick in drawn.y_ticks] == ["0", "100", "200", "300", "400"]


def test_a_chart_begins_at_zero_and_stays_in_its_frame(counted: Business) -> None:
    [ranking] = read(counted).rankings
    for size in (WIDE, NARROW):
        drawn = chart(ranking, size=size)
        assert drawn is not None
        assert drawn.y_ticks[0].at == size.bottom
        dots = [dot for curve in drawn.curves for dot in curve.dots]
        assert all(drawn.left <= dot.x <= size.right for dot in dots)
        assert all(0 < dot.y <= size.bottom for dot in dots)


def test_one_day_makes_no_line(business: Business) -> None:
    business.channel_readings.create(network="instagram", date=DAY, followers=5)
    [ranking] = read(business).rankings
    assert chart(ranking) is None


def test_of_many_competitors_the_largest_and_ourselves_are_drawn(counted: Business) -> None:
    for number in range(8):
        other = counted.competitors.create(name=f"Rival {number}")
        counted.channel_readings.create(
            competitor=other, network="instagram", date=DAY, followers=1000 + number
        )
    [ranking] = read(counted).rankings
    drawn = chart(ranking)
    assert drawn is not None
    assert [curve.name for curve in drawn.curves][:2] == ["Candle shop", "Rival 7"]
    assert len(drawn.curves) == MOST


@given(st.lists(st.floats(12, 200), max_size=6))
def test_names_keep_apart_and_in_order(wanted: list[float]) -> None:
    found = apart(wanted, 15, 12, 212)
    places = sorted(zip(wanted, found, strict=True))
    assert all(low <= high for low, high in pairwise([place for _wish, place in places]))
    gaps = [b - a for a, b in pairwise(sorted(found))]
    assert all(gap >= 14.8 for gap in gaps)
    assert all(11.9 <= place <= 212.1 for place in found)
