"""A long text in parts that fit."""

from hypothesis import given
from hypothesis import strategies as st

from waypost.content.splitting import split


def short(text: str) -> bool:
    return len(text) <= 20


def test_it_is_broken_where_a_reader_would_pause() -> None:
    assert split("One two.\n\nThree four five six.", short, most=9) == [
        "One two.",
        "Three four five six.",
    ]
    assert split("One two. Three four five.", short, most=9) == ["One two.", "Three four five."]
    assert split("One two three four five", short, most=9) == ["One two three four", "five"]
    assert split("a" * 45, short, most=9) == ["a" * 20, "a" * 20, "a" * 5]
    assert split("fits", short, most=1) == ["fits"]
    assert split("  ", short, most=3) == []


def test_the_last_part_holds_the_rest() -> None:
    assert split("One two three four five six", short, most=1) == ["One two three four five six"]


@given(st.text(alphabet="ab .\n👩‍👧", max_size=200), st.integers(1, 30))
def test_no_word_is_lost_and_every_part_but_the_last_fits(text: str, most: int) -> None:
    parts = split(text, short, most=most)
    assert "".join("".join(parts).split()) == "".join(text.split())
    assert len(parts) <= most
    assert [part for part in parts[:-1] if not short(part)] == []
