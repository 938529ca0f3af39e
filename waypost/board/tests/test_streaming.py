"""A large object is read part by part, and says the same as when it is read at once."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.board import streaming
from waypost.board.streaming import NoJson, parts

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


def flat(told: dict[str, Any]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in told.items():
        found += [(name, each) for each in value] if isinstance(value, list) else [(name, value)]
    return found


@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=4), st.sampled_from([None, 1]))
def test_parts_say_what_the_whole_says(told: dict[str, Any], indent: int | None) -> None:
    text = json.dumps(told, indent=indent)
    assert list(parts(io.StringIO(text))) == flat(told)


class OneByOne(io.StringIO):
    """A file that comes one letter at a time."""

    def read(self, _size: int | None = -1, /) -> str:
        return super().read(1)


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=3))
def test_it_does_not_matter_where_a_piece_ends(told: dict[str, Any]) -> None:
    assert list(parts(OneByOne(json.dumps(told)))) == flat(told)


@pytest.mark.parametrize(
    "text", ["", "[]", "7", '{"a": 1', '{"a" 1}', '{"a": 1 "b": 2}', '{"a": [1 2]}', "{1: 2}"]
)
def test_what_is_no_object_is_refused(text: str) -> None:
    with pytest.raises(NoJson):
        list(parts(io.StringIO(text)))


def test_what_is_nested_without_end_is_refused() -> None:
    with pytest.raises(NoJson):
        list(parts(io.StringIO('{"a": ' + "[" * 100_000)))


def test_one_part_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "LARGEST_PART", 10)
    monkeypatch.setattr(streaming, "PIECE", 10)
    with pytest.raises(NoJson):
        list(parts(io.StringIO(json.dumps({"a": "x" * 100}))))
