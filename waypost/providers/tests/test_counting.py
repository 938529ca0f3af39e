"""Counting as each network does; the browser's counter passes the same examples."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.providers.assisted import NETWORKS, Assisted
from waypost.providers.base import Picture, Post
from waypost.providers.counting import Kind, measure, tally, too_many

EXAMPLES = json.loads(Path(__file__).with_name("counting.json").read_text())
KINDS: tuple[Kind, ...] = ("graphemes", "characters", "utf16", "bytes", "weighted", "emoji_bytes")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each["name"])
def test_a_text_is_as_long_as_its_network_says(example: dict[str, Any]) -> None:
    text, counting = example["text"], example["counting"]
    assert measure(text, counting) == example["length"]
    assert too_many(text, counting) == {
        what: tuple(numbers) for what, numbers in example["too_many"].items()
    }


@given(st.text())
def test_no_measure_is_shorter_than_what_a_reader_sees_but_for_letters_that_are_joined(
    text: str,
) -> None:
    lengths = {kind: measure(text, {"kind": kind}) for kind in KINDS}
    assert lengths["graphemes"] <= lengths["characters"] <= lengths["utf16"]
    assert lengths["characters"] <= lengths["bytes"]
    assert lengths["emoji_bytes"] <= lengths["bytes"]
    assert lengths["weighted"] <= 2 * lengths["characters"]


@given(st.text(), st.text())
def test_a_link_costs_the_same_whatever_stands_around_it(before: str, after: str) -> None:
    counting = NETWORKS["x"].counting
    whole = measure(f"{before}\n\nhttps://svit.si/a\n\n{after}", counting)
    assert whole == measure(f"{before}\n\n{'a' * 23}\n\n{after}", counting)


def test_what_is_counted_is_hashtags_mentions_and_different_links() -> None:
    text = "#Sveče @ana https://x.si/a #čaj https://x.si/a, @bor"
    assert tally(text) == {"hashtags": 2, "mentions": 2, "links": 1}


def _problems(network: str, post: Post) -> list[str]:
    return [each.message for each in Assisted().check(post, {"network": network})]


def test_a_sixth_hashtag_is_refused_where_five_are_taken() -> None:
    post = Post("#a #b #c #d #e #f", pictures=[_picture()])
    assert _problems("instagram", post) == [
        "There are 6 hashtags, and this network takes at most 5. Remove some."
    ]
    assert _problems("threads", Post("#a #b")) == [
        "There are 2 hashtags, and this network takes only 1. Remove some."
    ]


def test_the_link_counts_where_it_goes_into_the_text() -> None:
    post = Post("a" * 256, link="https://svit.si/a-long-address-of-ours")
    assert _problems("x", post) == [
        "The text is 1 character too long: the limit is 280. Shorten it."
    ]
    assert _problems("google-business", post) == []


def test_a_caption_is_shorter_than_a_message() -> None:
    text = "a" * 1025
    assert _problems("telegram", Post(text)) == []
    assert _problems("telegram", Post(text, pictures=[_picture()])) == [
        "The text is 1 character too long: the limit is 1024. Shorten it."
    ]


def _picture() -> Picture:
    return Picture(read=lambda: b"", mime="image/jpeg", size=9, width=1080, height=1080, alt="x")
