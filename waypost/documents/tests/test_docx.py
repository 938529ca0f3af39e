"""A Word document is one that people can go on writing in."""

import io
import re
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from django.utils import translation
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from waypost.documents.rendering import render
from waypost.documents.tests.samples import (
    DAY,
    DOCUMENT,
    HEAD,
    QUESTIONS,
    TRICKY,
    missing,
    one_page,
    profile,
    words_of,
)
from waypost.documents.values import (
    Contents,
    Cover,
    Document,
    Fact,
    Heading,
    Image,
    Items,
    Paragraph,
    Part,
    Profiles,
    Table,
)


def opened(*parts: Part, **more: Any) -> Any:
    return docx.Document(io.BytesIO(render(Document(HEAD, parts, **more), "docx")))


def all_text(file: Any) -> str:
    texts = []
    for each in file.element.body.iter(qn("w:t"), qn("w:br"), qn("w:p"), qn("w:tab")):
        texts.append(each.text or "" if each.tag == qn("w:t") else "\n")
    return "".join(texts)


def said(element: Any) -> str:
    return "".join(each.text for each in element.iter(qn("w:t")))


def pages_by_office(content: bytes, folder: Path) -> tuple[int, str]:
    """How many pages LibreOffice makes of a document, and what stands on them."""
    office = shutil.which("soffice")
    if office is None or not list(Path(office).resolve().parent.glob("libswlo.*")):
        pytest.skip("LibreOffice is missing (Debian: libreoffice-writer).")
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing (Debian: poppler-utils).")
    source = folder / "written.docx"
    source.write_bytes(content)
    home = f"-env:UserInstallation=file://{folder}/office"
    words = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*words, str(source)], check=True, capture_output=True, timeout=120)
    pdf = folder / "written.pdf"
    text = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True)
    told = text.stdout.decode()
    return told.count("\f"), told


def test_a_word_document_says_everything_that_was_handed_over() -> None:
    file = docx.Document(io.BytesIO(render(DOCUMENT, "docx")))
    assert missing(all_text(file)) == []


@pytest.mark.real
def test_libreoffice_shows_everything_and_the_contents_at_once(tmp_path: Path) -> None:
    pages, text = pages_by_office(render(DOCUMENT, "docx"), tmp_path)
    assert missing(text) == []
    assert text.split("\f")[1].split("\n")[1:5] == ["Vsebina", "Podjetje", "Mejniki", "SWOT"]
    assert f"Page {pages} of {pages}" in text


def test_headings_are_headings_in_their_order() -> None:
    file = docx.Document(io.BytesIO(render(DOCUMENT, "docx")))
    found = [(each.text, each.style and each.style.name) for each in file.paragraphs]
    assert [pair for pair in found if str(pair[1]).startswith("Heading")] == [
        ("Podjetje", "Heading 1"),
        ("Mejniki", "Heading 2"),
        ("Še en mejnik", "Heading 3"),
        ("SWOT", "Heading 1"),
    ]


def test_the_contents_are_a_filled_field_that_leads_to_the_headings() -> None:
    file = docx.Document(io.BytesIO(render(DOCUMENT, "docx")))
    body = file.element.body
    instructions = [each.text for each in body.iter(qn("w:instrText"))]
    assert instructions == [' TOC \\o "1-2" \\n \\h \\z \\u ']
    links = [(each.get(qn("w:anchor")), said(each)) for each in body.iter(qn("w:hyperlink"))]
    marks = {
        each.get(qn("w:name")): said(each.getparent()) for each in body.iter(qn("w:bookmarkStart"))
    }
    assert [text for _mark, text in links] == ["Podjetje", "Mejniki", "SWOT"]
    assert [marks[mark] for mark, _text in links] == ["Podjetje", "Mejniki", "SWOT"]
    kinds = [each.get(qn("w:fldCharType")) for each in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    assert "updateFields" not in etree.tostring(file.settings.element).decode()


def test_contents_without_headings_open_no_field() -> None:
    assert list(opened(Contents("Vsebina")).element.body.iter(qn("w:fldChar"))) == []


@pytest.mark.parametrize(("language", "code"), [("sl", "sl-SI"), ("en", "en-GB")])
def test_the_document_speaks_its_language(language: str, code: str) -> None:
    with translation.override(language):
        file = opened(Paragraph("čaj"))
    assert {each.get(qn("w:val")) for each in file.styles.element.iter(qn("w:lang"))} == {code}
    assert file.core_properties.language == code


def test_the_file_is_described_and_nothing_of_the_library_is_left() -> None:
    content = render(DOCUMENT, "docx")
    about = docx.Document(io.BytesIO(content)).core_properties
    assert (about.title, about.author, about.comments) == (HEAD.title, HEAD.business, "")
    assert about.created.date() == DAY
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert [name for name in file.namelist() if "thumbnail" in name] == []


def test_pages_are_a4_with_a_head_and_counted_in_the_foot() -> None:
    with translation.override("sl"):
        section = opened(Paragraph("čaj")).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == f"{HEAD.business}\t{HEAD.title}"
    assert section.footer.paragraphs[0].text == "12. 10. 2026\tStran 1 od 1"
    fields = [each.text for each in section.footer._element.iter(qn("w:instrText"))]
    assert fields == [" PAGE ", " NUMPAGES "]


def test_a_page_across_is_wider_than_high() -> None:
    section = opened(Paragraph("čaj"), landscape=True).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_a_cover_has_no_head() -> None:
    assert opened(Cover()).sections[0].different_first_page_header_footer is True
    assert opened(Paragraph("x")).sections[0].different_first_page_header_footer is False


def test_the_headings_of_a_table_are_repeated_on_each_page() -> None:
    (table,) = opened(Table(("A", "B"), (("1", "2"), ("3", "4")), widths=(1, 3))).tables
    headers = [bool(row._tr.findall(f"{qn('w:trPr')}/{qn('w:tblHeader')}")) for row in table.rows]
    assert headers == [True, False, False]
    widths = [each.width for each in table.columns]
    assert abs(widths[1] - 3 * widths[0]) < 3000


def test_a_card_that_fits_on_a_page_stays_in_one_piece() -> None:
    short, long = opened(
        Profiles((profile(), profile(facts=(Fact("Zgodba", "beseda " * 900),)))),
    ).tables
    for table, kept in ((short, True), (long, False)):
        rows = [row._tr for row in table.rows]
        assert (rows[1].find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None) == kept
    last = short.rows[-1]._tr
    assert all(each.paragraph_format.keep_with_next for each in short.cell(0, 1).paragraphs)
    values = [each for each in last.iter(qn("w:p")) if each.find(f".//{qn('w:keepNext')}") is None]
    assert len(values) == 1


def test_two_tables_never_touch() -> None:
    file = opened(Profiles((profile(), profile())), Table(("A",), (("1",),)))
    tags = [etree.QName(each).localname for each in file.element.body]
    assert ("tbl", "tbl") not in pairwise(tags)


def test_pictures_say_what_they_show() -> None:
    file = docx.Document(io.BytesIO(render(DOCUMENT, "docx")))
    told = [each._inline.docPr for each in file.inline_shapes]
    assert [each.get("descr") for each in told] == ["Žig podjetja", "Načrt leta", "Žig podjetja"]
    assert len({each.get("id") for each in told}) == 3


def test_a_high_picture_stays_on_its_page() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="90"/>'
    (shape,) = opened(Image(svg, "svg")).inline_shapes
    assert (round(shape.height.cm, 1), round(shape.width.cm, 1)) == (20.3, 2.3)


def test_each_counted_list_begins_at_one() -> None:
    file = opened(Items(("a", "b"), numbered=True), Items(("c",), numbered=True), Items(("d",)))
    numbers = [each.get(qn("w:val")) for each in file.element.body.iter(qn("w:numId"))]
    assert numbers == ["4", "4", "5", "1"]
    lists = file.part.numbering_part.element
    starts = {
        each.get(qn("w:numId")): each.find(f".//{qn('w:startOverride')}").get(qn("w:val"))
        for each in lists.iter(qn("w:num"))
        if each.find(f".//{qn('w:startOverride')}") is not None
    }
    assert starts == {"4": "1", "5": "1"}


def test_markup_in_an_answer_is_only_text() -> None:
    file = opened(Paragraph(TRICKY))
    assert [each.text for each in file.paragraphs][-1] == TRICKY


@settings(max_examples=60, deadline=None)
@given(some.text(max_size=80))
def test_no_letter_that_somebody_pastes_breaks_the_file(text: str) -> None:
    parts = (Heading(text or "x"), Paragraph(text), Table((text,), ((text,),)), Contents(text))
    file = opened(*parts)
    shown = re.sub(r"\s", "", all_text(file))
    kept = re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|\s", "", text)
    assert shown.count(kept) >= 4


def test_one_page_holds_questions_and_answers() -> None:
    page = one_page("Čebele in žetev.")
    file = docx.Document(io.BytesIO(render(page, "docx")))
    text = all_text(file)
    assert missing(text, [each.text for each in QUESTIONS]) == []
    assert text.count("Čebele in žetev.") == 10
    assert page.shortened not in text


@pytest.mark.real
@pytest.mark.parametrize(
    ("answer", "room"),
    [
        ("", 7),
        ("kratko", 0),
        (TRICKY * 6, 0),
        (TRICKY * 60, 0),
        ("ŠIROKE ČRKE " * 500, 0),
        ("w" * 5000, 0),
        ("v\n" * 500, 0),
    ],
)
def test_one_page_is_one_page_in_libreoffice(answer: str, room: int, tmp_path: Path) -> None:
    page = one_page(answer, room=room)
    pages, text = pages_by_office(render(page, "docx"), tmp_path)
    assert pages == 1
    assert (page.shortened in text) == (len(answer) > 800)


def test_everything_written_is_looked_for() -> None:
    assert len(list(words_of(DOCUMENT))) > 60
