"""The months before the demo's own six weeks: its posts, its goals and its signed report agree."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import Count, Sum
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business
from waypost.home import demo
from waypost.home.demo.earlier import SHARED, shared
from waypost.home.demo.story import Story
from waypost.insights.models import PostSnapshot, Reading
from waypost.publishing.models import Delivery
from waypost.reviews.figures import Figures
from waypost.reviews.models import Report

HERE = ZoneInfo("Europe/Ljubljana")
ANCHOR = date(2026, 10, 12)
KINDS = ("reel", "carousel", "photo", "story", "ugc", "pin", "short_video", "post", "event")


def loaded(today: date) -> Business:
    with time_machine.travel(datetime(today.year, today.month, today.day, 9, tzinfo=HERE)):
        demo.load(today=today, language="en")
    return Business.objects.get(is_demo=True)


def reported(business: Business) -> Figures:
    return Report.objects.get(business=business).numbers


@given(
    total=st.integers(0, 10**7),
    kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=40),
)
def test_what_posts_are_given_adds_up_to_the_month(total: int, kinds: list[str]) -> None:
    found = shared({"likes": total, "saves": total, "comments": None}, kinds)
    assert {key: sum(values) for key, values in found.items()} == {"likes": total, "saves": total}
    assert all(value >= 0 for values in found.values() for value in values)


def test_carousels_are_saved_more_than_twice_as_often_as_photos() -> None:
    kinds = ["photo", "carousel"] * 7
    saves = shared({"saves": 10_000}, kinds)["saves"]
    assert 2.3 < sum(saves[1::2]) / sum(saves[::2]) < 2.5


def test_each_channel_has_as_many_posts_as_its_month_counts(db: None) -> None:
    business = loaded(ANCHOR)
    september = Delivery.objects.filter(
        item__business=business, published_at__date__range=(date(2026, 9, 1), date(2026, 9, 30))
    )
    counted = september.order_by().values_list("connection").annotate(Count("pk"))
    told = Reading.objects.filter(metric="posts", date=date(2026, 9, 1))
    assert dict(counted) == {row.connection_id: int(row.value) for row in told}
    assert sum(dict(counted).values()) == 62


def test_the_posts_of_a_month_add_up_to_the_numbers_of_their_channel(db: None) -> None:
    loaded(ANCHOR)
    posts = PostSnapshot.objects.filter(
        delivery__published_at__lt=datetime(2026, 10, 1, tzinfo=HERE)
    )
    told = Reading.objects.filter(date__lt=date(2026, 10, 1))
    for key in SHARED:
        whole = told.filter(metric=key).aggregate(sum=Sum("value"))["sum"]
        assert posts.aggregate(sum=Sum(key))["sum"] == int(whole)


@pytest.mark.parametrize("today", [ANCHOR, date(2026, 12, 1), date(2027, 11, 1)])
def test_the_signed_report_tells_what_the_story_tells_whenever_it_is_loaded(
    db: None, today: date
) -> None:
    figures = reported(loaded(today))
    values = {goal.title: (goal.value, round(goal.progress or 0, 2)) for goal in figures.goals}
    assert values == {
        "Answer direct messages within 3 working hours": (Decimal("4.2"), Decimal("0.80")),
        "Double the German Instagram audience in 6 months": (Decimal(8640), Decimal("0.44")),
        "€4,500 monthly shop revenue from social media by December": (
            Decimal(4010),
            Decimal("0.69"),
        ),
    }
    assert figures.total("posts").now == 62
    assert len(figures.best) == 5
    [daily] = [each for each in figures.initiatives if each.title.startswith("Publish unique")]
    assert daily.posts >= 30 - 5


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        (date(2026, 9, 30), date(2026, 10, 31)),
        (date(2026, 7, 1), date(2026, 8, 1)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 2, 28), date(2027, 3, 31)),
        (date(2026, 10, 11), date(2026, 11, 22)),
    ],
)
def test_the_edge_of_a_month_stays_one(day: date, moved: date) -> None:
    assert Story.read(today=date(2026, 11, 27), language="en").edge(day) == moved
