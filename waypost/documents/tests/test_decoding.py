"""Letters of text files, whatever program wrote them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.documents.decoding import decoded, is_text

TEXT = "Šifra;Časovni načrt\nKatero svečo prižgeš nocoj?;žlahten vosek, čebele\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1250", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_slovenian_text_is_read(encoding: str) -> None:
    content = TEXT.encode(encoding)
    assert decoded(content) == TEXT
    assert is_text(content)


def test_german_text_of_a_western_program_is_read() -> None:
    text = "Größe;Füße\nWeißt du, wie Honig schmeckt?;Köstliches Öl für Äpfel\n"
    assert decoded(text.encode("cp1252")) == text


def test_cyrillic_text_is_told_apart_by_its_letters() -> None:
    text = "Дата;Текст\n12. 10. 2026;Привет, как дела? Сегодня хорошая погода\n"
    assert decoded(text.encode("cp1251")) == text


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03binary", b"\x7fELF\x02\x01\x01\x00" * 9])
def test_what_is_no_text_is_known_as_such(content: bytes) -> None:
    assert not is_text(content)


LETTERS = st.characters(codec="utf-8", min_codepoint=32, exclude_characters="\ufeff\x7f")


@given(st.text(LETTERS, min_size=1))
def test_whatever_is_written_in_utf_8_is_read(text: str) -> None:
    assert decoded(text.encode()) == text
