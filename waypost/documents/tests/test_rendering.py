"""Values become files that other programs read."""

import datetime as dt
import io
import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from django.utils import translation
from icalendar import Calendar
from PIL import Image as Pixels

from waypost.documents.drawing import Drawing
from waypost.documents.formulas import letters, quoted, tab
from waypost.documents.rendering import MIMES, RENDERERS, render
from waypost.documents.values import (
    Agenda,
    Card,
    Cards,
    Cell,
    Column,
    Document,
    Event,
    Formula,
    Heading,
    Image,
    Kind,
    Letterhead,
    Look,
    Paragraph,
    Row,
    Rule,
    Sheet,
    Table,
    Workbook,
)

DAY = dt.date(2026, 10, 12)
HEAD = Letterhead("Roadmap", "Čebelarstvo Žnidaršič & Co", DAY, "2026", "3")


def workbook(*rows: tuple[Cell, ...], columns: tuple[Column, ...] = (), **more: Any) -> Workbook:
    columns = columns or (Column("Text"), Column("Day", Kind.DATE), Column("Cost", Kind.MONEY))
    return Workbook(HEAD, (Sheet("Plan", columns, tuple(Row(row) for row in rows), **more),))


def opened(content: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def test_every_format_has_a_renderer_and_a_type() -> None:
    assert sorted(RENDERERS) == sorted(MIMES)


def test_an_unknown_format_is_a_lookup_error() -> None:
    with pytest.raises(LookupError):
        render(workbook(), "odt")


def test_the_libraries_behind_the_formats_are_not_loaded_with_the_pages() -> None:
    heavy = "('typst', 'xlsxwriter', 'openpyxl', 'icalendar', 'docx', 'lxml')"
    code = (
        "import sys, django; django.setup(); import waypost.urls;"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        env={"DJANGO_SETTINGS_MODULE": "waypost.testsettings", "PATH": ""},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"


# --- xlsx ---


def test_a_formula_cell_carries_its_result() -> None:
    content = render(workbook(("a", DAY, Formula("=1+1", Decimal(2)))), "xlsx")
    assert opened(content)["Plan"]["C2"].value == "=1+1"
    assert opened(content, values=True)["Plan"]["C2"].value == 2


@pytest.mark.parametrize("text", ["=1+1", "+1", "@SUM(A1)", "-cmd", '=HYPERLINK("http://x")'])
def test_a_text_never_becomes_a_formula_in_a_workbook(text: str) -> None:
    content = render(workbook((text,)), "xlsx")
    assert opened(content, values=True)["Plan"]["A2"].value == text
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(("language", "shape"), [("en", "d mmm yyyy"), ("sl", "d. m. yyyy")])
def test_days_are_days_in_the_way_of_the_reader(language: str, shape: str) -> None:
    with translation.override(language):
        cell = opened(render(workbook(("a", DAY)), "xlsx"))["Plan"]["B2"]
    assert (cell.value, cell.number_format) == (dt.datetime(2026, 10, 12), shape)


def test_a_day_before_the_calendar_of_excel_is_a_text() -> None:
    cell = opened(render(workbook(("a", dt.date(1850, 1, 2))), "xlsx"))["Plan"]["B2"]
    assert cell.value == "1850-01-02"


def test_money_names_its_currency() -> None:
    cell = opened(render(workbook(("a", DAY, Decimal("12.5"))), "xlsx"))["Plan"]["C2"]
    assert (cell.value, cell.number_format) == (12.5, '#,##0.00\\ "EUR"')


def test_headings_freeze_and_choices_and_rules_are_there() -> None:
    columns = (
        Column("Status", choices=("Planned", "Done"), note="How far it is"),
        Column("Share", Kind.NUMBER, between=(0, 100)),
        Column(Formula("=TODAY()", DAY), Kind.DATE, grid=True),
    )
    rule = Rule(2, 2, '=$A3="Done"', Look.STRONG)
    book = workbook(
        ("Done", 5), columns=columns, above=(("Title",),), frozen_columns=1, rules=(rule,)
    )
    page = opened(render(book, "xlsx"))["Plan"]
    assert page.freeze_panes == "B3"
    assert page["A2"].comment.text.endswith("How far it is")
    found = {
        str(each.sqref): (each.type, each.formula1) for each in page.data_validations.dataValidation
    }
    assert found == {"A3": ("list", '"Planned,Done"'), "B3": ("whole", "0")}
    (area,) = page.conditional_formatting
    assert (str(area.sqref), area.rules[0].formula) == ("C3", ['$A3="Done"'])


def test_long_texts_get_lines_enough() -> None:
    page = opened(render(workbook(("word " * 30,), ("word",)), "xlsx"))["Plan"]
    assert page.row_dimensions[2].height > 4 * page.row_dimensions[3].height


def test_names_of_columns_go_on_after_z() -> None:
    assert [letters(place) for place in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_quotation_marks_are_doubled() -> None:
    assert (quoted('say "no"'), tab("Bob's")) == ('"say ""no"""', "'Bob''s'!")


# --- csv ---


def test_a_csv_is_written_for_the_spreadsheet_of_the_reader() -> None:
    book = workbook(("Žaba", DAY, Formula("=1", Decimal("1234.50"))))
    assert render(book, "csv") == "\ufeffText,Day,Cost\r\nŽaba,2026-10-12,1234.5\r\n".encode()
    with translation.override("sl"):
        slovenian = render(book, "csv")
    assert slovenian == "\ufeffText;Day;Cost\r\nŽaba;12. 10. 2026;1234,5\r\n".encode()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "'x"])
def test_a_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    written = render(workbook((text,)), "csv").decode("utf-8-sig").splitlines()[1]
    assert written.lstrip('"').startswith(f"'{text[0]}")


def test_a_number_below_zero_is_no_formula() -> None:
    book = workbook((Decimal(-5),), columns=(Column("N", Kind.NUMBER),))
    assert render(book, "csv").decode("utf-8-sig") == "N\r\n-5\r\n"


def test_shares_are_written_in_percent_and_the_grid_is_left_out() -> None:
    columns = (Column("Share", Kind.PERCENT), Column("12. 10.", grid=True), Column("Why"))
    book = workbook((Decimal("0.5017"), "◆", "because"), columns=columns)
    assert render(book, "csv").decode("utf-8-sig") == "Share,Why\r\n50.2 %,because\r\n"


# --- pdf ---


def pdf_text(content: bytes) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing (Debian: poppler-utils), so the PDF cannot be read back.")
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


def test_a_pdf_says_everything_that_was_handed_over() -> None:
    table = Table(("Name", "Cost"), (("Group", ""), ("Šolski čaj", "12,50")), groups=frozenset({0}))
    parts = (
        Heading("Žetev in čebele"),
        Paragraph("Đuro pije čaj."),
        Cards((Card("Followers", "9,010", "of 12,000"),)),
        table,
    )
    text = pdf_text(render(Document(HEAD, parts, landscape=True), "pdf"))
    for words in (
        "Roadmap",
        "Čebelarstvo Žnidaršič & Co",
        "2026 · 3",
        "12 October 2026",
        "Page 1 of 1",
        "Žetev in čebele",
        "Đuro pije čaj.",
        "Followers",
        "9,010",
        "of 12,000",
        "Šolski čaj",
        "12,50",
    ):
        assert words in text


@pytest.mark.parametrize(
    "text",
    ['#import "x"', "$x^2$", "*bold* _it_", "\\ backslash", "<label> @ref", "] #panic() [", "// c"],
)
def test_signs_of_the_typesetter_are_only_signs(text: str) -> None:
    content = render(Document(HEAD, (Paragraph(text), Table(("A",), ((text,),)))), "pdf")
    found = pdf_text(content).replace("“", '"').replace("”", '"')
    assert found.count(text) == 2


def test_a_long_table_repeats_its_headings_and_counts_pages() -> None:
    rows = tuple((f"Row {number}", "x") for number in range(120))
    text = pdf_text(render(Document(HEAD, (Table(("Name", "Mark"), rows),)), "pdf"))
    pages = text.split("\f")[:-1]
    assert len(pages) > 2
    assert all("Mark" in page for page in pages)
    assert f"Page 2 of {len(pages)}" in pages[1]


def test_the_same_document_gives_the_same_bytes() -> None:
    document = Document(HEAD, (Paragraph("Again"),))
    assert render(document, "pdf") == render(document, "pdf")


def test_a_picture_stands_in_a_pdf() -> None:
    drawing = Drawing(300, 100)
    drawing.text(10, 50, "Mojca in čebele", fill="#000000")
    image = Image(drawing.picture().svg.encode(), "svg", "A drawing")
    assert "Mojca in čebele" in pdf_text(render(Document(HEAD, (image,)), "pdf"))


# --- pictures ---


def test_a_drawing_is_valid_whatever_is_written() -> None:
    drawing = Drawing(200, 100)
    drawing.rect(0, 0, 200, 100, fill="#ffffff")
    drawing.line(0, 0, 10.25, 10, stroke_width="2", stroke="#000000")
    drawing.polygon((0, 0), (5, 5), (0, 5), fill="#000000")
    drawing.text(5, 20, '<script>"&\x00', size=14, bold=True, anchor="middle", fill="#000000")
    tree = ElementTree.fromstring(render(drawing.picture("A & B"), "svg"))  # noqa: S314 - our own
    space = "{http://www.w3.org/2000/svg}"
    assert [each.tag.removeprefix(space) for each in tree] == [
        "title",
        "rect",
        "line",
        "polygon",
        "text",
    ]
    assert tree[4].text == '<script>"&'
    assert tree[2].attrib["stroke-width"] == "2"


def test_a_png_is_half_as_large_again_as_its_drawing() -> None:
    drawing = Drawing(200, 100)
    drawing.rect(0, 0, 200, 100, fill="#ffffff")
    drawing.rect(0, 0, 100, 100, fill="#0f5f5f")
    pixels = Pixels.open(io.BytesIO(render(drawing.picture(), "png"))).convert("RGB")
    assert pixels.size == (300, 150)
    assert (pixels.getpixel((20, 20)), pixels.getpixel((280, 20))) == (
        (15, 95, 95),
        (255, 255, 255),
    )


# --- ics ---


def test_days_arrive_in_a_calendar() -> None:
    stamp = dt.datetime(2026, 10, 12, 8, 0, tzinfo=dt.UTC)
    event = Event(
        "goal-1@waypost", DAY, "Rok: žetev, čaj", stamp, 7, "one\ntwo", "https://x.example/"
    )
    content = render(Agenda("Roadmap – Čebela", (event,)), "ics")
    calendar = Calendar.from_ical(content)
    (found,) = calendar.walk("VEVENT")
    assert (str(found["uid"]), str(found["summary"])) == ("goal-1@waypost", "Rok: žetev, čaj")
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (DAY, DAY + dt.timedelta(days=1))
    assert (found["sequence"], str(found["description"])) == (7, "one\ntwo")
    assert found.decoded("dtstamp") == stamp
    assert str(calendar["x-wr-calname"]) == "Roadmap – Čebela"
    assert all(len(line) <= 75 for line in re.split(rb"\r\n", content))
