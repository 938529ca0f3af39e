"""Everything a person reads is there in Slovenian, too."""

import re

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext

from tools import messages


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_catalogue_holds_just_the_texts_of_the_product(language: str) -> None:
    found = {(each.id, each.context) for each in messages.gather() if each.id}
    kept = {(each.id, each.context) for each in messages.read(language) if each.id}
    assert sorted(map(str, found - kept)) == [], "make messages, then translate"
    assert sorted(map(str, kept - found)) == [], "make messages"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_text_is_left_without_translation(language: str) -> None:
    assert messages.untranslated(messages.read(language)) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_translation_is_only_guessed(language: str) -> None:
    assert [each.id for each in messages.read(language) if each.id and each.fuzzy] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_translation_fills_in_the_same_values(language: str) -> None:
    for each in messages.read(language):
        if not each.id:
            continue
        originals = [each.id] if isinstance(each.id, str) else list(each.id)
        translations = messages.forms(each)
        allowed = {name for text in originals for name in placeholders(text)}
        for text in translations:
            assert placeholders(text) <= allowed, f"{each.id!r} → {text!r}"
        if len(originals) == 1:
            assert placeholders(translations[0]) == allowed, f"{each.id!r}"


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[a-z]|(?<!%)%[sd]", text))


COUNTED = ("%(n)s file", "%(n)s files")


def test_slovenian_counts_in_four_forms() -> None:
    with translation.override("sl"):
        forms = [ngettext(*COUNTED, n) % {"n": n} for n in (1, 2, 3, 5, 101)]
    assert forms == [
        "1 datoteka",
        "2 datoteki",
        "3 datoteke",
        "5 datotek",
        "101 datoteka",
    ]


def test_a_button_speaks_slovenian() -> None:
    with translation.override("sl"):
        assert gettext("Schedule post") == "Načrtuj objavo"


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_catalogue_can_be_compiled(language: str) -> None:
    """What `make setup` does; a wrong format word would stop it."""
    assert messages.faults(messages.read(language)) == []
