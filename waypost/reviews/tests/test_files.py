"""The page and every file of a report show equal numbers, and open where they should."""

import csv
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

import docx
import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pptx import Presentation

from waypost.accounts.models import Business, User
from waypost.documents.values import Table
from waypost.reviews import actions, export
from waypost.reviews.chapters import channel_table, chapters, in_order, measure_row, summary
from waypost.reviews.content import blank, of_report
from waypost.reviews.figures import Measure
from waypost.reviews.metrics import METRICS, Shape
from waypost.reviews.models import Report
from waypost.reviews.tests.world import ANSWERS, NOW, RICH, rich

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
Rows = list[tuple[str, ...]]  # number, before, now, change, change in %

EXPECTED: Rows = [row for channel in RICH.channels for row in channel_table(channel).rows]


@pytest.fixture
def told(report: Report, owner: User) -> Report:
    """With numbers of every shape, a task, and a signature."""
    rich(report)
    actions.make_task(report, question="next", text="Film the reels", by=owner, assignee=owner)
    return report


def of_tables(tables: Iterable[list[list[str]]], first: str = "Number") -> Rows:
    """The rows of those tables whose first heading it is; those of the channels say Number."""
    return [tuple(row) for head, *rows in tables if head[0] == first for row in rows]


def on_page(report: Report, client: Client, first: str = "Number") -> Rows:
    address = reverse("reviews:report", args=[report.business.slug, report.pk])
    page = client.get(address).content.decode()
    return of_tables(
        [
            [
                [_plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
                for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
            ]
            for table in re.findall(r"<table.*?</table>", page, re.DOTALL)
        ],
        first,
    )


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


def in_docx(report: Report, first: str = "Number") -> Rows:
    file = docx.Document(io.BytesIO(export.write(of_report(report), "docx")))
    return of_tables(
        [[[cell.text for cell in row.cells] for row in table.rows] for table in file.tables], first
    )


def in_pptx(report: Report, first: str = "Number") -> Rows:
    file: Any = Presentation(io.BytesIO(export.write(of_report(report), "pptx")))
    shapes = [shape for page in file.slides for shape in page.shapes if shape.has_table]
    return of_tables(
        [[[cell.text for cell in row.cells] for row in shape.table.rows] for shape in shapes],
        first,
    )


def lines_of_pdf(report: Report) -> list[str]:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is missing (Debian: poppler-utils), so the PDF cannot be read back.")
    content = export.write(of_report(report), "pdf")
    words = ["pdftotext", "-layout", "-", "-"]
    read = subprocess.run(words, input=content, capture_output=True, check=True).stdout.decode()
    return [_one_line(line) for line in read.split("\n")]


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ")).strip()


def other_tables(report: Report) -> dict[str, Table]:
    """By first heading the tables that are not those of single channels."""
    parts = [part for chapter in chapters(of_report(report)) for part in chapter.parts]
    tables = [part for part in parts if isinstance(part, Table)]
    return {each.headings[0]: each for each in tables if each.headings[0] != "Number"}


def test_page_and_documents_show_the_same_rows(told: Report, owner: User, sign_in: SignIn) -> None:
    assert len(EXPECTED) == 19
    assert on_page(told, sign_in(owner)) == EXPECTED
    assert in_docx(told) == EXPECTED
    assert in_pptx(told) == EXPECTED


def test_the_pdf_shows_the_same_rows(told: Report) -> None:
    wanted = [_one_line(" ".join(row)) for row in EXPECTED]
    assert [line for line in lines_of_pdf(told) if line in wanted] == wanted


def test_goals_initiatives_posts_and_earnings_are_equal_everywhere(
    told: Report, owner: User, sign_in: SignIn
) -> None:
    tables = other_tables(told)
    assert list(tables) == ["Goal", "Initiative", "Best posts", "Channel", "On the board"]
    client, lines = sign_in(owner), lines_of_pdf(told)
    for first, table in tables.items():
        rows = list(table.rows)
        assert in_docx(told, first) == rows
        assert in_pptx(told, first) == rows
        if first != "On the board":  # on the page these are lines with buttons
            assert on_page(told, client, first) == rows
        for row in rows:
            # A long name takes several lines of the PDF; the numbers stand on one.
            kept = sorted(table.numbers) or range(len(row))
            numbers = _one_line(" ".join(row[place] for place in kept))
            assert [line for line in lines if numbers in line], numbers


def test_the_four_numbers_to_read_first_are_equal_everywhere(
    told: Report, owner: User, sign_in: SignIn
) -> None:
    cards = summary(RICH).cards
    assert [card.value for card in cards] == ["0 of 1", "4,886", "861.50 EUR", "1,313.45 EUR"]
    address = reverse("reviews:report", args=[told.business.slug, told.pk])
    page = _plain(sign_in(owner).get(address).content.decode())
    content = of_report(told)
    paper = _words(docx.Document(io.BytesIO(export.write(content, "docx"))), "docx")
    slides = _words(Presentation(io.BytesIO(export.write(content, "pptx"))), "pptx")
    for text in (page, paper, slides, "\n".join(lines_of_pdf(told))):
        plain = _one_line(text)
        assert [card.value for card in cards if card.value not in plain] == []
        assert [card.note for card in cards if _one_line(card.note) not in plain] == []


def test_the_workbook_holds_the_same_earnings_and_goals(told: Report) -> None:
    book = sheet(told)
    earned = list(book["Earned"].iter_rows(min_row=4, values_only=True))
    rows = other_tables(told)["Channel"].rows
    assert [row[0] for row in earned] == [row[0] for row in rows]
    for mine, shown in zip(earned, rows, strict=True):
        for cell, text in zip(mine[1:], shown[1:], strict=True):
            known = None if text == "–" else float(text.replace(",", ""))
            assert cell in (None, "–") if known is None else cell == pytest.approx(known, abs=0.005)
    [goal, initiative] = book["Goals"].iter_rows(min_row=4, values_only=True)
    assert goal == (
        "12,000 German followers",
        8640,
        12000,
        "followers",
        pytest.approx(0.4405),
        0.5,
        "Slightly behind",
    )
    assert (initiative[0], initiative[6]) == ("– Influencers", "In progress · 3 days late")


def typed(measure: Measure, value: Any) -> Any:
    """As a spreadsheet holds it: a rate in percent, nothing for what is not known."""
    if value is None:
        return None
    return float(round(value * 100, 1) if METRICS[measure.key].shape is Shape.RATE else value)


def sheet(report: Report, *, formulas: bool = False) -> Any:
    content = export.write(of_report(report), "xlsx")
    return openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)


def test_the_workbook_holds_the_same_numbers_and_its_formulas_the_same_results(
    told: Report,
) -> None:
    rows = [(channel.name, each) for channel in RICH.channels for each in in_order(channel)]
    read = list(sheet(told)["Channels"].iter_rows(min_row=4, values_only=True))
    assert len(read) == len(rows)
    for (name, measure), (channel, _word, then, now, change, growth, _why) in zip(
        rows, read, strict=True
    ):
        known = [typed(measure, measure.before), typed(measure, measure.now)]
        assert (channel, then, now) == (name, *known)
        gap = None in known
        assert change == ("–" if gap else pytest.approx(known[1] - known[0]))
        if measure.growth is not None and METRICS[measure.key].shape is not Shape.RATE:
            assert growth == pytest.approx(float(measure.growth))
        else:
            assert growth == ("new" if measure.before == 0 and measure.now else "–")


def test_the_formulas_give_these_results_themselves(told: Report, tmp_path: Any) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is missing (Debian: libreoffice-calc), so nobody recalculates.")
    path = tmp_path / "report.xlsx"
    path.write_bytes(export.write(of_report(told), "xlsx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(path)], check=True, capture_output=True
    )
    ours, theirs = (
        openpyxl.load_workbook(each, data_only=True)
        for each in (path, tmp_path / "out" / path.name)
    )
    for name in ("Channels", "Earned"):
        for mine, computed in zip(
            ours[name].iter_rows(min_row=4, values_only=True),
            theirs[name].iter_rows(min_row=4, values_only=True),
            strict=True,
        ):
            assert computed == tuple(
                pytest.approx(cell) if isinstance(cell, float) else cell for cell in mine
            )


def test_changes_sums_and_costs_are_live_formulas(told: Report) -> None:
    book = sheet(told, formulas=True)
    assert book["Channels"]["E4"].value.startswith("=IF(AND(ISNUMBER(C4)")
    last = book["Earned"].max_row
    assert (
        book["Earned"].cell(last, 4).value
        == f'=IF(COUNT(D4:D{last - 1})=0,"–",SUM(D4:D{last - 1}))'
    )


EXPECTED_FLAT: Rows = [measure_row(each) for channel in RICH.channels for each in in_order(channel)]


def signless(text: str) -> str:
    """Without the plus, the groups and the zeros that only people need."""
    plain = text.replace("\u00a0", " ").replace("−", "-").replace(",", "").lstrip("+")
    return re.sub(r"\.?0+(?= %|$)", "", plain) if "." in plain else plain


def test_the_csv_shows_the_same_numbers(told: Report) -> None:
    text = export.write(of_report(told), "csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    flat = [each for channel in RICH.channels for each in in_order(channel)]
    read = [(then, now) for _channel, _word, then, now, *_more in rows]
    assert [[float(cell) if cell else None for cell in pair] for pair in read] == [
        [typed(each, each.before), typed(each, each.now)] for each in flat
    ]
    for row, shown in zip(rows, EXPECTED_FLAT, strict=True):
        assert row[1].removesuffix(" (%)") == shown[0]
        assert signless(row[4]) == signless(shown[3].removesuffix(" points"))
        assert signless(row[5]) == signless(shown[4])


REASONS = "– Reach: not told by TikTok. – Saves, Views: neither measured nor entered for this time."


def test_an_empty_number_says_why_on_the_page_and_in_every_file(
    told: Report, owner: User, sign_in: SignIn
) -> None:
    page = sign_in(owner).get(reverse("reviews:report", args=[told.business.slug, told.pk]))
    assert REASONS in _plain(page.content.decode())
    paper = docx.Document(io.BytesIO(export.write(of_report(told), "docx")))
    assert [each.text for each in paper.paragraphs if each.text.startswith("– ")] == [REASONS]
    slides: Any = Presentation(io.BytesIO(export.write(of_report(told), "pptx")))
    texts = [s.text_frame.text for page in slides.slides for s in page.shapes if s.has_text_frame]
    assert sum(REASONS in text for text in texts) == 1
    text = export.write(of_report(told), "csv").decode("utf-8-sig")
    said = {row[1]: row[6] for row in csv.reader(io.StringIO(text)) if row[6]}
    assert said == {
        "Number": "Why it is empty",
        "Reach": "not told by TikTok",
        "Views": "neither measured nor entered for this time",
        "Saves": "neither measured nor entered for this time",
    }
    read = sheet(told)["Channels"].iter_rows(min_row=4, values_only=True)
    assert {row[1]: row[6] for row in read if row[6]} == {
        word: why for word, why in said.items() if word != "Number"
    }


def test_each_channel_has_a_slide_with_a_live_chart(told: Report) -> None:
    file: Any = Presentation(io.BytesIO(export.write(of_report(told), "pptx")))
    charts = {
        page.shapes.title.text: [list(s.values) for s in shape.chart.plots[0].series]
        for page in file.slides
        for shape in page.shapes
        if shape.has_chart
    }
    assert charts == {
        "Instagram @svit": [[2980.0, 198.0, 671.0], [3720.0, 291.0, 905.0]],
        "TikTok @svit.video": [[None, 31.0], [540.0, 22.0]],
    }


@pytest.mark.parametrize("format_name", ["docx", "pptx"])
def test_answers_and_tasks_stand_in_the_file(told: Report, format_name: str) -> None:
    content = export.write(of_report(told), format_name)
    opener: Any = docx.Document if format_name == "docx" else Presentation
    text = _words(opener(io.BytesIO(content)), format_name)
    for words in (ANSWERS["result"], "Partly. Facebook costs more", "Film the reels", "Olga Owner"):
        assert words in text


def _words(file: Any, format_name: str) -> str:
    if format_name == "docx":
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])
    found = []
    for page in file.slides:
        for shape in page.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


@pytest.mark.parametrize("language", ["en", "sl"])
@pytest.mark.parametrize("format_name", export.MAKERS)
def test_the_template_needs_no_account(format_name: str, language: str) -> None:
    address = reverse("report_template", args=[format_name])
    answer = Client().get(address, {"lang": language})
    assert answer.status_code == 200
    assert f'filename="report-template.{format_name}"' in answer.headers["Content-Disposition"]
    assert len(answer.content) > 300


def test_the_template_has_room_for_the_answers_in_the_same_chapters(told: Report) -> None:
    with translation.override("sl"):
        empty = chapters(blank(None, today=NOW.date()))
        full = chapters(of_report(told))
    assert [each.title for each in empty] == [each.title for each in full]
    assert [each.asks for each in empty] == [each.asks for each in full]


def test_a_signed_version_is_downloaded_as_it_was(
    told: Report, owner: User, sign_in: SignIn
) -> None:
    actions.sign(told, by=owner)
    actions.answer(told, {"result": "Something else"}, by=owner)
    address = reverse("reviews:file", args=[told.business.slug, told.pk, "docx"])
    client = sign_in(owner)
    texts = [
        _words(docx.Document(io.BytesIO(client.get(address, sent).content)), "docx")
        for sent in ({}, {"version": "1"})
    ]
    assert [ANSWERS["result"] in text for text in texts] == [False, True]
    assert client.get(address, {"version": "9"}).status_code == 404
    assert client.get(address, {"version": "x"}).status_code == 404


def test_no_other_format_can_be_asked_for(told: Report, owner: User, sign_in: SignIn) -> None:
    address = reverse("reviews:file", args=[told.business.slug, told.pk, "exe"])
    assert sign_in(owner).get(address).status_code == 404


@pytest.mark.parametrize("format_name", export.MAKERS)
def test_the_command_writes_the_newest_report(
    told: Report, format_name: str, tmp_path: Any
) -> None:
    out = tmp_path / f"report.{format_name}"
    words = {"business": told.business.slug, "format": format_name, "lang": "sl", "out": out}
    call_command("export_file", "report", **words, stdout=io.StringIO())
    assert out.stat().st_size > 300


def test_without_a_report_the_numbers_of_the_month_before_are_exported(
    business: Business,
) -> None:
    content = export.content_for(business)
    assert (content.period, content.version, content.answers) == ("September 2026", "Draft", {})
