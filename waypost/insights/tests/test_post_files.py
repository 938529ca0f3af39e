"""Files with one row for each post, as the networks' own tools export them."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.insights.post_files import (
    SHORTEST,
    Moment,
    address_of,
    ids_in,
    read_moment,
    read_posts,
    same_text,
    text_key,
)
from waypost.insights.tests.post_exports import FILES, GUESSED
from waypost.kit.days import DAY_FIRST, MONTH_FIRST, NotADay


@pytest.mark.parametrize("tool", FILES)
def test_the_columns_of_each_networks_own_tool_are_understood(tool: str) -> None:
    posts = read_posts(FILES[tool].encode(), "posts.csv")
    assert posts is not None
    pairs = zip(posts.table.headings, posts.guessed, strict=True)
    assert {heading: meaning for heading, meaning in pairs if meaning} == GUESSED[tool]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Impressions,Likes\n2026-09-01,10,2\n",
        "Post ID,Title\n123456,Hello\n",
        "Date,Text\n2026-09-01,Hello\n",
        "just words\n",
    ],
)
def test_a_table_that_counts_no_posts_is_none(text: str) -> None:
    assert read_posts(text.encode(), "numbers.csv") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.shop.example/p/Ab1/?utm_source=a", "http://shop.example/p/Ab1"),
        ("https://m.shop.example/watch?v=Ab1&si=x", "https://shop.example/watch?v=Ab1"),
        ("https://Shop.example/p/Ab1?igsh=1#top", "https://shop.example/p/Ab1/"),
    ],
)
def test_addresses_that_lead_to_the_same_post_are_the_same(one: str, other: str) -> None:
    assert address_of(one) == address_of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://shop.example/watch?v=Ab1", "https://shop.example/watch?v=Ab2"),
        ("https://shop.example/p/ab1", "https://shop.example/p/AB1"),
    ],
)
def test_addresses_of_two_posts_differ(one: str, other: str) -> None:
    assert address_of(one) != address_of(other)


@pytest.mark.parametrize("text", ["", "no address", "javascript:alert(1)", "/p/1"])
def test_what_is_no_address_is_none(text: str) -> None:
    assert address_of(text) == ""


def test_an_id_is_found_in_an_address_and_in_a_double_id() -> None:
    assert "1780000001" in ids_in("https://x.example/shop/status/1780000001")
    assert "9988776655" in ids_in("1122334455_9988776655")
    assert ids_in("p/1") == set()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("09/03/2026 08:30", Moment(date(2026, 9, 3), time(8, 30))),
        ("2026-09-03T18:30:00+0000", Moment(date(2026, 9, 3), time(18, 30))),
        ("Sep 3, 2026", Moment(date(2026, 9, 3))),
        ("Thu, Sep 3, 2026", Moment(date(2026, 9, 3))),
        ("3. 9. 2026 18:30", Moment(date(2026, 9, 3), time(18, 30))),
        ("2026-09-03 6:05 PM", Moment(date(2026, 9, 3), time(18, 5))),
        ("2026-09-03 12:05 AM", Moment(date(2026, 9, 3), time(0, 5))),
    ],
)
def test_moments_as_tools_write_them(text: str, moment: Moment) -> None:
    assert read_moment(text, MONTH_FIRST) == moment


def test_an_empty_moment_and_a_total_are_none_and_words_are_refused() -> None:
    assert read_moment(None, DAY_FIRST) is None
    assert read_moment("Total", DAY_FIRST) is None
    with pytest.raises(NotADay):
        read_moment("Lifetime", DAY_FIRST)


def test_a_text_is_known_by_its_first_words_whatever_its_signs_and_links() -> None:
    long = "Kako nastane sveča – 30 sekund iz dimnice! https://a.example/x #vosek"
    assert same_text(text_key(long), text_key("kako nastane SVEČA 30 sekund…"))
    assert not same_text(text_key(long), text_key("Kako nastane krpica iz voska"))
    assert text_key("Hello") == ""


@given(st.text())
def test_a_key_of_a_text_is_empty_or_long_enough_and_always_itself(text: str) -> None:
    key = text_key(text)
    assert key == "" or len(key) >= SHORTEST
    assert same_text(key, key) == bool(key)
