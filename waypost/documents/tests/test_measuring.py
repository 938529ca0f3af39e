"""How wide texts are: no word is torn, and the columns fill their room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.documents.measuring import BREAKS, breadth, columns, lines
from waypost.documents.values import Table

NUMBERS = Table(
    ("Number", "Before", "Change in %"),
    (("Interactions by reach", "151,800", "+16.7\u00a0%"), ("Posts", "12", "new")),
    (2.6, 1.5, 1.4),
    numbers=frozenset({1, 2}),
)
WORDS = st.text(alphabet="abm AB1,.", max_size=30)


def test_bold_letters_are_wider_and_wide_ones_widest() -> None:
    widths = [breadth("ill", 10), breadth("abc", 10), breadth("mwW", 10)]
    assert widths == sorted(widths)
    assert breadth("abc", 10, bold=True) > breadth("abc", 10)


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [("", 100, 1), ("one", 100, 1), ("one two", 25, 2), ("one\ntwo", 100, 2), ("a" * 40, 100, 3)],
)
def test_lines_break_between_words_and_only_a_long_word_is_parted(
    text: str, room: float, expected: int
) -> None:
    assert lines(text, room, 10) == expected


@given(WORDS, st.floats(10, 300))
def test_less_room_never_takes_fewer_lines(text: str, room: float) -> None:
    assert lines(text, room, 10) >= lines(text, room * 2, 10) >= 1


def test_with_room_enough_nothing_is_broken() -> None:
    wide = columns(NUMBERS, 400, 10, 10)
    for place, heading in enumerate(NUMBERS.headings):
        assert wide[place] >= breadth(heading, 10, bold=True) + 10
        for row in NUMBERS.rows:
            assert wide[place] >= breadth(row[place], 10) + 10 - 1e-6


def test_with_less_room_words_are_broken_before_numbers() -> None:
    wide = columns(NUMBERS, 225, 10, 10)
    assert wide[0] < breadth("Interactions by reach", 10) + 10
    assert wide[0] >= breadth("Interactions", 10) + 10 - 1e-6
    assert wide[1] >= breadth("151,800", 10) + 10 - 1e-6
    assert wide[2] >= breadth("Change in %", 10, bold=True) + 10 - 1e-6


def test_columns_that_need_nothing_keep_their_shares() -> None:
    table = Table(("A", "B"), (("a", "b"),), (3, 1))
    assert columns(table, 400, 10, 10) == [300, 100]


@given(
    st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5),
    st.floats(30, 900),
    st.sets(st.integers(0, 2)),
)
def test_columns_fill_their_room_and_tear_a_word_only_for_want_of_it(
    rows: list[tuple[str, str, str]], room: float, numbers: set[int]
) -> None:
    table = Table(("Aa", "Bb", "Cc"), tuple(rows), (3, 2, 1), numbers=frozenset(numbers))
    wide = columns(table, room, 10, 10)
    assert sum(wide) == pytest.approx(room)
    needed = [
        10
        + max(
            breadth(w, 10, bold=n == 0) for n, cell in enumerate(cells) for w in BREAKS.split(cell)
        )
        for cells in zip(table.headings, *rows, strict=True)
    ]
    if sum(needed) <= room:
        assert all(has >= needs - 1e-6 for has, needs in zip(wide, needed, strict=True))
