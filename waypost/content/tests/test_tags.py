"""Tags are tidy whatever was typed."""

from hypothesis import given
from hypothesis import strategies as st

from waypost.content.tags import tidy, words


def test_tags_are_words_between_commas_once_each() -> None:
    assert words(" Sale, sale ,,  New   year,#wax ") == ["Sale", "New year", "wax"]
    assert words(" , ") == []


@given(st.text())
def test_tidying_twice_changes_nothing(typed: str) -> None:
    assert tidy(tidy(typed)) == tidy(typed)
