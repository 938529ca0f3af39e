"""Every part of a document on the pages of a PDF, and one page that stays one."""

import re
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from waypost.documents.letters import shortened
from waypost.documents.rendering import render
from waypost.documents.tests.samples import (
    DOCUMENT,
    HEAD,
    QUESTIONS,
    TRICKY,
    missing,
    one_page,
    profile,
    squeezed,
)
from waypost.documents.values import (
    Contents,
    Document,
    Fact,
    Facts,
    Grid,
    Heading,
    Journey,
    OnePage,
    Paragraph,
    Profiles,
    Question,
    Step,
    Table,
)

SIGNS = some.text(alphabet="ab #$@<>`*_\\/[]{}=~-+'\"čšž1.", max_size=50)


def pdf_text(value: Document | OnePage) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing (Debian: poppler-utils), so the PDF cannot be read back.")
    words = ["pdftotext", "-raw", "-", "-"]
    content = render(value, "pdf")
    found = subprocess.run(words, input=content, capture_output=True, check=True)
    return plain(found.stdout.decode())


def plain(text: str) -> str:
    """Typographic quotation marks and dashes as they were typed; no marks of parted words."""
    for shown, typed in (("“”„", '"'), ("‘’‚", "'"), ("\u200b", "")):
        text = re.sub(f"[{shown}]", typed, text)
    return text


def pages_of(value: Document | OnePage) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", render(value, "pdf")))


def test_a_pdf_says_everything_that_was_handed_over() -> None:
    assert missing(pdf_text(DOCUMENT)) == []


def test_a_cover_stands_alone_and_contents_count_pages() -> None:
    pages = pdf_text(DOCUMENT).split("\f")
    assert "Strategija podjetja" in pages[0]
    assert "Kakšna je vaša zgodba?" not in pages[0]
    assert re.search(r"Podjetje.*3", pages[1])
    assert "Še en mejnik" not in pages[1]


def test_headings_are_bookmarks() -> None:
    content = render(DOCUMENT, "pdf")
    assert b"/Outlines" in content


@settings(max_examples=40, deadline=None)
@given(SIGNS)
def test_signs_of_the_typesetter_are_only_signs(text: str) -> None:
    parts = (
        Heading(f"H{text}H"),
        Paragraph(f"P{text}P"),
        Question(f"Q{text}Q", f"A{text}A", f"T{text}T"),
        Facts((Fact(f"L{text}L", f"V{text}V"),)),
        Table((f"C{text}C",), ((f"R{text}R",),)),
        Journey((Step(f"S{text}S"),)),
    )
    found = squeezed(pdf_text(Document(HEAD, parts)))
    for letter in "HPQATLVCRS":
        assert squeezed(f"{letter}{plain(text)}{letter}") in found


def test_a_word_longer_than_the_line_is_parted() -> None:
    found = pdf_text(Document(HEAD, (Paragraph("Ž" * 500), Facts((Fact("a", "x" * 300),)))))
    assert "Ž" * 500 in squeezed(found)
    assert max(map(len, found.split("\n"))) < 130


@pytest.mark.parametrize("lines", range(38, 56, 3))
def test_a_card_that_fits_on_a_page_is_not_broken(lines: int) -> None:
    above = Paragraph("vrstica\n" * lines)
    pages = pdf_text(Document(HEAD, (above, Profiles((profile(), profile()))))).split("\f")
    assert [page.count("Špela") for page in pages] == [page.count("C:\\pot") for page in pages]
    assert sum(page.count("Špela") for page in pages) == 2


def test_a_card_longer_than_a_page_is_complete() -> None:
    long = Profiles((profile(facts=(Fact("Zgodba", "beseda " * 1500),)),))
    assert pdf_text(Document(HEAD, (long,))).count("beseda") == 1500


def test_empty_places_of_a_template_are_ruled() -> None:
    empty = Document(HEAD, (Grid((), room=2), Journey((Step("A"),), room=3), Contents("V")))
    assert "A" in pdf_text(empty)


def test_a_strategy_of_six_hundred_thousand_letters_is_set() -> None:
    answers = tuple(Question(f"Vprašanje {n}?", "beseda " * 280) for n in range(300))
    assert pages_of(Document(HEAD, answers)) > 100


# --- one page ---


@settings(max_examples=25, deadline=None)
@given(
    some.lists(some.integers(0, 6000), min_size=10, max_size=10),
    some.sampled_from(["beseda ", "Wide WORDS ", "x", "v\n", "a\n\n", TRICKY]),
    some.integers(0, 9),
)
def test_one_page_is_one_page_whatever_the_lengths(
    lengths: list[int], words: str, room: int
) -> None:
    answers = [(words * (length // len(words) + 1))[:length] for length in lengths]
    assert pages_of(one_page(*answers, room=room)) == 1


@pytest.mark.parametrize("length", [0, 100, 300, 600])
def test_answers_that_fit_are_complete(length: int) -> None:
    text = ("Čebele živijo v šestdesetih panjih. " * 20)[:length].strip()
    page = one_page(text)
    found = pdf_text(page)
    assert squeezed(found).count(squeezed(text)) == 10 or not text
    assert page.shortened not in found
    assert missing(found, [each.text for each in QUESTIONS]) == []


def test_answers_that_are_too_long_end_with_an_ellipsis_and_say_where_the_rest_is() -> None:
    page = one_page("Čebele živijo v šestdesetih panjih. " * 300)
    found = pdf_text(page)
    assert found.count("…") == 10
    assert page.shortened in found
    assert HEAD.business in found


def test_one_long_answer_leaves_the_short_ones_whole() -> None:
    answers = ["Dolga zgodba o čebelah. " * 400, *["Kratko."] * 9]
    found = pdf_text(one_page(*answers))
    assert (found.count("…"), found.count("Kratko.")) == (1, 9)
    assert found.count("Dolga zgodba") > 50


def test_letters_of_one_page_are_never_smaller_than_seven_and_a_half_points() -> None:
    if shutil.which("pdftohtml") is None:
        pytest.skip("pdftohtml is missing (Debian: poppler-utils).")
    content = render(one_page("Čebele živijo v šestdesetih panjih. " * 300), "pdf")
    words = ["pdftotext", "-bbox", "-", "-"]
    found = subprocess.run(words, input=content, capture_output=True, check=True).stdout.decode()
    spans = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', found)
    assert min(float(low) - float(high) for high, low in spans) >= 7.5


@pytest.mark.parametrize(
    ("text", "limit", "result"),
    [
        ("kratko", 6, "kratko"),
        ("ena dve tri štiri", 12, "ena dve tri…"),
        ("ena dve, tri", 9, "ena dve…"),
        ("predolgabeseda", 5, "predo…"),
        ("abc", 0, "…"),
    ],
)
def test_a_text_is_shortened_between_words(text: str, limit: int, result: str) -> None:
    assert shortened(text, limit) == result
