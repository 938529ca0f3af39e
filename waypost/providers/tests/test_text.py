"""Finding links, mentions and hashtags, and counting what a reader sees."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.providers._facets import facets, mentions, tags
from waypost.providers._text import urls, with_link
from waypost.providers._tid import new_tid
from waypost.providers.counting import graphemes, measure


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Poglej https://svit.si", ["https://svit.si"]),
        ("Poglej https://svit.si.", ["https://svit.si"]),
        ("Poglej https://svit.si/sveče?a=1&b=2#x!", ["https://svit.si/sveče?a=1&b=2#x"]),
        ("(https://svit.si/a)", ["https://svit.si/a"]),
        ("https://sl.wikipedia.org/wiki/Vosek_(snov)", ["https://sl.wikipedia.org/wiki/Vosek_(snov)"]),
        ("(glej https://x.org/a_(b)).", ["https://x.org/a_(b)"]),
        ("„https://svit.si“, pravi", ["https://svit.si"]),
        ("🕯️https://svit.si", ["https://svit.si"]),
        ("HTTP://SVIT.SI/A", ["HTTP://SVIT.SI/A"]),
        ("https://a.si https://b.si/", ["https://a.si", "https://b.si/"]),
        ("<https://a.si>", ["https://a.si"]),
        ("https://svit.si/košarica…", ["https://svit.si/košarica"]),
        ("svit.si in https:// nič", []),
        ("xhttps://svit.si", []),
    ],
)  # fmt: skip
def test_addresses_are_found_without_the_punctuation_of_the_sentence(
    text: str, found: list[str]
) -> None:
    assert [span.text for span in urls(text)] == found
    assert [text[span.start : span.end] for span in urls(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hvala @ana.bsky.social!", ["ana.bsky.social"]),
        ("Hvala @Ana.Bsky.Social.", ["ana.bsky.social"]),
        ("(@ana.si)", ["ana.si"]),
        ("@ana.si in @bor.si", ["ana.si", "bor.si"]),
        ("🕯️@ana.si", ["ana.si"]),
        ("@ana", []),
        ("@ana.", []),
        ("ana@svit.si", []),
        ("@ana@mastodon.social", []),
        ("@ana.bsky.socialč", []),
        ("@ana.123", []),
        ("https://svit.si/@ana.si", []),
        ("https://svit.si/?q=@ana.si", []),
    ],
)
def test_mentions_are_found(text: str, found: list[str]) -> None:
    assert [span.text for span in mentions(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#sveče", ["sveče"]),
        ("Vonj #čebelji_vosek, #ZimskaČarovnija!", ["čebelji_vosek", "ZimskaČarovnija"]),
        ("(#svit)", ["svit"]),
        ("#svit-in-sat-", ["svit-in-sat"]),
        ("#2026leto", ["2026leto"]),
        ("＃svit", ["svit"]),
        ("#1 #2026 # #_ #-", []),
        ("#️⃣", []),
        ("C#dur svit#sat", []),
        ("https://svit.si/#sveče", []),
        ("&#svit", []),
        ("#" + "a" * 64, ["a" * 64]),
        ("#" + "a" * 65, []),
        ("#नमस्ते", ["नमस्ते"]),
    ],
)
def test_hashtags_are_found(text: str, found: list[str]) -> None:
    assert [span.text for span in tags(text)] == found


def _cut(text: str, facet: dict[str, Any]) -> str:
    index = facet["index"]
    return text.encode()[index["byteStart"] : index["byteEnd"]].decode()


def test_facets_are_byte_ranges_in_order() -> None:
    text = "👩‍👩‍👧 Živjo @ana.si in @kdo.si! Več: https://svit.si/č. #čebele"
    found = facets(text, {"ana.si": "did:plc:ana"})
    assert [_cut(text, facet) for facet in found] == ["@ana.si", "https://svit.si/č", "#čebele"]
    assert [facet["features"] for facet in found] == [
        [{"$type": "app.bsky.richtext.facet#mention", "did": "did:plc:ana"}],
        [{"$type": "app.bsky.richtext.facet#link", "uri": "https://svit.si/č"}],
        [{"$type": "app.bsky.richtext.facet#tag", "tag": "čebele"}],
    ]


PIECES = st.sampled_from(
    ["https://a.si/(č)", "@ana.si", "#tag", "#č", " ", "(", ")", ".", "🕯️", "ž", "é", "\n", "x"]
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_facets_of_any_text_cut_whole_characters_and_never_overlap(text: str) -> None:
    end = 0
    for facet in facets(text, {"ana.si": "did:plc:ana"}):
        assert facet["index"]["byteStart"] >= end
        end = facet["index"]["byteEnd"]
        assert _cut(text, facet)[0] in "h@#"


@given(st.text(max_size=60))
def test_graphemes_lose_nothing(text: str) -> None:
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize(
    ("text", "link", "whole"),
    [
        ("Novo", "", "Novo"),
        ("Novo", "https://svit.si", "Novo\n\nhttps://svit.si"),
        ("Novo \n", "https://svit.si", "Novo\n\nhttps://svit.si"),
        ("Novo (https://svit.si).", "https://svit.si", "Novo (https://svit.si)."),
        ("Novo https://svit.si/a", "https://svit.si", "Novo https://svit.si/a\n\nhttps://svit.si"),
        ("", "https://svit.si", "https://svit.si"),
    ],
)
def test_a_link_is_put_below_the_text_once(text: str, link: str, whole: str) -> None:
    assert with_link(text, link) == whole
    assert with_link(whole, link) == whole


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("abc", 3),
        ("https://svit.si", 23),
        ("Glej https://svit.si/zelo/dolg/naslov/strani, da!", 5 + 23 + 5),
        ("@ana@mastodon.social", 4),
        ("Hej @ana@mastodon.social in @bor", 4 + 4 + 3 + 5),
        ("ana@svit.si", 11),
        ("čšž🕯️", 4),
    ],
)
def test_a_status_is_counted_as_mastodon_does(text: str, length: int) -> None:
    assert measure(text, {"kind": "graphemes", "url": 23, "local": True}) == length


def test_keys_of_posts_sort_by_time() -> None:
    keys = [new_tid() for _ in range(3)]
    assert all(
        len(key) == 13 and set(key) <= set("234567abcdefghijklmnopqrstuvwxyz") for key in keys
    )
    assert "2222222222222" < keys[0] < "k"
    assert keys[0][:8] == keys[2][:8]
