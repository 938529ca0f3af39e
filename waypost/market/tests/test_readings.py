"""The grid of numbers: what is understood, refused, kept and replaced."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from waypost.accounts.models import Business, User
from waypost.kit.errors import Refusal
from waypost.market.actions.readings import Kept, keep_readings
from waypost.market.forms.readings import CountField
from waypost.market.models import ChannelReading, Competitor

TODAY = timezone.localdate()


@pytest.fixture
def rival(business: Business) -> Competitor:
    business.channels.create(name="Our Instagram", network="instagram")
    return business.competitors.create(name="Drava Pottery")


def url(business: Business, name: str, *args: Any) -> str:
    return reverse(f"market:{name}", args=[business.slug, *args])


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


# counts as people copy them


@pytest.mark.parametrize(
    ("typed", "count"),
    [
        ("48200", 48200),
        ("48.200", 48200),
        ("48,200", 48200),
        ("48 200", 48200),
        ("48’200", 48200),
        ("1.234.567", 1234567),
        ("48.2K", 48200),
        ("48,2 k", 48200),
        ("1.2M", 1200000),
        ("0", 0),
        ("", None),
        ("  ", None),
    ],
)
def test_a_count_is_understood_as_networks_show_it(typed: str, count: int | None) -> None:
    assert CountField().clean(typed) == count


@pytest.mark.parametrize("typed", ["many", "12.5", "-3", "1,2,3", "9" * 13])
def test_what_is_no_count_is_explained(typed: str) -> None:
    with pytest.raises(ValidationError) as caught:
        CountField().clean(typed)
    assert all(message.endswith((".", "1234.5")) for message in caught.value.messages)


@given(st.integers(0, 10**11), st.sampled_from([".", ",", " ", "\u00a0"]))
def test_any_grouped_count_comes_back(count: int, sign: str) -> None:
    assert CountField().clean(f"{count:,}".replace(",", sign)) == count


# keeping


def keep(business: Business, rival: Competitor | None, **rows: Any) -> Kept:
    return keep_readings(
        business, rival, date=TODAY, today=TODAY, rows={"instagram": rows}, by=None
    )


def test_a_day_has_one_reading_whose_numbers_are_replaced(
    business: Business, rival: Competitor
) -> None:
    assert keep(business, rival, followers=100, avg_likes=Decimal(5)) == Kept(1, 0, 0)
    assert keep(business, rival, followers=120) == Kept(0, 1, 0)
    row = business.channel_readings.get()
    assert (row.followers, row.avg_likes, row.avg_shares) == (120, Decimal(5), None)


def test_the_same_numbers_again_change_nothing(business: Business, rival: Competitor) -> None:
    keep(business, rival, followers=100)
    assert keep(business, rival, followers=100) == Kept(0, 0, 1)


def test_our_numbers_and_theirs_stand_side_by_side(business: Business, rival: Competitor) -> None:
    assert keep(business, rival, followers=1) == Kept(1, 0, 0)
    assert keep(business, None, followers=2) == Kept(1, 0, 0)
    assert keep(business, None, followers=3) == Kept(0, 1, 0)
    counts = business.channel_readings.values_list("followers", flat=True)
    assert set(counts) == {1, 3}


def test_zero_is_a_number_and_empty_is_not(business: Business, rival: Competitor) -> None:
    keep(business, rival, followers=0, avg_likes=None)
    row = business.channel_readings.get()
    assert (row.followers, row.avg_likes) == (0, None)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (TODAY + dt.timedelta(days=1), "This day is still to come."),
        (dt.date(1998, 1, 1), "There were no such networks in 1998."),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    business: Business, rival: Competitor, date: dt.date, words: str
) -> None:
    with pytest.raises(Refusal) as caught:
        keep_readings(
            business, rival, date=date, today=TODAY, rows={"x": {"followers": 1}}, by=None
        )
    assert caught.value.message.startswith(words)
    assert caught.value.field == "date"


def test_a_grid_without_a_number_is_refused(business: Business, rival: Competitor) -> None:
    with pytest.raises(Refusal, match="Type at least one number"):
        keep(business, rival, followers=None)


# the page


def test_numbers_are_typed_for_several_networks_at_once(
    page: Client, business: Business, rival: Competitor, owner: User
) -> None:
    answer = page.post(
        url(business, "readings", rival.pk),
        {
            "date": TODAY.isoformat(),
            "followers_instagram": "48.200",
            "avg_likes_instagram": "610,5",
            "network_more": "tiktok",
            "followers_more": "61.3K",
            "mentions": "420",
        },
    )
    assert said(answer) == ["3 lines are saved."]
    rows = {row.network: row for row in business.channel_readings.all()}
    assert (rows["instagram"].followers, rows["instagram"].avg_likes) == (48200, Decimal("610.5"))
    assert rows["tiktok"].followers == 61300
    assert (rows[""].mentions, rows[""].followers) == (420, None)
    assert {row.updated_by for row in rows.values()} == {owner}
    assert {row.competitor for row in rows.values()} == {rival}


def test_replacing_is_said(page: Client, business: Business, rival: Competitor) -> None:
    keep(business, rival, followers=100)
    data = {"date": TODAY.isoformat(), "followers_instagram": "110"}
    answer = page.post(url(business, "readings", rival.pk), data)
    assert said(answer) == ["1 line of this day was there already; its numbers are replaced."]
    assert business.channel_readings.count() == 1


def test_a_wrong_number_loses_nothing_that_was_typed(
    page: Client, business: Business, rival: Competitor
) -> None:
    answer = page.post(
        url(business, "readings", rival.pk),
        {
            "date": "31. 2. 2026",
            "followers_instagram": "lots",
            "avg_likes_instagram": "12,5",
            "avg_comments_more": "3",
        },
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "“lots” is not a number." in text
    assert "“31. 2. 2026” is not a day." in text
    assert 'value="12,5"' in text
    assert "Choose the network that these numbers belong to." in text
    assert not ChannelReading.objects.exists()


def test_the_last_numbers_are_shown_beside_the_fields(
    page: Client, business: Business, rival: Competitor
) -> None:
    business.channel_readings.create(
        competitor=rival, network="instagram", date=TODAY - dt.timedelta(days=9), followers=4321
    )
    answer = page.get(url(business, "readings", rival.pk))
    [row] = [each for each in answer.context["form"].rows() if each.network == "instagram"]
    assert row.cells[0].last == 4321
    assert "4,321" in answer.content.decode()


def test_a_day_in_the_address_opens_what_was_typed_then(
    page: Client, business: Business, rival: Competitor
) -> None:
    keep(business, rival, followers=55)
    answer = page.get(url(business, "readings", rival.pk) + f"?day={TODAY.isoformat()}")
    assert answer.context["form"]["followers_instagram"].value() == "55"


def test_own_numbers_belong_to_nobody_else(page: Client, business: Business) -> None:
    data = {"date": TODAY.isoformat(), "network_more": "facebook", "followers_more": "12"}
    page.post(url(business, "own_readings"), data)
    row = business.channel_readings.get()
    assert (row.competitor, row.network, row.followers) == (None, "facebook", 12)


def test_a_reading_can_be_removed(page: Client, business: Business, rival: Competitor) -> None:
    keep(business, rival, followers=1)
    answer = page.post(url(business, "reading_remove", business.channel_readings.get().pk))
    assert answer.headers["Location"] == url(business, "readings", rival.pk)
    assert not business.channel_readings.exists()


def test_a_viewer_types_no_numbers(
    business: Business, rival: Competitor, viewer: User, sign_in: Callable[[User], Client]
) -> None:
    data = {"date": TODAY.isoformat(), "followers_instagram": "1"}
    answer = sign_in(viewer).post(url(business, "readings", rival.pk), data)
    assert answer.status_code == 403
    assert not business.channel_readings.exists()
